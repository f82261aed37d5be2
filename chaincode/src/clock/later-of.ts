import type { TimeFault } from './clock-api';

/**
 * The time at which a record is judged: the later of the proposal's timestamp, which the client claims, and the time
 * of the record's newest act. Nobody gains time by a slow clock; one that is slow by more than the tolerance is a fault.
 */
export function laterOf(nowMs: number, lastMs: number, toleranceMs: number): { readonly nowMs: number } | TimeFault {
    return nowMs < lastMs - toleranceMs
        ? { code: 'TIME_WENT_BACK', lastMs, nowMs, toleranceMs }
        : { nowMs: Math.max(nowMs, lastMs) };
}
