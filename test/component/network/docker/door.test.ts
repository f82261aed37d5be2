import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { isListening } from '../../../../network/admin/read-operations';
import { waitUntil } from '../../../../network/backends/wait-until';
import { projectRoot } from '../../../../network/topology/project-root';
import { freePorts } from '../../../support/free-ports';

const script = join(projectRoot, 'network/docker/door.cjs');
const started: { child?: ChildProcess; server?: Server } = {};

afterEach(() => {
    started.child?.kill();
    started.server?.close();
});

async function openDoor(target: number): Promise<number> {
    const [port = 0] = await freePorts(1);
    started.child = spawn(process.execPath, [script, `${port}=127.0.0.1:${target}`], { stdio: 'ignore' });
    await waitUntil(() => isListening('127.0.0.1', port), { deadlineMs: 10_000, forWhat: 'the door to open' });
    return port;
}

/** Sends a text, ends its side, and gives all that comes back. */
async function exchange(port: number, text: string): Promise<string> {
    return new Promise((resolve) => {
        let answer = '';
        const socket = connect({ host: '127.0.0.1', port });
        socket.setEncoding('utf8').on('data', (part: string) => (answer += part));
        socket.on('error', () => undefined);
        socket.once('close', () => {
            resolve(answer);
        });
        socket.end(text);
    });
}

describe('the door between planes', () => {
    it('hands on what comes, both ways, until both have ended', async () => {
        const server = createServer({ allowHalfOpen: true }, (socket) => {
            let heard = '';
            socket.setEncoding('utf8').on('data', (part: string) => (heard += part));
            socket.on('end', () => socket.end(`heard ${heard}`));
        });
        started.server = server;
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const port = await openDoor((server.address() as AddressInfo).port);
        expect(await exchange(port, 'GET /healthz')).toBe('heard GET /healthz');
    });

    it('closes when nobody is behind it, and stays', async () => {
        const [nobody = 0] = await freePorts(1);
        const port = await openDoor(nobody);
        expect(await exchange(port, 'x')).toBe('');
        expect(await exchange(port, 'x')).toBe('');
    });
});
