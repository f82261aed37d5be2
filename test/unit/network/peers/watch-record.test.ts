import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { enterWatch, readWatch, updateWatch } from '../../../../network/peers/watch-record';

describe('the record of who watches', () => {
    let folder = '';
    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'watch-record-'));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true, force: true });
    });
    const own = { pid: process.pid, afterMs: 5_000, lastLine: 'watching' };

    it('lets one in, tells what it did last, and nothing once it has left', async () => {
        expect(await readWatch(folder)).toBeUndefined();
        const leave = await enterWatch(folder, own);
        updateWatch(folder, { ...own, lastLine: 'peer0.primary is lost' });
        expect(await readWatch(folder)).toEqual({ ...own, lastLine: 'peer0.primary is lost' });
        await expect(enterWatch(folder, own)).rejects.toMatchObject({
            fault: { code: 'ALREADY_WATCHED', runDirectory: folder, pid: process.pid },
        });
        await leave();
        expect(await readWatch(folder)).toBeUndefined();
    });

    it('takes the place of one whose process is gone', async () => {
        await enterWatch(folder, { ...own, pid: 2 ** 30 });
        expect(await readWatch(folder)).toBeUndefined();
        await enterWatch(folder, own);
        expect((await readWatch(folder))?.pid).toBe(process.pid);
    });
});
