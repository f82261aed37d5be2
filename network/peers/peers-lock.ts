import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '../backends/has-error-code';
import { isProcessAlive } from '../backends/running-network';
import { PeersError } from './peers-errors';

const fileOf = (runDirectory: string): string => join(runDirectory, 'peers.lock');

/**
 * Keeps two processes from changing the peers of one network at a time; gives what ends that. A lock whose holder is gone is
 * taken over. Throws PeersError PEERS_BUSY.
 */
export async function takePeersLock(runDirectory: string, pid: number): Promise<() => Promise<void>> {
    const file = fileOf(runDirectory);
    for (;;) {
        try {
            await writeFile(file, String(pid), { flag: 'wx' });
            return async () => rm(file, { force: true });
        } catch (cause) {
            if (!hasErrorCode(cause, 'EEXIST')) throw cause;
            const holder = Number(await readFile(file, 'utf8').catch(() => ''));
            if (Number.isInteger(holder) && holder > 0 && isProcessAlive(holder)) {
                throw new PeersError({ code: 'PEERS_BUSY', runDirectory, pid: holder }, { cause });
            }
            await rm(file, { force: true });
        }
    }
}
