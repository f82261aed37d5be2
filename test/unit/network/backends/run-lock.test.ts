import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { passRunLock, releaseRunLock, takeRunLock } from '../../../../network/backends/run-lock';
import { findRunningNetwork, runFiles } from '../../../../network/backends/running-network';

/** Larger than any process id that a system gives. */
const nobody = 2 ** 30;

describe('the lock of a run directory', () => {
    let folder: string;
    beforeEach(() => {
        folder = join(mkdtempSync(join(tmpdir(), 'run-')), 'new');
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });

    it('is taken once; the second is told who holds it (NETWORK_ALREADY_UP)', async () => {
        await takeRunLock(folder, process.pid);
        await expect(takeRunLock(folder, process.pid)).rejects.toMatchObject({
            fault: { code: 'NETWORK_ALREADY_UP', runDirectory: folder, pid: process.pid },
        });
    });

    it('is taken over from a process that has ended', async () => {
        await takeRunLock(folder, process.pid);
        await passRunLock(folder, nobody);
        await expect(takeRunLock(folder, process.pid)).resolves.toBeUndefined();
    });

    it('can be taken again once it was given back, and nothing says that a network is up', async () => {
        await takeRunLock(folder, process.pid);
        writeFileSync(runFiles.running(folder), JSON.stringify({ networkPid: process.pid }));
        expect(await findRunningNetwork(folder)).toBeDefined();
        await releaseRunLock(folder);
        expect(await findRunningNetwork(folder)).toBeUndefined();
        await takeRunLock(folder, process.pid);
    });

    it('a file left by a network whose process has ended is no network that is up', async () => {
        await takeRunLock(folder, process.pid);
        writeFileSync(runFiles.running(folder), JSON.stringify({ networkPid: nobody }));
        expect(await findRunningNetwork(folder)).toBeUndefined();
    });
});
