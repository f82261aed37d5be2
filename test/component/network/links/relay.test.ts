import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../network/backends/wait-until';
import { machineClock } from '../../../../network/links/link-clock';
import type { Relay } from '../../../../network/links/relay';
import { startRelay } from '../../../../network/links/relay';
import { aMedium } from '../../../support/a-medium';

const medium = aMedium({ name: '4g', latencyMs: 30, uplinkKbps: 8_000, downlinkKbps: 80_000 });

describe('relay', () => {
    let node: Server;
    let nodePort: number;
    let onNode: (socket: Socket) => void;
    let relay: Relay;

    beforeEach(async () => {
        onNode = (socket) => socket.pipe(socket);
        node = createServer({ allowHalfOpen: true }, (socket) => {
            onNode(socket);
        });
        node.listen(0, '127.0.0.1');
        await once(node, 'listening');
        nodePort = (node.address() as { port: number }).port;
        const targets = [`127.0.0.1:${nodePort}`];
        relay = await startRelay({ medium, clock: machineClock, random: () => 0.5, targets });
    });

    afterEach(async () => {
        await relay.stop();
        node.close();
    });

    async function open(target: string): Promise<{ socket: Socket; answer: string }> {
        const socket = connect({ port: relay.port, host: '127.0.0.1' });
        socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`);
        const [first] = (await once(socket, 'data')) as [Buffer];
        socket.pause();
        // What the node says at once may come with the answer.
        const head = first.indexOf('\r\n\r\n') + 4;
        if (head < first.length) socket.unshift(first.subarray(head));
        return { socket, answer: first.subarray(0, head).toString() };
    }

    async function readAll(socket: Socket): Promise<Buffer> {
        const chunks: Buffer[] = [];
        for await (const chunk of socket) chunks.push(chunk as Buffer);
        return Buffer.concat(chunks);
    }

    it('opens a connection after one round trip and carries both ways, a latency each', async () => {
        const start = performance.now();
        const { socket, answer } = await open(`localhost:${nodePort}`);
        expect(answer).toMatch(/^HTTP\/1\.1 200 /);
        expect(performance.now() - start).toBeGreaterThanOrEqual(59);
        const sent = performance.now();
        socket.end('a reading');
        expect((await readAll(socket)).toString()).toBe('a reading');
        expect(performance.now() - sent).toBeGreaterThanOrEqual(59);
        expect(relay.traffic()).toMatchObject({ bytesUp: 9, bytesDown: 9, refused: [] });
        expect([...relay.traffic().carried]).toEqual([[`127.0.0.1:${nodePort}`, 1]]);
    });

    it('lets connections share the bandwidth', async () => {
        const both = await Promise.all([open(`127.0.0.1:${nodePort}`), open(`127.0.0.1:${nodePort}`)]);
        const start = performance.now();
        const sizes = await Promise.all(
            both.map(async ({ socket }) => {
                socket.end(Buffer.alloc(150_000));
                return (await readAll(socket)).length;
            }),
        );
        expect(sizes).toEqual([150_000, 150_000]);
        // 300 kB at 8 Mbit/s
        expect(performance.now() - start).toBeGreaterThanOrEqual(299);
    });

    it('loses and reorders nothing while sender and receiver have to wait for each other', async () => {
        const sent = Buffer.alloc(2_000_000);
        for (let offset = 0; offset < sent.length; offset += 4) sent.writeUInt32BE(offset, offset);
        onNode = (socket) => socket.end(sent);
        const { socket } = await open(`127.0.0.1:${nodePort}`);
        expect((await readAll(socket)).equals(sent)).toBe(true);
        expect(relay.traffic().bytesDown).toBe(sent.length);
    });

    it('refuses what it was not told about, and says so', async () => {
        const { answer } = await open('127.0.0.1:9');
        expect(answer).toMatch(/^HTTP\/1\.1 403 /);
        const { answer: elsewhere } = await open(`example.org:${nodePort}`);
        expect(elsewhere).toMatch(/^HTTP\/1\.1 403 /);
        expect(relay.traffic().refused).toEqual(['127.0.0.1:9', `example.org:${nodePort}`]);
        expect(relay.traffic().carried.size).toBe(0);
    });

    it('answers 502 and counts nothing when the node is down', async () => {
        node.close();
        const { answer } = await open(`127.0.0.1:${nodePort}`);
        expect(answer).toMatch(/^HTTP\/1\.1 502 /);
        expect(relay.traffic().carried.size).toBe(0);
    });

    it('closes the node when the terminal breaks off', async () => {
        const broken = new Promise((resolve) => {
            onNode = (socket) => {
                socket.on('error', () => undefined);
                socket.resume();
                socket.once('close', resolve);
            };
        });
        const { socket } = await open(`127.0.0.1:${nodePort}`);
        socket.resetAndDestroy();
        await expect(broken).resolves.toBeDefined();
    });

    it('carries to this machine only', async () => {
        const options = { medium, clock: machineClock, random: () => 0.5, targets: ['peer0.example.org:7051'] };
        await expect(startRelay(options)).rejects.toMatchObject({ fault: { code: 'RELAY_TARGET_NOT_LOCAL' } });
    });

    it('hangs while its line is cut, and carries all of it once that is restored', async () => {
        const { socket } = await open(`127.0.0.1:${nodePort}`);
        relay.line.cut();
        socket.write('a reading');
        let answer = '';
        socket.on('data', (chunk: Buffer) => (answer += chunk.toString())).resume();
        const ended = once(socket, 'close').then(() => 'closed');
        const wait = promisify(setTimeout)(300, 'still open');
        expect(await Promise.race([ended, wait])).toBe('still open');
        expect(answer).toBe('');
        relay.line.restore();
        await waitUntil(() => answer === 'a reading', { deadlineMs: 5000, forWhat: 'the echo' });
        socket.end();
        await ended;
    });

    it('opens no connection while its line is cut, and refuses none', async () => {
        relay.line.cut();
        const socket = connect({ port: relay.port, host: '127.0.0.1' });
        socket.write(`CONNECT 127.0.0.1:${nodePort} HTTP/1.1\r\n\r\n`);
        let answer = '';
        socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
        await promisify(setTimeout)(200);
        expect(answer).toBe('');
        relay.line.restore();
        await waitUntil(() => answer.startsWith('HTTP/1.1 200 '), { deadlineMs: 5000, forWhat: 'the handshake' });
        socket.destroy();
    });

    it('tells the node nothing of a terminal that breaks off behind a cut line', async () => {
        let isClosed = false;
        onNode = (socket) => {
            socket.on('error', () => undefined);
            socket.resume();
            socket.once('close', () => (isClosed = true));
        };
        const { socket } = await open(`127.0.0.1:${nodePort}`);
        relay.line.cut();
        socket.resetAndDestroy();
        await promisify(setTimeout)(200);
        expect(isClosed).toBe(false);
        relay.line.restore();
        await waitUntil(() => isClosed, { deadlineMs: 5000, forWhat: 'the node to hear of it' });
    });
});
