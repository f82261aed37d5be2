import type { OpenRoundEntry, RoundName, TaskRecord } from '../../../chaincode/src/acquisition/acquisition-api';

/**
 * The rounds of time-driven tasks that are to be open now: their tick is at most `leadMs` ahead, and tick + Δt is not
 * over. Those of the past are left alone: nobody can report for them in time.
 */
export function ticksToOpen(task: TaskRecord, nowMs: number, leadMs: number): RoundName[] {
    const { taskId, drive, state, timeScaleMs, toleranceMs } = task;
    if (drive.kind !== 'time' || state !== 'active') return [];
    const firstCount = Math.max(0, Math.ceil((nowMs - toleranceMs - drive.startMs) / timeScaleMs));
    const lastCount = Math.floor((nowMs + leadMs - drive.startMs) / timeScaleMs);
    return Array.from({ length: Math.max(0, lastCount - firstCount + 1) }, (_, index) => ({
        taskId,
        tickMs: drive.startMs + (firstCount + index) * timeScaleMs,
    }));
}

/** Rounds whose tick + Δt is over, in the order in which they fell due: each is sealed on top of the one before. */
export function roundsToSeal(open: readonly OpenRoundEntry[], nowMs: number): RoundName[] {
    return open
        .filter(({ dueMs }) => dueMs < nowMs)
        .sort((one, other) => one.dueMs - other.dueMs)
        .map(({ taskId, tickMs }) => ({ taskId, tickMs }));
}
