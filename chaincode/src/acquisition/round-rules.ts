import { laterOf } from '../clock/later-of';
import type { TimeFault } from '../clock/clock-api';
import type {
    AcquisitionFault,
    RoundAnswer,
    RoundCause,
    RoundName,
    RoundRecord,
    RoundState,
    TaskRecord,
    TriggerInput,
} from './acquisition-api';

/** Who asks for a round, in which transaction. */
export interface OpeningAct {
    readonly byName: string;
    readonly byMspId: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** The tick of a time-driven task that a client asks for: on the scale, near enough, and not over. */
export function decideTick(
    task: TaskRecord,
    tickMs: number,
    nowMs: number,
): { readonly tickMs: number } | AcquisitionFault {
    const { taskId, drive, timeScaleMs } = task;
    if (drive.kind !== 'time') {
        return { code: 'TASK_DRIVEN_OTHERWISE', taskId, drive: drive.kind };
    }
    const { startMs } = drive;
    if (tickMs < startMs || (tickMs - startMs) % timeScaleMs !== 0) {
        return { code: 'NOT_A_TICK', taskId, tickMs, startMs, timeScaleMs };
    }
    const aheadMs = tickMs - nowMs;
    return aheadMs > timeScaleMs + task.clockToleranceMs
        ? { code: 'TICK_TOO_EARLY', taskId, tickMs, aheadMs }
        : judgePassed(task, tickMs, nowMs);
}

/**
 * The tick of an event that a terminal reports: its time, rounded down to a multiple of δ, so that two terminals that
 * saw the same event open one round.
 */
export function decideEventTick(
    task: TaskRecord,
    event: TriggerInput,
    nowMs: number,
): { readonly tickMs: number } | AcquisitionFault {
    const { taskId, drive, timeScaleMs, clockToleranceMs } = task;
    if (drive.kind === 'time') {
        return { code: 'TASK_DRIVEN_OTHERWISE', taskId, drive: drive.kind };
    }
    const isMet = drive.kind === 'limit-crossing' ? isCrossed(drive, event.value) : event.value === undefined;
    if (!isMet) {
        return { code: 'TRIGGER_NOT_MET', taskId, value: event.value ?? null };
    }
    const aheadMs = event.timeMs - nowMs;
    if (aheadMs > clockToleranceMs) {
        return { code: 'EVENT_FROM_FUTURE', taskId, aheadMs };
    }
    return judgePassed(task, event.timeMs - (event.timeMs % timeScaleMs), nowMs);
}

/** The record of a new round. */
export function decideRound(
    existing: RoundRecord | undefined,
    task: TaskRecord,
    tickMs: number,
    act: OpeningAct & { readonly event?: TriggerInput },
): RoundRecord | AcquisitionFault {
    const { taskId, toleranceMs, clockToleranceMs, terminals, concentrators, drive } = task;
    if (existing !== undefined) {
        return { code: 'ROUND_EXISTS', taskId, tickMs };
    }
    const { byName, byMspId, event, transactionId, transactionTimeMs } = act;
    const cause: RoundCause = {
        kind: drive.kind,
        byName,
        byMspId,
        eventMs: event?.timeMs ?? null,
        value: event?.value ?? null,
    };
    return {
        schemaVersion: 1,
        taskId,
        tickMs,
        dueMs: tickMs + toleranceMs,
        toleranceMs,
        clockToleranceMs,
        terminals,
        concentrators,
        state: 'open',
        cause,
        blockNumber: null,
        blockHash: null,
        transactionId,
        transactionTimeMs,
    };
}

/** A round that still takes readings, and the time that counts for it. */
export function decideOpen(
    round: RoundRecord | undefined,
    name: RoundName,
    nowMs: number,
): { readonly round: RoundRecord; readonly nowMs: number } | AcquisitionFault | TimeFault {
    const { taskId, tickMs } = name;
    if (round === undefined) {
        return { code: 'ROUND_UNKNOWN', taskId, tickMs };
    }
    if (round.state === 'sealed') {
        return { code: 'ROUND_SEALED', taskId, tickMs };
    }
    const { transactionTimeMs: lastMs, clockToleranceMs } = round;
    const now = laterOf(nowMs, lastMs, clockToleranceMs);
    return 'code' in now ? now : { round, nowMs: now.nowMs };
}

/** The state of a round as of the question: the later of the two times decides whether it is due. */
export function roundAnswer(round: RoundRecord, nowMs: number): RoundAnswer {
    const isDue = Math.max(nowMs, round.transactionTimeMs) > round.dueMs;
    const state: RoundState = round.state === 'open' && isDue ? 'due' : round.state;
    return { ...round, state };
}

function judgePassed(
    { taskId, toleranceMs }: TaskRecord,
    tickMs: number,
    nowMs: number,
): { readonly tickMs: number } | AcquisitionFault {
    const passedMs = nowMs - (tickMs + toleranceMs);
    return passedMs > 0 ? { code: 'TICK_PASSED', taskId, tickMs, passedMs } : { tickMs };
}

function isCrossed(
    { direction, limit }: { readonly direction: 'above' | 'below'; readonly limit: number },
    value: number | undefined,
): boolean {
    return value !== undefined && (direction === 'above' ? value > limit : value < limit);
}
