import type { ServerDuplexStream } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { BroadcastStream } from '../../../../network/client/broadcast-stream';
import { GrpcConnection } from '../../../../network/grpc/grpc-connection';
import { FieldWriter } from '../../../../network/wire/field-writer';
import { startGrpcServer } from '../../../support/a-grpc-server';

const path = '/orderer.AtomicBroadcast/Broadcast';
const answerOf = (status: number, info = ''): Buffer => new FieldWriter().uint(1, status).string(2, info).finish();
const taken = { answer: { status: 200, info: '' } };

describe('BroadcastStream', () => {
    const stops: (() => void)[] = [];
    afterEach(() => {
        for (const stop of stops.splice(0).reverse()) stop();
    });

    /** An orderer that answers each envelope of each stream as the test says; `streams` are the envelopes it read. */
    async function anOrderer(
        answer: (envelope: string, stream: ServerDuplexStream<Buffer, Buffer>) => void,
    ): Promise<{ readonly orderer: BroadcastStream; readonly streams: string[][]; readonly stop: () => void }> {
        const streams: string[][] = [];
        const talk = (stream: ServerDuplexStream<Buffer, Buffer>): void => {
            const read: string[] = [];
            let isOver = false;
            streams.push(read);
            stream.on('finish', () => {
                isOver = true;
            });
            stream.on('data', (envelope: Buffer) => {
                if (isOver || stream.writableEnded) return;
                read.push(envelope.toString());
                answer(envelope.toString(), stream);
            });
        };
        const server = await startGrpcServer({ talk }, { path });
        const connection = new GrpcConnection(server.target, 2_000);
        stops.push(() => {
            server.stop();
            connection.close();
        });
        return {
            orderer: new BroadcastStream('orderer.test', connection),
            streams,
            stop: () => {
                server.stop();
            },
        };
    }
    const send = (
        orderer: BroadcastStream,
        envelope: string,
        timeoutMs = 5_000,
    ): ReturnType<typeof orderer.sendBroadcast> => orderer.sendBroadcast(Buffer.from(envelope), timeoutMs);

    it('sends envelope after envelope by one stream, and gives each its own answer', async () => {
        const { orderer, streams } = await anOrderer((envelope, stream) => {
            stream.write(answerOf(200, envelope));
        });
        const sent = Array.from({ length: 50 }, (_, index) => `envelope ${index}`);
        const outcomes = await Promise.all(sent.map((envelope) => send(orderer, envelope)));
        expect(outcomes).toEqual(sent.map((info) => ({ answer: { status: 200, info } })));
        expect(await send(orderer, 'later')).toMatchObject({ answer: { info: 'later' } });
        expect(streams).toEqual([[...sent, 'later']]);
    });

    it('knows that what stood behind a refused envelope was not read, and opens another stream', async () => {
        const { orderer, streams } = await anOrderer((envelope, stream) => {
            stream.write(envelope === 'bad' ? answerOf(403, 'revoked') : answerOf(200));
            if (envelope === 'bad') stream.end();
        });
        const [before, bad, behind] = await Promise.all(['good', 'bad', 'behind'].map((text) => send(orderer, text)));
        expect(before).toEqual(taken);
        expect(bad).toEqual({ answer: { status: 403, info: 'revoked' } });
        expect(behind).toMatchObject({ mayBeTaken: false });
        expect(await send(orderer, 'behind')).toEqual(taken);
        expect(streams).toEqual([['good', 'bad'], ['behind']]);
    });

    it('leaves a stream on which no answer comes, and all that stand behind with it', async () => {
        let hangs = true;
        const { orderer, streams } = await anOrderer((_envelope, stream) => {
            if (!hangs) stream.write(answerOf(200));
        });
        const outcomes = await Promise.all([send(orderer, 'a', 300), send(orderer, 'b', 60_000)]);
        expect(outcomes).toEqual([
            { failure: 'no answer within 300 ms', mayBeTaken: true },
            { failure: 'no answer within 300 ms', mayBeTaken: true },
        ]);
        hangs = false;
        expect(await send(orderer, 'a')).toEqual(taken);
        expect(streams).toEqual([['a', 'b'], ['a']]);
    });

    it('leaves a stream that is not even read, with more in it than its window takes', async () => {
        const server = await startGrpcServer({ talk: (stream) => stream.pause() }, { path });
        const connection = new GrpcConnection(server.target, 2_000);
        stops.push(() => {
            connection.close();
            server.stop();
        });
        const orderer = new BroadcastStream('orderer.test', connection);
        const large = 'x'.repeat(50_000);
        const outcomes = await Promise.all(Array.from({ length: 40 }, () => send(orderer, large, 300)));
        expect(outcomes.every((outcome) => 'failure' in outcome && outcome.mayBeTaken)).toBe(true);
    });

    it('tells an orderer that was lost with an envelope from one that never had it', async () => {
        const { orderer, stop } = await anOrderer(() => undefined);
        const underWay = send(orderer, 'a', 60_000);
        setTimeout(stop, 300);
        expect(await underWay).toMatchObject({ mayBeTaken: true });
        expect(await send(orderer, 'b')).toMatchObject({ mayBeTaken: false });
    });

    it('takes an answer that cannot be read for none', async () => {
        const { orderer } = await anOrderer((_envelope, stream) => {
            stream.write(Buffer.from('ff', 'hex'));
        });
        expect(await send(orderer, 'a')).toMatchObject({ mayBeTaken: true });
    });
});
