import { describe, expect, it } from '@jest/globals';
import { bounded } from '../../../../caliper/drill/bounded';
import { Openings } from '../../../../caliper/drill/drill-parties';
import { DrillWatch } from '../../../../caliper/drill/drill-watch';

const never = new Promise<never>(() => undefined);

describe('DrillWatch', () => {
    it('times each step by itself and since the loss, and keeps those that succeeded', async () => {
        let nowMs = 1_000;
        const watch = new DrillWatch(() => nowMs, new AbortController().signal);
        watch.begin();
        nowMs = 1_500;
        const given = await watch.time('select-refused', () => {
            nowMs = 1_750;
            return Promise.resolve('refused');
        });
        expect(given).toBe('refused');
        await watch.time(
            'operation-freed',
            () => Promise.resolve(),
            () => ({ beganMs: 1_600, endedMs: 1_690, ended: 'expired' }),
        );
        const failed = watch.time('control-completed', () => Promise.reject(new TypeError('no')));
        await expect(failed).rejects.toThrow('no');
        expect(watch.steps).toEqual([
            { step: 'select-refused', tookMs: 250, sinceLossMs: 750 },
            { step: 'operation-freed', tookMs: 90, sinceLossMs: 690, ended: 'expired' },
        ]);
        expect(watch.doing).toBe('step control-completed');
    });
});

describe('a wait within an act', () => {
    it('ends with what it waited for, or as soon as the run is interrupted: BENCH_INTERRUPTED', async () => {
        const controller = new AbortController();
        const watch = new DrillWatch(Date.now, controller.signal);
        await expect(watch.until(() => 7, { forWhat: 'seven' })).resolves.toBe(7);
        const inVain = watch.until(() => false, { forWhat: 'nothing', intervalMs: 1 });
        controller.abort();
        await expect(inVain).rejects.toMatchObject({ fault: { code: 'BENCH_INTERRUPTED' } });
    });
});

describe('bounded', () => {
    const given = (
        more: { readonly deadlineMs?: number; readonly signal?: AbortSignal } = {},
    ): Parameters<typeof bounded>[1] => ({
        forWhat: 'the end',
        deadlineMs: 60_000,
        signal: new AbortController().signal,
        ...more,
    });

    it('gives what the act gives, and throws what it throws', async () => {
        await expect(bounded(Promise.resolve(7), given())).resolves.toBe(7);
        await expect(bounded(Promise.reject(new TypeError('no')), given())).rejects.toThrow('no');
    });

    it('waits no longer than the deadline: WAITED_TOO_LONG', async () => {
        await expect(bounded(never, given({ deadlineMs: 5 }))).rejects.toMatchObject({
            fault: { code: 'WAITED_TOO_LONG', forWhat: 'the end', deadlineMs: 5 },
        });
    });

    it('ends at once when the run is interrupted, before or meanwhile: BENCH_INTERRUPTED', async () => {
        const interrupted = { fault: { code: 'BENCH_INTERRUPTED' } };
        await expect(bounded(never, given({ signal: AbortSignal.abort() }))).rejects.toMatchObject(interrupted);
        const controller = new AbortController();
        const waiting = bounded(never, given({ signal: controller.signal }));
        controller.abort();
        await expect(waiting).rejects.toMatchObject(interrupted);
    });
});

describe('Openings', () => {
    it('closes the last first, and what is opened later at once', async () => {
        const closed: string[] = [];
        const openings = new Openings();
        openings.add(() => closed.push('first'));
        openings.add(() => closed.push('second'));
        await openings.close();
        openings.add(() => closed.push('late'));
        await openings.close();
        expect(closed).toEqual(['second', 'first', 'late']);
    });
});
