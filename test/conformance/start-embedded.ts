import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ChaincodeStream } from '../../network/embedded/chaincode/chaincode-stream';
import { realClock } from '../../network/embedded/clock';
import { startEmbeddedNetwork } from '../../network/embedded/start-embedded-network';
import { newGenesisBlock } from '../../network/generate/genesis-block';
import { issueIdentities } from '../../network/identities/issue-identities';
import { chaincodeName } from './conformance-network';
import type { ConformanceNetwork } from './conformance-network';
import { describeConformanceNetwork, newConformanceTopology } from './conformance-topology';

/** Starts an embedded network in this process, with the test chaincode in processes of its own. */
export async function startEmbedded(): Promise<ConformanceNetwork> {
    const network = await newConformanceTopology();
    const now = new Date();
    const identities = await issueIdentities(network, { now });
    const genesisBlock = newGenesisBlock(network, identities, { now, nonce: randomBytes(24) });
    const embedded = await startEmbeddedNetwork({
        network,
        identities,
        genesisBlock,
        clock: realClock,
        newNonce: () => randomBytes(24),
        log: () => undefined,
        version: 'test',
        chaincode: { directory: join(__dirname, 'chaincodes', 'crud') },
    });
    const peerNamed = (name: string): (typeof embedded.peers)[number] | undefined =>
        embedded.peers.find(({ node }) => node.name === name);
    const streamsOf = (name: string): readonly ChaincodeStream[] =>
        (peerNamed(name)?.endorsing.packages.all() ?? []).map(({ stream }) => stream);
    const described = await describeConformanceNetwork(network, identities, now);
    return {
        backEnd: 'embedded',
        ...described,
        changePeer: async (act, mspId) => {
            const { name = '' } = described.peers.find((peer) => peer.mspId === mspId) ?? {};
            await (act === 'stop' ? embedded.stopPeer(name) : embedded.startPeer(name));
        },
        harm: {
            corruptState: (peerName, key, value) => {
                peerNamed(peerName)?.endorsing.ledger.corrupt(chaincodeName, key, Buffer.from(value));
            },
            stopChaincode: (peerName) => {
                for (const stream of streamsOf(peerName)) stream.holdBack('the test stopped it');
            },
            restoreChaincode: (peerName) => {
                for (const stream of streamsOf(peerName)) stream.resume();
            },
            dropChaincode: (peerName) => {
                for (const stream of streamsOf(peerName)) stream.drop();
            },
        },
        stop: () => embedded.stop(),
    };
}
