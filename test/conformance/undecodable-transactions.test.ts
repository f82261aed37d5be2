import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { waitUntil } from '../../network/backends/wait-until';
import type { ClientError } from '../../network/client/client-errors';
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { metadataSlots } from '../../network/wire/block';
import { FieldWriter } from '../../network/wire/field-writer';
import { describeOn, embedded, native, type BackEnd } from '../support/back-ends';
import { chaincodeName, channelId, type ConformanceNetwork, type ConformanceNode } from './conformance-network';
import { newEndorserTransaction } from './envelope-draft';
import { RawClient } from './raw-client';
import { blockOf, newSeekEnvelope, parseDelivered } from './seek-draft';
import { startEmbedded } from './start-embedded';
import { startNative } from './start-native';

/*
 * What any writer of the channel can do: sign an endorser transaction that no peer can decode, and have it ordered. Fabric
 * v2.5.16: core/peer/deliverevents.go (toFilteredBlock), core/common/validation/statebased/validator_keylevel.go
 * (extractDependenciesForTx).
 */

const garbage = Buffer.from('garbage');
const codes = { VALID: 0, BAD_PAYLOAD: 5 } as const;
/** gRPC's status UNAVAILABLE. */
const unavailable = 14;
const forEver = { kind: 'specified', number: Number.MAX_SAFE_INTEGER } as const;

interface Started {
    readonly network: ConformanceNetwork;
    readonly client: RawClient;
    stop(): Promise<void>;
}

function namedNode({ name, endpoint }: ConformanceNode): { name: string; host: string; port: number } {
    const { hostname: host, port } = new URL(`http://${endpoint}`);
    return { name, host, port: Number(port) };
}

async function start(backEnd: BackEnd): Promise<Started> {
    const network = await (backEnd === native ? startNative() : startEmbedded());
    const client = new RawClient(network);
    return {
        network,
        client,
        stop: async () => {
            client.close();
            await network.stop();
        },
    };
}

/** Number of the newest block of a node. */
async function newestOf({ client, network }: Started, of: 'peer' | 'orderer' = 'peer'): Promise<number> {
    const [node, path] =
        of === 'peer'
            ? [network.peers[0], '/protos.Deliver/Deliver']
            : [network.orderers[0], '/orderer.AtomicBroadcast/Deliver'];
    const newest = { kind: 'newest' } as const;
    const seek = newSeekEnvelope({ identity: client.identity, start: newest, stop: newest });
    const { messages } = await client.stream(node, path, [seek]);
    return blockOf(messages[0] ?? Buffer.alloc(0)).header.number;
}

/** What a peer delivers of a block, filtered and in full. */
async function deliveredOf(
    { client, network }: Started,
    number: number,
): Promise<{ filtered: unknown; full: number[] }> {
    const start = { kind: 'specified', number } as const;
    const [peer] = network.peers;
    const first = async (service: string, stop: typeof start): Promise<Buffer> => {
        const seek = newSeekEnvelope({ identity: client.identity, start, stop });
        const enough = (messages: readonly Buffer[]): boolean => messages.length > 0;
        const { messages } = await client.stream(peer, `/protos.Deliver/${service}`, [seek], {
            halfClose: false,
            enough,
        });
        return messages[0] ?? Buffer.alloc(0);
    };
    const { metadata } = blockOf(await first('Deliver', start));
    return {
        filtered: parseDelivered(await first('DeliverFiltered', forEver)),
        full: [...(metadata[metadataSlots.transactionsFilter] ?? [])],
    };
}

for (const backEnd of [embedded, native]) {
    const isFabric = backEnd === native;
    describeOn(backEnd, `a transaction that cannot be decoded, on ${backEnd.title}`, () => {
        let started: Started;
        let gateway: GatewayConnection;

        beforeAll(async () => {
            started = await start(backEnd);
            const { network, client } = started;
            const mspIds = network.peers.map(({ mspId }) => mspId);
            gateway = await connectGateway(
                {
                    connectionProfiles: Object.fromEntries(
                        mspIds.map((mspId) => [mspId, network.connectionProfile(mspId)]),
                    ),
                    network: {
                        channel: { name: channelId },
                        chaincode: { name: chaincodeName, collections: [] },
                        organizations: network.orderers.map((orderer, at) => ({
                            orderer: namedNode(orderer),
                            peers: network.peers.slice(at, at + 1).map(namedNode),
                        })),
                    },
                },
                client.identity,
            );
        });
        afterAll(async () => {
            gateway.close();
            await started.stop();
        });

        it('behind a good one keeps neither our client nor the channel from going on', async () => {
            const { client } = started;
            const watch = await CommitWatch.open(gateway);
            const behind = newEndorserTransaction(client.identity, garbage);
            for (const key of ['undecodable/1', 'undecodable/2']) {
                const good = await client.prepare(['Put', key, '1']);
                const wait = watch.waitFor(good.txId, 10_000);
                await wait.start();
                const number = (await newestOf(started)) + 1;
                await client.broadcast([good.envelope, behind]);
                await expect(wait.committed()).resolves.toBeUndefined();
                const { filtered, full } = await deliveredOf(started, number);
                expect(filtered).toEqual(isFabric ? { status: 400 } : { filtered: number });
                expect(full).toEqual([codes.VALID, codes.BAD_PAYLOAD]);
            }
        });

        it(`before a good one ${isFabric ? 'stops every peer of the channel at its block' : 'harms nobody'}`, async () => {
            const { client } = started;
            const before = await newestOf(started);
            const good = await client.prepare(['Put', 'undecodable/3', '1']);
            const wait = new CommitWatch(gateway.blocks).waitFor(good.txId, 4_000);
            await wait.start();
            await client.broadcast([newEndorserTransaction(client.identity, garbage), good.envelope]);
            const told = await wait.committed().then(
                () => 'committed',
                (error: unknown) => (error as ClientError).fault.code,
            );
            const ordered = (await newestOf(started, 'orderer')) - before;
            const committed = (await newestOf(started)) - before;
            expect({ told, ordered, committed }).toEqual(
                isFabric
                    ? { told: 'COMMIT_TIMEOUT', ordered: 1, committed: 0 }
                    : { told: 'committed', ordered: 1, committed: 1 },
            );
        });
    });
}

for (const backEnd of [embedded, native]) {
    const isFabric = backEnd === native;
    describeOn(backEnd, `an endorser transaction without an action, on ${backEnd.title}`, () => {
        let started: Started;

        beforeAll(async () => {
            started = await start(backEnd);
        });
        afterAll(() => started.stop());

        it(`before a good one ${isFabric ? 'ends the process of every peer' : 'harms nobody'}`, async () => {
            const { client, network } = started;
            const good = await client.prepare(['Put', 'undecodable/4', '1']);
            const noAction = new FieldWriter().finish();
            await client.broadcast([newEndorserTransaction(client.identity, noAction), good.envelope]);
            const isGone = async (mspId: string): Promise<boolean> =>
                (await client.endorse({ args: ['Get', 'undecodable/4'] }, mspId)).grpcCode === unavailable;
            const isValid = async (mspId: string): Promise<boolean> =>
                (await client.codeAt(good.txId, mspId)) === codes.VALID;
            const happens = isFabric ? isGone : isValid;
            for (const { mspId } of network.peers) {
                const waited = { deadlineMs: 20_000, forWhat: `it to happen to the peer of ${mspId}` };
                expect(await waitUntil(() => happens(mspId), waited)).toBe(true);
            }
        });
    });
}
