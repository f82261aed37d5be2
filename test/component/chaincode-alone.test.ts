import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { askChaincode } from '../support/chaincode/ask-chaincode';
import { newTestIdentity } from '../support/chaincode/test-identity';

const root = join(__dirname, '..', '..');
const run = promisify(execFile);

/** As a peer does it: the folder alone, its production dependencies, its start program. Needs the npm registry. */
describe('chaincode/ in a folder of its own', () => {
    let folder: string;
    let service: ChildProcess;
    let address: string;

    beforeAll(async () => {
        folder = await mkdtemp(join(tmpdir(), 'chaincode-alone-'));
        await cp(join(root, 'chaincode', 'package.json'), join(folder, 'package.json'));
        const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
        await Promise.all([
            run(process.execPath, [compiler, '-p', join(root, 'chaincode'), '--outDir', join(folder, 'dist')]),
            run('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-package-lock', '--prefer-offline'], {
                cwd: folder,
            }),
        ]);
        address = `127.0.0.1:${await freePort()}`;
        const program = join(folder, 'node_modules', '.bin', 'fabric-chaincode-node');
        const options = ['server', '--chaincode-address', address, '--chaincode-id', 'alone:1'];
        service = spawn(process.execPath, [program, ...options], { cwd: folder, stdio: 'ignore' });
    }, 180_000);

    afterAll(async () => {
        if (service.exitCode === null) {
            service.kill('SIGKILL');
            await once(service, 'exit');
        }
        await rm(folder, { recursive: true, force: true });
    });

    it('has the class-transformer of its own override', async () => {
        const installed = await readFile(join(folder, 'node_modules', 'class-transformer', 'package.json'), 'utf8');
        const declared = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as {
            overrides: Record<string, string>;
        };
        expect((JSON.parse(installed) as { version: string }).version).toBe(declared.overrides['class-transformer']);
    });

    it('starts, registers and answers its metadata', async () => {
        const answer = await askChaincode(address, ['org.hyperledger.fabric:GetMetadata'], await newTestIdentity());
        const { contracts } = JSON.parse(answer) as { contracts: Record<string, { transactions: { name: string }[] }> };
        expect(contracts['measurement']?.transactions.map(({ name }) => name)).toContain('Set');
        expect(Object.keys(contracts).sort()).toEqual([
            'acquisition',
            'anchors',
            'assets',
            'authority',
            'control',
            'displacement',
            'measurement',
            'oracles',
            'org.hyperledger.fabric',
            'registration',
            'roles',
            'supervision',
        ]);
    });

    it('refuses with a coded fault', async () => {
        const refused = askChaincode(address, ['measurement:Set', '{}'], await newTestIdentity());
        await expect(refused).rejects.toThrow('MALFORMED_INPUT {"path":"quality","reason":"missing-field"}');
    });
});

async function freePort(): Promise<number> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    return port;
}
