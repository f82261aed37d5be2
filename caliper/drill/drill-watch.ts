import { waitUntil, type WaitOptions } from '../../network/backends/wait-until';
import type { EpochClock } from '../../network/client/epoch-clock';
import { CaliperError } from '../caliper-errors';
import { bounded } from './bounded';
import type { DrillStep, TimedStep } from './drill-record';

/** How one act went, where it knows better than whoever called it. */
export interface ActReport {
    readonly beganMs?: number;
    readonly endedMs?: number;
    readonly ended?: TimedStep['ended'];
}

/** How long an act may be tried and waited for: longer than the longest limit (30 s), so that a late act is seen as late. */
export const actDeadlineMs = 50_000;
/** Of a step, whose act ends before that by itself. */
const stepDeadlineMs = 60_000;

/** Times the steps of a drill, each within a deadline. */
export class DrillWatch {
    readonly steps: TimedStep[] = [];
    readonly #clock: EpochClock;
    readonly #signal: AbortSignal;
    #lossMs = 0;
    #doing = '';

    constructor(clock: EpochClock, signal: AbortSignal) {
        this.#clock = clock;
        this.#signal = signal;
    }

    /** What was begun last, in words. */
    get doing(): string {
        return this.#doing;
    }

    /** Something that is not a step of its own. */
    async within<T>(forWhat: string, act: () => Promise<T>): Promise<T> {
        this.#doing = forWhat;
        return bounded(act(), { forWhat, deadlineMs: stepDeadlineMs, signal: this.#signal });
    }

    /** Waits within an act, and no longer once the run is interrupted: CaliperError `BENCH_INTERRUPTED`. */
    async until<T>(
        condition: () => T | undefined | false | Promise<T | undefined | false>,
        options: Omit<WaitOptions, 'deadlineMs'>,
    ): Promise<T> {
        const unlessInterrupted = (): ReturnType<typeof condition> => {
            if (this.#signal.aborted) throw new CaliperError({ code: 'BENCH_INTERRUPTED' });
            return condition();
        };
        return waitUntil(unlessInterrupted, { ...options, deadlineMs: actDeadlineMs });
    }

    /** From now on it is lost. */
    begin(): void {
        this.#lossMs = this.#clock();
    }

    /** One step: it counts once it has succeeded. `report` tells of its times what its act knows better. */
    async time<T>(step: DrillStep, act: () => Promise<T>, report: (result: T) => ActReport = () => ({})): Promise<T> {
        const calledMs = this.#clock();
        const result = await this.within(`step ${step}`, act);
        const { beganMs = calledMs, endedMs = this.#clock(), ended } = report(result);
        this.steps.push({
            step,
            tookMs: Math.max(0, endedMs - beganMs),
            sinceLossMs: Math.max(0, endedMs - this.#lossMs),
            ...(ended !== undefined && { ended }),
        });
        return result;
    }
}
