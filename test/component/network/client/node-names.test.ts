import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { measurementCalls } from '../../../../chaincode/src/measurement/measurement-api';
import { connectGateway, type ReachableNetwork } from '../../../../network/client/connect-gateway';
import { evaluateCall, tryEvaluate, type EvaluateOutcome } from '../../../../network/client/evaluate-call';
import { provisionNetwork } from '../../../../network/client/provision-network';
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

    /** Asks by a gateway that knows the nodes by these names. */
    async function askWith(nameOf: (name: string) => string): Promise<EvaluateOutcome> {
        const { network, connectionProfiles } = started.running;
        const organizations = network.organizations.map(({ orderer, peers }) => ({
            orderer: { ...orderer, name: nameOf(orderer.name) },
            peers: peers.map((peer) => ({ ...peer, name: nameOf(peer.name) })),
        }));
        const target: ReachableNetwork = { connectionProfiles, network: { ...network, organizations } };
        const options = { deadlines: { requestTimeoutMs: 2_000, commitTimeoutMs: 2_000 } };
        const connection = await connectGateway(target, findIdentity(started.identities, terminalId), options);
        try {
            return await tryEvaluate(connection, call);
        } finally {
            connection.close();
        }
    }

    it('are asked when their certificates carry the names that the topology gives them', async () => {
        expect(await askWith((name) => name)).toMatchObject({ answered: true });
    });

    it('are not taken for nodes of other names', async () => {
        expect(await askWith((name) => `not-${name}`)).toMatchObject({
            answered: false,
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
