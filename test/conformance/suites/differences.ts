/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { metadataSlots } from '../../../network/wire/block';
import { encodeCollectionConfigs, newCollectionConfig } from '../../../network/wire/collection-config';
import { newEnvelope, newPayload } from '../../../network/wire/envelope';
import { FieldWriter } from '../../../network/wire/field-writer';
import { headerTypes, newChannelHeader, newSignatureHeader, timestampFromMs } from '../../../network/wire/headers';
import { fieldBytes } from '../../../network/wire/protobuf-bytes';
import { parseReadWriteSet } from '../../../network/wire/rwset';
import { newTransactionId } from '../../../network/wire/transaction-id';
import { askDiscovery } from '../ask-discovery';
import { conformanceCollections } from '../conformance-topology';
import { chaincodeName, channelId } from '../conformance-network';
import type { ConformanceNetwork } from '../conformance-network';
import { knownDifferences, otherDifferences } from '../known-differences';
import { creatorOf, signWith } from '../proposal-draft';
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
            await client.order(newUnreadable(client));
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
    'endorsed queries of _lifecycle and lscc': {
        look: async (client) => {
            const args = ['QueryChaincodeDefinition', new FieldWriter().string(1, chaincodeName).finish()];
            const { answer } = await client.endorse({ chaincode: '_lifecycle', args });
            const action = fieldBytes(answer?.payload ?? Buffer.alloc(0), 2) ?? Buffer.alloc(0);
            const sets = parseReadWriteSet(fieldBytes(action, 1) ?? Buffer.alloc(0));
            return sets.flatMap(({ reads }) => reads).length > 0;
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
        look: async (client) => (await client.broadcast([newConfigUpdate(client)])).map(({ status }) => status),
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

/** Differences that no client of the network can bring about, each with the test that shows it. */
const shownElsewhere: Readonly<Record<string, string>> = {
    'texts that are not valid UTF-8, such as keys': 'no shim writes them',
    'transactions that write metadata of keys': 'unit test of validate-block: it takes two peers’ private keys',
    'commit hash after two writes of one key in one forged read-write set': 'it takes two peers’ private keys',
};

/** Recorded refusals that can be asked for here, in the words of a Fabric network whose chaincode has no collections. */
const recordedProbes: Readonly<Record<string, Probe>> = {
    '_lifecycle InstallChaincode garbage by the admin': lifecycleProbe(
        { name: 'InstallChaincode', argument: 'CgdnYXJiYWdl', ofChannel: '' },
        'could not parse as a chaincode install package: error reading as gzip stream: unexpected EOF',
    ),
    '_lifecycle QueryApproved unknown': lifecycleProbe(
        { name: 'QueryApprovedChaincodeDefinition', argument: 'CgZub3N1Y2g=' },
        "could not fetch approved chaincode definition (name: 'nosuch', sequence: '0') on channel 'grid'",
    ),
    '_lifecycle approve sequence 5': lifecycleProbe(
        { name: 'ApproveChaincodeDefinitionForMyOrg', argument: 'CAUSBWJhc2ljGgMxLjA=' },
        'requested sequence 5 is larger than the next available sequence number 2',
    ),
    '_lifecycle approve sequence 1 changed': lifecycleProbe(
        { name: 'ApproveChaincodeDefinitionForMyOrg', argument: 'CAESBWJhc2ljGgE5' },
        'attempted to redefine the current committed sequence (1) for namespace basic with different parameters: ' +
            "expected Version '1.0' does not match passed Version '9'",
    ),
    '_lifecycle approve sequence 2, bad name': lifecycleProbe(
        { name: 'ApproveChaincodeDefinitionForMyOrg', argument: 'CAISCGJhZCBuYW1lGgMxLjA=' },
        "error validating chaincode definition: invalid chaincode name 'bad name'. Names can only consist of " +
            "alphanumerics, '_', and '-' and can only begin with alphanumerics",
    ),
    '_lifecycle approve sequence 0': lifecycleProbe(
        { name: 'ApproveChaincodeDefinitionForMyOrg', argument: 'EgViYXNpYxoDMS4w' },
        'currently defined sequence 1 is larger than requested sequence 0',
    ),
    '_lifecycle commit sequence 3': lifecycleProbe(
        { name: 'CommitChaincodeDefinition', argument: 'CAMSBWJhc2ljGgMxLjA=' },
        'requested sequence is 3, but new definition must be sequence 2',
    ),
    '_lifecycle commit sequence 2 nobody approved': lifecycleProbe(
        { name: 'CommitChaincodeDefinition', argument: 'CAISBWJhc2ljGgMxLjA=' },
        'chaincode definition not agreed to by this org (DispatchMSP)',
    ),
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

function lifecycleProbe(
    { name, argument, ofChannel = channelId }: { name: string; argument: string; ofChannel?: string },
    refusal: string,
): Probe {
    const prefix = `failed to invoke backing implementation of '${name}': `;
    return {
        look: async (client, { clients }) => {
            const args = [name, Buffer.concat([Buffer.from(argument, 'base64'), ofDefinition(name)])];
            const identity = clients.admin('DispatchMSP');
            const { answer } = await client.endorse({ chaincode: '_lifecycle', channelId: ofChannel, args, identity });
            return answer?.response.message;
        },
        fabric: prefix + refusal,
        embedded: expect.stringContaining(`${prefix}the embedded network has its chaincode built in`),
    };
}

/** Field 7 of a definition: where it is about one, the collections of the committed one, which no other may lack. */
function ofDefinition(name: string): Buffer {
    if (!name.includes('ChaincodeDefinition') || name.startsWith('Query')) return Buffer.alloc(0);
    return new FieldWriter()
        .message(7, encodeCollectionConfigs(conformanceCollections.map(newCollectionConfig)))
        .finish();
}

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

/** Signed by a member, so that the orderer takes it; what it carries is no transaction. */
function newUnreadable(client: RawClient): Buffer {
    return newSigned(client, headerTypes.endorserTransaction, Buffer.from('garbage'));
}

function newConfigUpdate(client: RawClient): Buffer {
    return newSigned(client, headerTypes.configUpdate, Buffer.alloc(0));
}

function newSigned({ identity }: RawClient, type: number, data: Buffer): Buffer {
    const nonce = randomBytes(24);
    const creator = creatorOf(identity);
    const header = newChannelHeader({
        type,
        channelId,
        timestamp: timestampFromMs(Date.now()),
        txId: newTransactionId(nonce, creator),
    });
    const payload = newPayload(header, newSignatureHeader(creator, nonce), data);
    return newEnvelope(payload, signWith(identity, payload));
}
