import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../../../network/topology/project-root';

const script = join(projectRoot, 'network/docker/explorer-health.cjs');
const login = { user: 'operator', password: 'made for this network', network: 'small' };
/** What Explorer and its peer answer; blocks undefined: Explorer refuses the login. */
const state: { blocks: number | undefined; height: number } = { blocks: 0, height: 0 };
let folder: string;
let server: Server;
let container: ChildProcess;

beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'explorer-health-'));
    writeFileSync(join(folder, 'login.json'), JSON.stringify(login));
    container = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    server = createServer((request, response) => {
        let body = '';
        request.on('data', (part: Buffer) => (body += part.toString()));
        request.on('end', () => {
            const isKnown = request.headers.authorization === 'bearer T';
            const isLogin = state.blocks !== undefined && body === JSON.stringify(login);
            const answers: Readonly<Record<string, string | undefined>> = {
                '/metrics': `# HELP x\nledger_blockchain_height{channel="distribution"} ${state.height}\n`,
                '/auth/login': isLogin ? '{"token":"T"}' : undefined,
                '/api/channels/info': isKnown ? '{"channels":[{"channel_genesis_hash":"H"}]}' : undefined,
                '/api/status/H': isKnown ? JSON.stringify({ latestBlock: String(state.blocks) }) : undefined,
            };
            const answer = answers[request.url ?? ''];
            response.writeHead(answer === undefined ? 401 : 200).end(answer);
        });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
});
afterEach(() => {
    container.kill('SIGKILL');
    server.close();
    rmSync(folder, { recursive: true });
});

async function look(): Promise<{ status: number | null; told: string }> {
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const files = [join(folder, 'login.json'), join(folder, 'last-look.json')];
    const child = spawn(process.execPath, [script, base, `${base}/metrics`, ...files, String(container.pid)]);
    let told = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (told += text));
    const [status] = (await once(child, 'close')) as [number | null];
    return { status, told };
}

describe('the health of Explorer', () => {
    it('is good while it has what the peer has', async () => {
        Object.assign(state, { blocks: 20, height: 20 });
        expect(await look()).toEqual({ status: 0, told: '20 blocks, the peer has 20\n' });
    });

    it('is good while it is behind and gets on', async () => {
        Object.assign(state, { blocks: 5, height: 100 });
        expect((await look()).status).toBe(0);
        Object.assign(state, { blocks: 9, height: 200 });
        expect((await look()).status).toBe(0);
        expect(container.killed || container.signalCode !== null).toBe(false);
    });

    it('is bad when it is behind and not a block further; then the container is ended', async () => {
        Object.assign(state, { blocks: 21, height: 22 });
        expect((await look()).status).toBe(0);
        const ended = once(container, 'exit');
        expect((await look()).status).toBe(1);
        expect(await ended).toEqual([null, 'SIGTERM']);
    });

    it('is good when nothing was committed in between', async () => {
        Object.assign(state, { blocks: 22, height: 22 });
        await look();
        expect((await look()).status).toBe(0);
    });

    it('is bad when Explorer does not let it in', async () => {
        Object.assign(state, { blocks: undefined, height: 22 });
        const { status, told } = await look();
        expect(status).toBe(1);
        expect(told).toContain('/auth/login answers 401');
    });
});
