import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ClientProcess, type ClientName } from '../../../../caliper/clients/client-process';
import type { ClientRequest } from '../../../../caliper/clients/client-messages';
import { cleanEnvironment } from '../../../../network/backends/clean-environment';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { findIdentity } from '../../../../network/identities/find-identity';
import type { Medium } from '../../../../network/topology/network-model';
import { aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';
import { describeOnEachBackEnd } from '../../../support/back-ends';
import { startTestNetwork, type TestNetwork } from '../../../support/start-test-network';

const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};
const terminalIds = ['DTU-B001', 'DTU-B002'];

describeOnEachBackEnd('a client that is measured in a process of its own', (backEnd) => {
    let started: TestNetwork;
    let order: Omit<Extract<ClientRequest, { kind: 'open' }>, 'kind'>;

    beforeAll(async () => {
        const terminals = terminalIds.map((id) => aTerminal(id, 'PrimaryMSP'));
        started = await startTestNetwork(await aNetworkOnFreePorts({ media: [epon], terminals }), { backEnd });
        const { running, identities } = started;
        await provisionNetwork(running, identities);
        const { network, connectionProfiles } = running;
        order = {
            target: { network, connectionProfiles },
            terminals: terminalIds.map((id) => findIdentity(identities, id)),
        };
    });
    afterAll(() => started.stop());

    async function signaturesOf(name: ClientName): Promise<readonly number[]> {
        const client = await ClientProcess.start(name, order, cleanEnvironment(process.env));
        try {
            const set = await client.runRound({ operation: 'set', total: 4, inFlight: 2 });
            const query = await client.runRound({ operation: 'query', total: 6, inFlight: 2 });
            expect([set.failed, query.failed]).toEqual([0, 0]);
            expect(set.cpuMs).toBeGreaterThan(0);
            return [set.ellipticSignatures, query.ellipticSignatures];
        } finally {
            await client.stop();
        }
    }

    it('never calls elliptic’s sign when it is ours', async () => {
        expect(await signaturesOf('own')).toEqual([0, 0]);
    });

    it('calls elliptic’s sign for each proposal and each transaction when it is the stock one', async () => {
        const [set = 0, query = 0] = await signaturesOf('stock');
        expect(set).toBeGreaterThanOrEqual(8); // and once for the request to discovery
        expect(query).toBe(6);
    });

    it('says why when it cannot be opened (CLIENT_NOT_MEASURED)', async () => {
        const unreachable = { ...order, target: { ...order.target, connectionProfiles: {} } };
        const opened = ClientProcess.start('own', unreachable, cleanEnvironment(process.env));
        await expect(opened).rejects.toMatchObject({ fault: { code: 'CLIENT_NOT_MEASURED', client: 'own' } });
        await expect(opened).rejects.toThrow(/^The own client could not be measured: .*PrimaryMSP/);
    });
});
