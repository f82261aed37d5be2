import type { TaskInput } from '../../../chaincode/src/acquisition/acquisition-api';

/** Noon, the stub ledger's time. */
export const taskStartMs = Date.UTC(2026, 5, 1, 12);

/** A time-driven task of one terminal: a tick every minute, five seconds of tolerance. */
export function aTask(given: Partial<TaskInput> = {}): TaskInput {
    return {
        taskId: 'voltages',
        type: 'voltage',
        unit: 'kV',
        toleranceMs: 5_000,
        timeScaleMs: 60_000,
        drive: { kind: 'time', startMs: taskStartMs },
        terminals: ['TTU-1'],
        concentrators: [],
        ...given,
    };
}
