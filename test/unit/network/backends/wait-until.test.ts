import { describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../network/backends/wait-until';

describe('waitUntil', () => {
    it('gives what the condition gave at last', async () => {
        let asked = 0;
        const found = await waitUntil(() => (++asked < 3 ? undefined : `after ${asked}`), {
            deadlineMs: 1000,
            forWhat: 'the third time',
            intervalMs: 1,
        });
        expect(found).toBe('after 3');
    });

    it('says what it waited for, and shows the last lines (WAITED_TOO_LONG)', async () => {
        const waiting = waitUntil(() => false, {
            deadlineMs: 5,
            forWhat: 'peer0 to answer',
            intervalMs: 1,
            lastLines: () => ['panic: no disk'],
        });
        await expect(waiting).rejects.toMatchObject({ fault: { code: 'WAITED_TOO_LONG', forWhat: 'peer0 to answer' } });
        await expect(waiting).rejects.toThrow(
            'Waited 5 ms in vain for peer0 to answer. The last lines were:\npanic: no disk',
        );
    });

    it('asks once more when the deadline has passed while it paused', async () => {
        let asked = 0;
        await waitUntil(() => ++asked >= 2, { deadlineMs: 1, forWhat: 'the second time', intervalMs: 20 });
        expect(asked).toBe(2);
    });

    it('does not swallow what the condition throws', async () => {
        const waiting = waitUntil(
            () => {
                throw new RangeError('broken');
            },
            { deadlineMs: 1000, forWhat: 'nothing' },
        );
        await expect(waiting).rejects.toThrow(RangeError);
    });
});
