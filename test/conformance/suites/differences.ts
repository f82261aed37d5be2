/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { describe, expect, it } from '@jest/globals';
import { metadataSlots } from '../../../network/wire/block';
import { headerTypes } from '../../../network/wire/headers';
import { askDiscovery } from '../ask-discovery';
import { chaincodeName, channelId } from '../conformance-network';
import type { ConformanceNetwork } from '../conformance-network';
import { newEndorserTransaction, newSignedEnvelope } from '../envelope-draft';
import { knownDifferences, otherDifferences } from '../known-differences';
import type { ProposalDraft } from '../proposal-draft';
import type { RawClient } from '../raw-client';
import { blockOf, newSeekEnvelope, parseDelivered } from '../seek-draft';
import type { Suite } from './suite';

/** How a difference is looked at, and what is seen on either side. */
interface Probe {
    readonly look: (client: RawClient, network: ConformanceNetwork) => Promise<unknown>;
    readonly fabric: unknown;
    readonly embedded: unknown;
}

const probes: Readonly<Record<string, Probe>> = {
    'signatures in the blocks of different orderers': {
        look: async (client, network) => {
            const seen = new Set<string>();
            for (const node of network.orderers) {
                const start = { kind: 'specified', number: 1 } as const;
                const seek = newSeekEnvelope({ identity: client.identity, start, stop: start });
                const { messages } = await client.stream(node, '/orderer.AtomicBroadcast/Deliver', [seek]);
                const [block = Buffer.alloc(0)] = messages;
                seen.add(blockOf(block).metadata[metadataSlots.signatures]?.toString('base64') ?? '');
            }
            return seen.size;
        },
        fabric: 3,
        embedded: 1,
    },
    'filtered block with a transaction that cannot be read': {
        look: async (client, network) => {
            const [height] = await deliverFrom(client, network, { kind: 'newest' }, 1);
            const number = height && 'filtered' in height ? height.filtered + 1 : 0;
            await client.order(newEndorserTransaction(client.identity, Buffer.from('garbage')));
            const [first] = await deliverFrom(client, network, { kind: 'specified', number }, 1);
            return first && 'status' in first ? first.status : 'a block';
        },
        fabric: 400,
        embedded: 'a block',
    },
    'gossip messages in discovery answers': {
        look: async (client, network) => {
            const { members } = await askDiscovery(client, network, 'peers', [{ name: chaincodeName }]);
            const peers = Object.values(members?.peers_by_org ?? {}).flatMap((each) => each.peers ?? []);
            const states = peers.map(({ state_info }) => state_info?.signature ?? []);
            return states.every((signature) => signature.length > 0);
        },
        fabric: true,
        embedded: false,
    },
    'ids of open iterators': {
        look: async (client) => client.query(['IteratorId', 'a', 'b']),
        fabric: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        embedded: expect.stringMatching(/^\d+$/),
    },
    'key-level endorsement': {
        look: async (client) => statusOf(client, { args: ['SetPolicy', 'guarded'] }),
        fabric: 200,
        embedded: 500,
    },
    'calls between chaincodes': {
        look: async (client) => statusOf(client, { args: ['Call', '_lifecycle', 'QueryChaincodeDefinitions', ''] }),
        fabric: 200,
        embedded: 500,
    },
    CONFIG_UPDATE: {
        look: async (client) =>
            (
                await client.broadcast([newSignedEnvelope(client.identity, headerTypes.configUpdate, Buffer.alloc(0))])
            ).map(({ status }) => status),
        fabric: [400],
        embedded: [501],
    },
    'the Gateway service': {
        look: async (client, network) => {
            const [peer] = network.peers;
            const answer = peer && (await client.unary(peer, '/gateway.Gateway/Evaluate', Buffer.alloc(0)));
            return Buffer.isBuffer(answer) ? 'an answer' : answer?.code;
        },
        fabric: 3,
        embedded: 12,
    },
};

/** Differences that no client of the network can bring about here, each with the test that shows it. */
const shownElsewhere: Readonly<Record<string, string>> = {
    'how long a peer looks for private data that no member within reach has':
        'suite late-private-data: members have to be stopped',
    'texts that are not valid UTF-8, such as keys': 'no shim writes them',
    'chaincode as a service under TLS, and chaincode that a peer builds':
        'unit test of installed-packages: it takes a build',
    'transactions that write metadata of keys': 'unit test of validate-block: it takes two peers’ private keys',
    'commit hash after two writes of one key in one forged read-write set': 'it takes two peers’ private keys',
    'block with a transaction that cannot be decoded before a good one':
        'undecodable-transactions.test.ts: Fabric’s network is of no use after it',
};

/** Recorded refusals that the embedded network gives in other words. */
const recordedProbes: Readonly<Record<string, Probe>> = {
    'call of qscc': {
        look: async (client) => {
            const { answer } = await client.endorse({ args: ['Call', 'qscc', 'GetChainInfo', channelId] });
            return answer?.response.message;
        },
        fabric:
            'callee 500 Rejecting invoke of QSCC from another chaincode because of potential for deadlocks, ' +
            "original invocation for 'basic'",
        embedded: expect.stringMatching(/chaincode qscc not found$/),
    },
};

/** What is listed as different is different: when the embedded network has been mended, the list must shrink. */
export const differences: Suite = ({ network, client }) => {
    const sideOf = (probe: Probe): unknown => (network().backEnd === 'embedded' ? probe.embedded : probe.fabric);

    describe('a difference that is listed stands as it is listed', () => {
        it.each(Object.entries({ ...probes, ...recordedProbes }))('%s', async (_what, probe) => {
            expect(await probe.look(client(), network())).toEqual(sideOf(probe));
        });

        it('in every case that a client can bring about', () => {
            const listed = otherDifferences.map(({ what }) => what).sort();
            expect([...Object.keys(probes), ...Object.keys(shownElsewhere)].sort()).toEqual(listed);
            expect(Object.keys(recordedProbes).filter((name) => !(name in knownDifferences))).toEqual([]);
        });
    });
};

async function statusOf(client: RawClient, draft: Partial<ProposalDraft>): Promise<number | undefined> {
    return (await client.endorse(draft)).answer?.response.status;
}

async function deliverFrom(
    client: RawClient,
    network: ConformanceNetwork,
    start: NonNullable<Parameters<typeof newSeekEnvelope>[0]['start']>,
    count: number,
): Promise<ReturnType<typeof parseDelivered>[]> {
    const stop = start.kind === 'newest' ? start : ({ kind: 'specified', number: Number.MAX_SAFE_INTEGER } as const);
    const envelope = newSeekEnvelope({ identity: client.identity, start, stop });
    const { messages } = await client.stream(network.peers[0], '/protos.Deliver/DeliverFiltered', [envelope], {
        halfClose: false,
        enough: (soFar) => soFar.length >= count,
    });
    return messages.map(parseDelivered);
}
