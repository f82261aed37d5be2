import type { ServerDuplexStream } from '@grpc/grpc-js';
import { afterEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../network/backends/wait-until';
import { dial } from '../../../../network/grpc/dial';
import { GrpcCall } from '../../../../network/grpc/grpc-call';
import { newFailure, type GrpcFailure } from '../../../../network/grpc/grpc-status';
import { startGrpcServer, streamPath, type GrpcBehaviour } from '../../../support/a-grpc-server';

/** What came of a call: how long each message was, and how it ended. */
interface Heard {
    readonly lengths: number[];
    ends: (GrpcFailure | undefined)[];
}

describe('GrpcCall', () => {
    const stops: (() => void)[] = [];
    afterEach(() => {
        for (const stop of stops.splice(0).reverse()) stop();
    });

    async function open(
        talk: NonNullable<GrpcBehaviour['talk']>,
        { maxMessageBytes, onMessage }: { maxMessageBytes?: number; onMessage?: (call: GrpcCall) => void } = {},
    ): Promise<{ call: GrpcCall; heard: Heard }> {
        const server = await startGrpcServer({ talk });
        stops.push(() => {
            server.stop();
        });
        const session = await dial(server.target, new AbortController().signal);
        stops.push(() => {
            session.destroy();
        });
        const heard: Heard = { lengths: [], ends: [] };
        const events = {
            onMessage: ({ length }: Buffer) => {
                heard.lengths.push(length);
                onMessage?.(call);
            },
            onEnd: (failure: GrpcFailure | undefined) => heard.ends.push(failure),
        };
        const call = new GrpcCall(session, streamPath, events, maxMessageBytes);
        return { call, heard };
    }
    const ended = async ({ ends }: Heard): Promise<GrpcFailure | undefined> => {
        await waitUntil(() => ends.length > 0, { deadlineMs: 5_000, forWhat: 'the end' });
        return ends[0];
    };
    const echo = (stream: ServerDuplexStream<Buffer, Buffer>): void => {
        stream.on('data', (message: Buffer) => stream.write(message)).on('error', () => undefined);
    };

    it('is over when the node ends it, although more could be said', async () => {
        const { heard } = await open((stream) => {
            stream.write(Buffer.alloc(3));
            stream.end();
        });
        expect(await ended(heard)).toBeUndefined();
        expect(heard.lengths).toEqual([3]);
    });

    it('sends no message that is too long, and ends', async () => {
        const { call, heard } = await open(echo, { maxMessageBytes: 100 });
        call.write(Buffer.alloc(100));
        await waitUntil(() => heard.lengths.length > 0, { deadlineMs: 5_000, forWhat: 'the answer' });
        call.write(Buffer.alloc(101));
        expect(heard.ends).toEqual([newFailure(8, 'a message has 101 bytes, more than 100')]);
        expect(heard.lengths).toEqual([100]);
    });

    it('takes no message that is too long, and ends', async () => {
        const { heard } = await open(
            (stream) => {
                for (const length of [100, 101, 100]) stream.write(Buffer.alloc(length));
                stream.on('error', () => undefined);
            },
            { maxMessageBytes: 100 },
        );
        expect(await ended(heard)).toEqual(newFailure(8, 'a message has 101 bytes, more than 100'));
        expect(heard.lengths).toEqual([100]);
    });

    it('gives nothing more once it is cancelled, not even what had come in one piece', async () => {
        const why = newFailure(1, 'enough');
        const { call, heard } = await open(echo, {
            onMessage: (one) => {
                one.cancel(why);
            },
        });
        for (let index = 0; index < 100; index++) call.write(Buffer.alloc(10));
        expect(await ended(heard)).toEqual(why);
        expect(heard).toEqual({ lengths: [10], ends: [why] });
    });
});
