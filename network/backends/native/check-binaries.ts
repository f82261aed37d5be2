import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BackendError } from '../backend-errors';
import type { FabricBinaries } from './find-binaries';

const deadlineMs = 10_000;
const wantedVersion = /^v?2\.5\./;
const run = promisify(execFile);

/**
 * Asks Fabric's programs for their version, since a node of another one fails later and in other words. Throws
 * BINARIES_WRONG for one that is no program of this machine, not Fabric's, or not of 2.5.
 */
export async function checkBinaries({ orderer, peer }: FabricBinaries): Promise<void> {
    await Promise.all([check('orderer', orderer), check('peer', peer)]);
}

async function check(program: 'orderer' | 'peer', file: string): Promise<void> {
    const said = await askVersion(program, file);
    const [, name] = /^\s*(\w+):/.exec(said) ?? [];
    const [, version = ''] = /^ *Version: *(\S+)/m.exec(said) ?? [];
    if (name === program && wantedVersion.test(version)) return;
    const line = said.trim().split('\n')[0] ?? '';
    const found =
        name === program && version !== ''
            ? `it is version ${version}`
            : `to "version" it says "${line.slice(0, 120)}"`;
    throw new BackendError({ code: 'BINARIES_WRONG', program, file, found });
}

async function askVersion(program: string, file: string): Promise<string> {
    try {
        const { stdout } = await run(file, ['version'], { timeout: deadlineMs, env: {} });
        return stdout;
    } catch (cause) {
        const { stderr = '', code, message } = cause as { stderr?: string; code?: string | number; message: string };
        const why = stderr.trim().split('\n')[0] ?? '';
        const found = why === '' ? `it does not run (${code ?? message})` : `it does not run: ${why.slice(0, 200)}`;
        throw new BackendError({ code: 'BINARIES_WRONG', program, file, found }, { cause });
    }
}
