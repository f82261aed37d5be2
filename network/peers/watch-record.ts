import { renameSync, writeFileSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasErrorCode } from '../backends/has-error-code';
import { isProcessAlive } from '../backends/running-network';
import { PeersError } from './peers-errors';

/** Who watches the endorsers of a network, and what it did last; stands in `<runDirectory>/watch.json` meanwhile. */
export interface WatchRecord {
    readonly pid: number;
    /** How long an endorser that runs may not serve until it is lost. */
    readonly afterMs: number;
    /** The newest line of its log. */
    readonly lastLine: string;
}

const fileOf = (runDirectory: string): string => join(runDirectory, 'watch.json');

/** Who watches the network now; undefined when nobody does. */
export async function readWatch(runDirectory: string): Promise<WatchRecord | undefined> {
    try {
        const record = JSON.parse(await readFile(fileOf(runDirectory), 'utf8')) as WatchRecord;
        return isProcessAlive(record.pid) ? record : undefined;
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return undefined;
        throw error;
    }
}

/** Enters a watcher; gives what ends that. A record whose process is gone is taken over. Throws PeersError ALREADY_WATCHED. */
export async function enterWatch(runDirectory: string, record: WatchRecord): Promise<() => Promise<void>> {
    const file = fileOf(runDirectory);
    const other = await readWatch(runDirectory);
    if (other) throw new PeersError({ code: 'ALREADY_WATCHED', runDirectory, pid: other.pid });
    await rm(file, { force: true });
    try {
        await writeFile(file, JSON.stringify(record), { flag: 'wx' });
    } catch (cause) {
        if (!hasErrorCode(cause, 'EEXIST')) throw cause;
        const pid = (await readWatch(runDirectory))?.pid ?? 0;
        throw new PeersError({ code: 'ALREADY_WATCHED', runDirectory, pid }, { cause });
    }
    return async () => rm(file, { force: true });
}

/** Written whole or not at all. */
export function updateWatch(runDirectory: string, record: WatchRecord): void {
    const file = fileOf(runDirectory);
    writeFileSync(`${file}.new`, JSON.stringify(record));
    renameSync(`${file}.new`, file);
}
