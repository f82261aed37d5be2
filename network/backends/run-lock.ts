import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { BackendError } from './backend-errors';
import { hasErrorCode } from './has-error-code';
import { isProcessAlive, runFiles } from './running-network';

/**
 * Takes the run directory for a process, or throws NETWORK_ALREADY_UP. What a dead process left behind is taken over.
 * Hand the directory on with `passRunLock`, give it back with `releaseRunLock`.
 */
export async function takeRunLock(runDirectory: string, pid: number): Promise<void> {
    await mkdir(runDirectory, { recursive: true });
    const holder = await readHolder(runDirectory);
    if (holder !== undefined && isProcessAlive(holder)) {
        throw new BackendError({ code: 'NETWORK_ALREADY_UP', runDirectory, pid: holder });
    }
    await releaseRunLock(runDirectory);
    try {
        await writeFile(runFiles.lock(runDirectory), String(pid), { flag: 'wx' });
    } catch (cause) {
        if (!hasErrorCode(cause, 'EEXIST')) throw cause;
        const winner = (await readHolder(runDirectory)) ?? 0;
        throw new BackendError({ code: 'NETWORK_ALREADY_UP', runDirectory, pid: winner }, { cause });
    }
}

export async function passRunLock(runDirectory: string, pid: number): Promise<void> {
    await writeFile(runFiles.lock(runDirectory), String(pid));
}

export async function releaseRunLock(runDirectory: string): Promise<void> {
    await Promise.all(
        [runFiles.lock(runDirectory), runFiles.running(runDirectory)].map((file) => rm(file, { force: true })),
    );
}

async function readHolder(runDirectory: string): Promise<number | undefined> {
    try {
        const pid = Number(await readFile(runFiles.lock(runDirectory), 'utf8'));
        return Number.isInteger(pid) && pid > 0 ? pid : undefined;
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return undefined;
        throw error;
    }
}
