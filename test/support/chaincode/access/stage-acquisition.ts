import { acquisitionCalls, type RoundName } from '../../../../chaincode/src/acquisition/acquisition-api';
import { aTask, taskStartMs } from '../a-task';
import { concentratorId, page, terminalId, type AccessGrid, type StagedCall } from './access-grid';

const member = 'TTU-3';
const { toleranceMs, timeScaleMs } = aTask();
const startMs = taskStartMs - timeScaleMs;
const sealed: RoundName = { taskId: 'voltages', tickMs: startMs };
const open: RoundName = { taskId: 'voltages', tickMs: taskStartMs };

/** A time-driven task with a sealed and an open round, and one that a trip drives. */
export async function stageAcquisition(access: AccessGrid): Promise<StagedCall[]> {
    await access.grid.register(member, { concentrators: [concentratorId] });
    const terminals = { terminals: [terminalId], concentrators: [{ concentratorId, terminals: [member] }] };
    await access.submit(
        acquisitionCalls.defineTask(aTask({ ...terminals, drive: { kind: 'time', startMs } })),
        'dispatcher',
    );
    const byTrip = { taskId: 'trips', timeScaleMs: 1_000, drive: { kind: 'protection-trip' } } as const;
    await access.submit(acquisitionCalls.defineTask(aTask({ ...terminals, ...byTrip })), 'dispatcher');
    const value = { timeMs: startMs, value: 10.1, quality: 'valid' } as const;
    const at = { timeMs: startMs };
    await access.submit(acquisitionCalls.openRound(sealed), 'dispatcher', at);
    await access.submit(acquisitionCalls.reportForTask({ ...sealed, ...value }), 'terminal', at);
    await access.submit(acquisitionCalls.seal(sealed), 'dispatcher', { timeMs: startMs + toleranceMs + 1 });
    await access.submit(acquisitionCalls.openRound(open), 'dispatcher');
    const now = { ...value, timeMs: taskStartMs };
    const readings = [{ terminalId: member, ...now }];
    return [
        { call: acquisitionCalls.defineTask(aTask({ ...terminals, taskId: 'currents' })) },
        { call: acquisitionCalls.endTask('voltages') },
        { call: acquisitionCalls.openRound({ taskId: 'voltages', tickMs: taskStartMs + timeScaleMs }) },
        { call: acquisitionCalls.triggerRound({ taskId: 'trips', timeMs: taskStartMs }) },
        { call: acquisitionCalls.reportForTask({ ...open, ...now }) },
        { call: acquisitionCalls.reportBatchForTask({ ...open, concentratorId, readings }) },
        { call: acquisitionCalls.seal(open), timeMs: taskStartMs + toleranceMs + 1 },
        { call: acquisitionCalls.queryTask('voltages') },
        { call: acquisitionCalls.listTasks(page) },
        { call: acquisitionCalls.queryRound(open) },
        { call: acquisitionCalls.listOpenRounds({ taskId: 'voltages', ...page }) },
        { call: acquisitionCalls.queryDataBlock(sealed) },
        { call: acquisitionCalls.queryProof({ ...sealed, terminalId }) },
    ];
}
