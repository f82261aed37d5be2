import { join } from 'node:path';
import { native } from '../support/back-ends';
import { startTestNetwork } from '../support/start-test-network';
import type { ConformanceNetwork } from './conformance-network';
import { describeConformanceNetwork, newConformanceTopology } from './conformance-topology';

/** Starts Fabric's own orderers and peers, with the test chaincode as a service beside each. */
export async function startNative(): Promise<ConformanceNetwork> {
    const network = await newConformanceTopology();
    const started = await startTestNetwork(network, {
        backEnd: native,
        chaincodeDirectory: join(__dirname, 'chaincodes', 'crud'),
    });
    const described = await describeConformanceNetwork(network, started.identities, new Date());
    return {
        backEnd: 'native',
        ...described,
        changePeer: async (act, mspId) => {
            const { name = '' } = described.peers.find((peer) => peer.mspId === mspId) ?? {};
            await native.backend.change(started.running, act, name);
        },
        stop: () => started.stop(),
    };
}
