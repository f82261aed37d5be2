import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { takeBenchmarkLock } from '../../../../caliper/run/benchmark-lock';

describe('takeBenchmarkLock', () => {
    let folder: string;
    let lockFile: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'lock-'));
        lockFile = join(folder, 'deeper', 'benchmark.lock');
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    it('refuses a second start while the first runs, and says which process it is', () => {
        const lock = takeBenchmarkLock(lockFile);
        expect(() => takeBenchmarkLock(lockFile)).toThrow(
            expect.objectContaining({ fault: { code: 'BENCH_ALREADY_RUNNING', pid: process.pid, lockFile } }),
        );
        lock.release();
        expect(existsSync(lockFile)).toBe(false);
        takeBenchmarkLock(lockFile).release();
    });

    it.each(['2147483646', 'nonsense'])('takes over what a dead process left behind (%s)', (content) => {
        takeBenchmarkLock(lockFile).release();
        writeFileSync(lockFile, content);
        const lock = takeBenchmarkLock(lockFile);
        expect(readFileSync(lockFile, 'utf8')).toBe(String(process.pid));
        lock.release();
    });
});
