import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { isProcessAlive } from '../../network/backends/running-network';
import { CaliperError } from '../caliper-errors';

/** Held while a benchmark runs: two at once would measure each other. */
export interface BenchmarkLock {
    release(): void;
}

/**
 * Takes the lock, or throws CaliperError `BENCH_ALREADY_RUNNING` while the process that holds it lives. What a process
 * left behind that was killed does not count.
 */
export function takeBenchmarkLock(lockFile: string): BenchmarkLock {
    mkdirSync(dirname(lockFile), { recursive: true });
    for (let attempt = 0; attempt < 2; attempt += 1) {
        if (tryTake(lockFile)) {
            return {
                release: () => {
                    rmSync(lockFile, { force: true });
                },
            };
        }
        const pid = holderOf(lockFile);
        if (pid !== undefined && isProcessAlive(pid))
            throw new CaliperError({ code: 'BENCH_ALREADY_RUNNING', pid, lockFile });
        rmSync(lockFile, { force: true });
    }
    throw new CaliperError({ code: 'BENCH_ALREADY_RUNNING', pid: holderOf(lockFile) ?? 0, lockFile });
}

function tryTake(lockFile: string): boolean {
    try {
        writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
        return true;
    } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw cause;
    }
}

function holderOf(lockFile: string): number | undefined {
    try {
        const pid = Number(readFileSync(lockFile, 'utf8'));
        return Number.isInteger(pid) && pid > 0 ? pid : undefined;
    } catch {
        return undefined;
    }
}
