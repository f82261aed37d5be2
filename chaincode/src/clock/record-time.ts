import type { ClockFault } from './clock-api';

/** What a record knows of time: the newest transaction time it carries, and by how much clocks may differ. */
export interface KnownTime {
    readonly record: string;
    readonly lastMs: number;
    readonly clockToleranceMs: number;
}

/**
 * The time that counts for an act on a record: the later of the proposal's timestamp and the record's own. Two clients'
 * clocks differ, and a record must not grow younger; one that is behind by more than the tolerance is refused.
 */
export function decideNow(nowMs: number, known: KnownTime): { readonly nowMs: number } | ClockFault {
    const { record, lastMs, clockToleranceMs } = known;
    const backMs = lastMs - nowMs;
    return backMs > clockToleranceMs
        ? { code: 'TIME_WENT_BACK', record, backMs, clockToleranceMs }
        : { nowMs: Math.max(nowMs, lastMs) };
}
