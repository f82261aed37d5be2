/* eslint-disable jest/no-export -- declared here, run against each network by the test files */
import { describe, expect, it } from '@jest/globals';
import { blockDataHash, blockHeaderHash } from '../../../network/wire/block';
import { newEnvelope } from '../../../network/wire/envelope';
import type { SeekPosition } from '../../../network/wire/seek';
import type { StreamOptions } from '../raw-client';
import { blockOf, newSeekEnvelope, parseDelivered, withoutSignatures } from '../seek-draft';
import type { Delivered, SeekDraft } from '../seek-draft';
import type { Suite } from './suite';

const services = ['/protos.Deliver/Deliver', '/protos.Deliver/DeliverFiltered', '/orderer.AtomicBroadcast/Deliver'];
const oldest: SeekPosition = { kind: 'oldest' };
const newest: SeekPosition = { kind: 'newest' };
const at = (number: number): SeekPosition => ({ kind: 'specified', number });
const forEver = at(Number.MAX_SAFE_INTEGER);
const openMs = 400;
const garbage = Buffer.from('garbage');
const unreadableEnd = {
    grpcCode: 13,
    grpcMessage: 'grpc: failed to unmarshal the received message: proto: cannot parse invalid wire-format data',
};

export const delivery: Suite = ({ network, client }) => {
    const deliver = async (
        service: string,
        seeks: readonly Partial<SeekDraft>[],
        options: StreamOptions = {},
    ): Promise<{ readonly messages: readonly Delivered[]; readonly end: unknown }> => {
        const node = service.startsWith('/orderer') ? network().orderers[0] : network().peers[0];
        const envelopes = seeks.map((seek) => newSeekEnvelope({ identity: client().identity, ...seek }));
        const { messages, end } = await client().stream(node, service, envelopes, options);
        return { messages: messages.map(parseDelivered), end };
    };

    describe.each(services)('a delivery by %s', (service) => {
        const one = (number: number): Delivered =>
            service.endsWith('Filtered') ? { filtered: number } : { block: number };

        it('is served though the client has closed its own side, and then ends', async () => {
            const { messages, end } = await deliver(service, [{ start: at(0), stop: at(1) }]);
            expect(messages).toEqual([one(0), one(1), { status: 200 }]);
            expect(end).toBe('ended');
        });

        it('is followed by the next one on the same stream', async () => {
            const seeks = [
                { start: at(0), stop: at(0) },
                { start: at(1), stop: at(1) },
            ];
            const { messages } = await deliver(service, seeks);
            expect(messages).toEqual([one(0), { status: 200 }, one(1), { status: 200 }]);
        });

        it('of the newest block gives exactly that one, at once', async () => {
            const { messages } = await deliver(service, [{ start: newest, stop: newest }]);
            expect(messages).toHaveLength(2);
            expect(messages[1]).toEqual({ status: 200 });
        });

        it('without end goes on with blocks that come later', async () => {
            const opened = deliver(service, [{ start: newest, stop: forEver }], {
                halfClose: false,
                enough: (messages) => messages.length >= 2,
            });
            await client().submit(['Put', `delivery${service}`, 'x']);
            const { messages, end } = await opened;
            expect(end).toBe('open');
            const numbers = messages.map((message) => Object.values(message)[0] ?? 0);
            expect(numbers[1]).toBe((numbers[0] ?? 0) + 1);
        });

        it.each<[string, number, Partial<SeekDraft>]>([
            ['of an unknown channel', 404, { channelId: 'nochannel' }],
            [
                'of a block that is not there, when it shall fail',
                404,
                { start: at(9999), behavior: 'fail-if-not-ready' },
            ],
            ['far beyond the height', 404, { start: at(9999), stop: at(9999) }],
            ['with its stop before its start', 400, { start: at(2), stop: at(1) }],
            ['without start', 400, { start: undefined }],
            ['without stop', 400, { stop: undefined }],
            ['with an empty start', 404, { start: { kind: 'unset' } }],
            ['twenty minutes old', 400, { timestampMs: Date.now() - 20 * 60_000 }],
            ['without timestamp', 400, { timestampMs: undefined }],
        ])('%s is refused with status %s', async (_what, status, seek) => {
            const { messages, end } = await deliver(service, [{ start: oldest, stop: oldest, ...seek }]);
            expect(messages).toEqual([{ status }]);
            expect(end).toBe('ended');
        });

        it('with an empty stop ends at block 0', async () => {
            const { messages } = await deliver(service, [{ start: oldest, stop: { kind: 'unset' } }]);
            expect(messages).toEqual([one(0), { status: 200 }]);
        });

        it('ends with INTERNAL at what is no envelope, after what came before it', async () => {
            const node = service.startsWith('/orderer') ? network().orderers[0] : network().peers[0];
            const good = newSeekEnvelope({ identity: client().identity, start: oldest, stop: oldest });
            const { messages, end } = await client().stream(node, service, [good, garbage], { lastAfter: 2 });
            expect(messages.map(parseDelivered)).toEqual([one(0), { status: 200 }]);
            expect(end).toEqual(unreadableEnd);
        });

        it('is refused to an organisation that is not on the channel, and to an expired client', async () => {
            for (const identity of [network().clients.outsider, network().clients.expired]) {
                const { messages } = await deliver(service, [{ identity, start: oldest, stop: oldest }]);
                expect(messages).toEqual([{ status: 403 }]);
            }
        });

        it('from a block on that is not there yet waits', async () => {
            const { messages, end } = await deliver(service, [{ start: { kind: 'next-commit' }, stop: forEver }], {
                halfClose: false,
                patienceMs: openMs,
            });
            expect(messages).toEqual([]);
            expect(end).toBe('open');
        });
    });

    describe('the blocks', () => {
        it('are the same on every peer but for the signatures of the orderers they came from', async () => {
            const [first, ...others] = await Promise.all(
                network().peers.map(async (node) => {
                    const envelope = newSeekEnvelope({
                        identity: network().clients.member(node.mspId),
                        start: at(0),
                        stop: at(3),
                    });
                    const { messages } = await client().stream(node, '/protos.Deliver/Deliver', [envelope]);
                    return messages.slice(0, 4).map(withoutSignatures);
                }),
            );
            expect(first).toHaveLength(4);
            for (const other of others) expect(other).toEqual(first);
        });

        it('are chained by their hashes, and each has the hash of its own data', async () => {
            const envelope = newSeekEnvelope({ identity: client().identity, start: at(0), stop: at(3) });
            const { messages } = await client().stream(network().peers[0], '/protos.Deliver/Deliver', [envelope]);
            const blocks = messages.slice(0, 4).map(blockOf);
            for (const { header, data } of blocks) expect(header.dataHash).toEqual(blockDataHash(data));
            expect(blocks.slice(1).map(({ header }) => header.previousHash)).toEqual(
                blocks.slice(0, -1).map(({ header }) => blockHeaderHash(header)),
            );
        });
    });

    describe('a broadcast', () => {
        it('answers each of many envelopes of one stream', async () => {
            const envelopes = await Promise.all(
                Array.from({ length: 30 }, async (_, index) => client().prepare(['Put', `stream/${index}`, 'x'])),
            );
            const answers = await client().broadcast(envelopes.map(({ envelope }) => envelope));
            expect(answers).toEqual(envelopes.map(() => ({ status: 200, info: '' })));
            for (const { txId } of envelopes) expect(await client().codeOf(txId)).toBe(0);
        });

        it('ends with INTERNAL at what is no envelope', async () => {
            const method = '/orderer.AtomicBroadcast/Broadcast';
            const { messages, end } = await client().stream(network().orderers[0], method, [garbage]);
            expect(messages).toEqual([]);
            expect(end).toEqual(unreadableEnd);
        });

        it('of an envelope whose payload cannot be read is refused', async () => {
            expect(await client().broadcast([newEnvelope(garbage, Buffer.from('x'))])).toEqual([
                {
                    status: 400,
                    info:
                        'could not determine channel ID: error unmarshalling Payload: ' +
                        'proto: cannot parse invalid wire-format data',
                },
            ]);
        });

        it('ends the stream after the first refusal', async () => {
            const { envelope } = await client().prepare(['Put', 'refused/1', 'x']);
            const answers = await client().broadcast([Buffer.from('0a00', 'hex'), envelope]);
            expect(answers).toEqual([{ status: 400, info: 'could not determine channel ID: header not set' }]);
        });
    });
};
