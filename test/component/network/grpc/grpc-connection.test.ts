import { createServer } from 'node:net';
import { once } from 'node:events';
import { Metadata, status } from '@grpc/grpc-js';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../network/backends/wait-until';
import type { GrpcTarget } from '../../../../network/grpc/dial';
import { GrpcConnection, type GrpcAnswer } from '../../../../network/grpc/grpc-connection';
import type { Authority } from '../../../../network/identities/identity';
import { machineClock } from '../../../../network/links/link-clock';
import { startRelay } from '../../../../network/links/relay';
import {
    aTlsAuthority,
    startGrpcServer,
    streamPath,
    unaryPath,
    type GrpcBehaviour,
    type GrpcServerUnderTest,
} from '../../../support/a-grpc-server';
import { aMedium } from '../../../support/a-medium';

const connectTimeoutMs = 2_000;
const request = Buffer.from('a proposal');

describe('GrpcConnection', () => {
    const stops: (() => unknown)[] = [];
    let authority: Authority;
    beforeAll(async () => {
        authority = await aTlsAuthority();
    });
    afterEach(async () => {
        for (const stop of stops.splice(0).reverse()) await stop();
    });

    async function serve(behaviour: GrpcBehaviour = {}, port = 0): Promise<GrpcServerUnderTest> {
        const server = await startGrpcServer(behaviour, { port, authority });
        stops.push(() => {
            server.stop();
        });
        return server;
    }
    function connect(target: GrpcTarget, timeoutMs = connectTimeoutMs): GrpcConnection {
        const connection = new GrpcConnection(target, timeoutMs);
        stops.push(() => {
            connection.close();
        });
        return connection;
    }
    const ask = (connection: GrpcConnection, timeoutMs = 5_000): Promise<GrpcAnswer> =>
        connection.call(unaryPath, request, timeoutMs);

    it('carries a hundred calls at once, and messages beyond a frame and a window', async () => {
        const { target } = await serve();
        const connection = connect(target);
        const large = Buffer.alloc(3_000_000, 7);
        const all = await Promise.all([
            ...Array.from({ length: 100 }, () => ask(connection)),
            connection.call(unaryPath, large, 10_000),
        ]);
        expect(all.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => ({ message: request })));
        expect((all[100] as { message: Buffer }).message.equals(large)).toBe(true);
    });

    it('tells a node’s own status and words', async () => {
        const details = 'nicht gefunden: 100 % ✓';
        const { target } = await serve({
            ask: (_call, answer) => {
                answer({ code: status.NOT_FOUND, details, metadata: new Metadata() });
            },
        });
        expect(await ask(connect(target))).toEqual({ failure: { status: 5, details, unsent: false } });
    });

    it('waits for an answer no longer than it is told to, and cancels the call', async () => {
        let cancelled = false;
        const { target } = await serve({
            ask: (call) => {
                call.on('cancelled', () => {
                    cancelled = true;
                });
            },
        });
        const connection = connect(target);
        expect(await ask(connection, 200)).toEqual({
            failure: { status: 4, details: 'no answer within 200 ms', unsent: false },
        });
        await waitUntil(() => cancelled, { deadlineMs: 5_000, forWhat: 'the node to hear of it' });
    });

    it('checks the certificate against the node’s name, or against the address where no name is known', async () => {
        const { target } = await serve();
        expect(await ask(connect(target))).toEqual({ message: request });
        const byAddress = { ...target, tls: { rootsPem: target.tls.rootsPem } };
        expect(await ask(connect(byAddress))).toEqual({ message: request });
        const ofAnother = { ...target, tls: { ...target.tls, serverName: 'peer1.test' } };
        expect(await ask(connect(ofAnother))).toMatchObject({
            failure: { unsent: true, details: expect.stringContaining('does not match certificate') as unknown },
        });
        const { certificatePem: rootsPem } = await aTlsAuthority();
        const otherRoot = { ...target, tls: { ...target.tls, rootsPem } };
        expect(await ask(connect(otherRoot))).toMatchObject({ failure: { unsent: true } });
    });

    it('tells at once that a node refuses the connection, and finds it when it is there again', async () => {
        const first = await serve();
        const { target } = first;
        const connection = connect(target);
        expect(await ask(connection)).toEqual({ message: request });
        first.stop();
        await waitUntil(async () => 'failure' in (await ask(connection)), { deadlineMs: 5_000, forWhat: 'the loss' });
        const startedMs = performance.now();
        expect(await ask(connection)).toMatchObject({ failure: { status: 14, unsent: true } });
        expect(performance.now() - startedMs).toBeLessThan(connectTimeoutMs);
        await serve({}, target.port);
        const answered = async (): Promise<GrpcAnswer | false> => {
            const answer = await ask(connection);
            return 'message' in answer && answer;
        };
        expect(await waitUntil(answered, { deadlineMs: 10_000, forWhat: 'the node' })).toEqual({ message: request });
    });

    it('ends the calls under way of a node that is lost, as ones that may have reached it', async () => {
        const server = await serve({ ask: () => undefined });
        const connection = connect(server.target);
        const asked = ask(connection, 60_000);
        setTimeout(() => {
            server.stop();
        }, 300);
        expect(await asked).toMatchObject({ failure: { status: 14, unsent: false } });
    });

    it('waits no longer than its time for a node that takes the connection and says nothing', async () => {
        const silent = createServer().listen(0, '127.0.0.1');
        await once(silent, 'listening');
        stops.push(() => silent.close());
        const { port } = silent.address() as { port: number };
        const target = { host: '127.0.0.1', port, tls: { rootsPem: '' } };
        const startedMs = performance.now();
        expect(await ask(connect(target, 300), 60_000)).toMatchObject({ failure: { status: 14, unsent: true } });
        expect(performance.now() - startedMs).toBeLessThan(5_000);
    });

    it('goes through a relay, and tells what the relay refuses', async () => {
        const { target } = await serve();
        const targets = [`127.0.0.1:${target.port}`];
        const medium = aMedium({ latencyMs: 5, uplinkKbps: 8_000, downlinkKbps: 80_000 });
        const relay = await startRelay({ medium, clock: machineClock, random: () => 0.5, targets });
        stops.push(() => relay.stop());
        expect(await ask(connect({ ...target, relayUrl: relay.url }))).toEqual({ message: request });
        expect(relay.traffic().bytesUp).toBeGreaterThan(0);
        const elsewhere = { ...target, port: target.port - 1, relayUrl: relay.url };
        expect(await ask(connect(elsewhere))).toMatchObject({
            failure: { unsent: true, details: expect.stringContaining('the relay answered') as unknown },
        });
    });

    it('keeps a call open for many messages', async () => {
        const { target } = await serve();
        const received: string[] = [];
        let ended = false;
        const call = await connect(target).open(streamPath, {
            onMessage: (message) => received.push(message.toString()),
            onEnd: () => {
                ended = true;
            },
        });
        if ('unsent' in call) throw new TypeError(call.details);
        for (const text of ['a', 'b']) call.write(Buffer.from(text));
        call.end(Buffer.from('c'));
        await waitUntil(() => ended, { deadlineMs: 5_000, forWhat: 'the end' });
        expect(received).toEqual(['a', 'b', 'c']);
    });

    it('ends what is under way when it is closed, also what was begun in the same moment, and begins nothing after', async () => {
        const { target } = await serve({ ask: () => undefined });
        const connection = connect(target);
        const dialling = ask(connection, 60_000);
        connection.close();
        expect(await dialling).toMatchObject({ failure: { unsent: true } });
        const open = connect(target);
        await ask(open, 100);
        const underWay = ask(open, 60_000);
        open.close();
        expect(await underWay).toMatchObject({ failure: { status: 14 } });
        expect(await ask(open)).toMatchObject({ failure: { details: 'the connection was closed', unsent: true } });
    });
});
