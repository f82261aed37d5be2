import { describe, expect, it } from '@jest/globals';
import { watchLife, watchMemory } from '../../../../caliper/run/watch-network';
import { waitUntil } from '../../../../network/backends/wait-until';

describe('watchMemory', () => {
    it('keeps the highest that was seen, past a network that does not answer', async () => {
        const answers = [100, 300, undefined, 200];
        let asked = 0;
        const watch = watchMemory(() => {
            const memoryMb = answers[asked++];
            const seen = { memoryMb: memoryMb ?? 0, acceptedConnections: new Map<string, number>() };
            return memoryMb === undefined ? Promise.reject(new TypeError('no answer')) : Promise.resolve(seen);
        }, 1);
        await waitUntil(() => asked >= 4, { deadlineMs: 5_000, forWhat: 'four looks' });
        watch.stop();
        expect(watch.peakMb()).toBe(300);
    });

    it('has no figure where the back end tells none', async () => {
        let asked = 0;
        const watch = watchMemory(() => Promise.resolve(void (asked += 1)), 1);
        await waitUntil(() => asked >= 2, { deadlineMs: 5_000, forWhat: 'two looks' });
        watch.stop();
        expect(watch.peakMb()).toBeUndefined();
    });
});

describe('watchLife', () => {
    it('aborts with the cause once the network has ended, and not before', async () => {
        const cause = new TypeError('ended');
        let asked = 0;
        const watch = watchLife(() => Promise.resolve(++asked < 3 ? undefined : cause), 1);
        expect(watch.ended.aborted).toBe(false);
        await waitUntil(() => watch.ended.aborted, { deadlineMs: 5_000, forWhat: 'the end to be noticed' });
        watch.stop();
        expect(asked).toBeGreaterThanOrEqual(3);
        expect(watch.ended.reason).toBe(cause);
    });
});
