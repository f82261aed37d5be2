import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { connectGateway, type ReachableNetwork } from '../../../../network/client/connect-gateway';
import { evaluateCall } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
import { trySubmit, type SubmitOutcome } from '../../../../network/client/submit-call';
import { findIdentity } from '../../../../network/identities/find-identity';
import { aMedium } from '../../../support/a-medium';
import { aTerminal } from '../../../support/a-network';
import { aNetworkOnFreePorts } from '../../../support/a-network-on-free-ports';
import { startTestNetwork, type TestNetwork } from '../../../support/start-test-network';

const terminalId = 'DTU-B001';
const call = measurementCalls.query(terminalId);

describe('nodes that discovery tells by address', () => {
    let started: TestNetwork;

    beforeAll(async () => {
        const media = [aMedium({ name: 'epon' })];
        started = await startTestNetwork(
            await aNetworkOnFreePorts({ media, terminals: [aTerminal(terminalId, 'PrimaryMSP')] }),
        );
        await provisionNetwork(started.running, started.identities);
    });
    afterAll(() => started.stop());

    /** Has two of three endorse, by a gateway that knows the nodes by these names; its profile names its own peer. */
    async function submitWith(nameOf: (name: string) => string): Promise<SubmitOutcome> {
        const { network, connectionProfiles } = started.running;
        const organizations = network.organizations.map(({ orderer, peers }) => ({
            orderer: { ...orderer, name: nameOf(orderer.name) },
            peers: peers.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
        }));
        const target: ReachableNetwork = { connectionProfiles, network: { ...network, organizations } };
        const options = { deadlines: { requestTimeoutMs: 2_000, commitTimeoutMs: 2_000 } };
        const connection = await connectGateway(target, findIdentity(started.identities, terminalId), options);
        try {
            return await trySubmit(connection, { ...call, readOnly: false });
        } finally {
            connection.close();
        }
    }

    it('are asked when their certificates carry the names that the topology gives them', async () => {
        expect(await submitWith((name) => name)).toMatchObject({ committed: true });
    });

    it('are not taken for nodes of other names', async () => {
        expect(await submitWith((name) => `not-${name}`)).toMatchObject({
            committed: false,
            fault: { code: 'CLIENT_UNREACHABLE' },
        });
    });

    it('are checked by address where no names are known', async () => {
        const { network, connectionProfiles } = started.running;
        const { channel, chaincode } = network;
        const target: ReachableNetwork = { connectionProfiles, network: { channel, chaincode } };
        const connection = await connectGateway(target, findIdentity(started.identities, terminalId));
        await expect(evaluateCall(connection, call)).resolves.toMatchObject({ terminalId });
        connection.close();
    });
});
