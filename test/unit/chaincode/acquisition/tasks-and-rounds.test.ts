import { beforeEach, describe, expect, it } from '@jest/globals';
import {
    acquisitionCalls,
    acquisitionEvents,
    type OpenRoundEntry,
    type RoundAnswer,
    type TaskInput,
    type TaskRecord,
} from '../../../../chaincode/src/acquisition/acquisition-api';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { AcquisitionGrid, aValue, firstRound, ofMember } from '../../../support/chaincode/acquisition-grid';
import { taskStartMs } from '../../../support/chaincode/a-task';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { toleranceMs as clockToleranceMs } from '../../../support/chaincode/test-grid';
import { newTestIdentity } from '../../../support/chaincode/test-identity';

const page = { pageSize: 10, bookmark: '' };
let acquisition: AcquisitionGrid;

beforeEach(async () => {
    acquisition = await AcquisitionGrid.start();
});

function queryRound(timeMs?: number): Promise<RoundAnswer> {
    const { ledger, reader } = acquisition.grid;
    const options = timeMs === undefined ? {} : { timeMs };
    return ledger.evaluate<RoundAnswer>(acquisitionCalls.queryRound(firstRound), reader, options);
}

describe('a task', () => {
    it('binds its terminals with Δt, n, TY and δ, and the largest clock tolerance of their media', async () => {
        const { event, calls } = await acquisition.define();
        const task = await acquisition.grid.ledger.evaluate<TaskRecord>(
            acquisitionCalls.queryTask('voltages'),
            acquisition.grid.reader,
        );
        expect(task).toMatchObject({
            toleranceMs: 5_000,
            sensorNumber: 4,
            type: 'voltage',
            timeScaleMs: 60_000,
            clockToleranceMs,
            state: 'active',
            definedByMspId: 'DispatchMSP',
        });
        expect(event).toMatchObject({ name: acquisitionEvents.defined, payload: { sensorNumber: 4 } });
        expect(calls).toMatchObject({ gets: 2 + 5, puts: 1 });
    });

    it('is defined once, and then never changes', async () => {
        await acquisition.define();
        await expectFault(acquisition.define({ toleranceMs: 1 }), 'TASK_EXISTS');
    });

    it('is defined and ended by a dispatcher of an organisation that may hold the role', async () => {
        const { operator, ledger } = acquisition.grid;
        await expectFault(acquisition.define({}, operator), 'ROLE_REQUIRED');
        const attributes = { role: 'dispatcher' };
        const foreign = await newTestIdentity({ name: 'somebody', mspId: 'PrimaryMSP', attributes });
        await expectFault(acquisition.define({}, foreign), 'ROLE_NOT_HELD_HERE');
        await acquisition.define();
        await expectFault(ledger.submit(acquisitionCalls.endTask('voltages'), operator), 'ROLE_REQUIRED');
    });

    it('names nobody who is unknown, not confirmed, or out of service', async () => {
        await expectFault(acquisition.define({ terminals: ['TTU-9'] }), 'TERMINAL_UNKNOWN');
        await acquisition.grid.request('TTU-5');
        await expectFault(acquisition.define({ terminals: ['TTU-5'] }), 'TERMINAL_NOT_CONFIRMED');
        const suspend = registrationCalls.suspend({ terminalId: 'TTU-1', reason: 'lost' });
        await acquisition.grid.ledger.submit(suspend, acquisition.grid.operator);
        await expectFault(acquisition.define(), 'TERMINAL_SUSPENDED');
    });

    it('names a concentrator only for terminals that name it, in its own organisation', async () => {
        const concentrators = (...terminals: string[]): Partial<TaskInput> => ({
            concentrators: [{ concentratorId: 'DTU-1', terminals }],
        });
        await acquisition.register('TTU-6');
        await expectFault(acquisition.define(concentrators('TTU-6')), 'NOT_ITS_CONCENTRATOR');
        await acquisition.grid.register('TTU-7', { concentrators: ['DTU-1'] }, 'PrimaryMSP');
        await expectFault(acquisition.define(concentrators('TTU-7')), 'FOREIGN_TERMINAL');
        const unknown = { concentrators: [{ concentratorId: 'DTU-9', terminals: ['TTU-3'] }] };
        await expectFault(acquisition.define(unknown), 'TERMINAL_UNKNOWN');
    });

    it.each<[string, Partial<TaskInput>, { path: string; reason: string }]>([
        ['a terminal twice', { terminals: ['TTU-1', 'TTU-3'] }, { path: 'terminals[2]', reason: 'twice-the-same' }],
        ['nobody', { terminals: [], concentrators: [] }, { path: 'terminals', reason: 'too-few' }],
        ['Δt beyond δ', { toleranceMs: 60_001 }, { path: 'toleranceMs', reason: 'too-large' }],
        [
            'δ beyond the Δt of an event',
            { drive: { kind: 'protection-trip' }, timeScaleMs: 5_001 },
            { path: 'timeScaleMs', reason: 'too-large' },
        ],
        [
            'a drive that is none',
            { drive: {} as TaskInput['drive'] },
            { path: 'drive.kind', reason: 'not-one-of-the-known' },
        ],
        ['no drive', { drive: null as never }, { path: 'drive', reason: 'not-an-object' }],
        [
            'a drive with another’s field',
            { drive: { kind: 'protection-trip', limit: 1 } as never },
            { path: 'drive.limit', reason: 'unknown-field' },
        ],
    ])('is refused with %s', async (_, given, fault) => {
        expect(await expectFault(acquisition.define(given), 'MALFORMED_INPUT')).toMatchObject(fault);
    });

    it('is refused in a unit of another type', async () => {
        await expectFault(acquisition.define({ unit: 'A' }), 'READING_UNIT_UNKNOWN');
    });

    it('opens no round once it has ended; one that is open can be sealed', async () => {
        const { ledger, reader } = acquisition.grid;
        await acquisition.define();
        await acquisition.open();
        const { event } = await ledger.submit(acquisitionCalls.endTask('voltages'), acquisition.dispatcher);
        expect(event).toMatchObject({ name: acquisitionEvents.ended, payload: { state: 'ended' } });
        await expectFault(acquisition.open({ ...firstRound, tickMs: taskStartMs + 60_000 }), 'TASK_ENDED');
        await expectFault(ledger.submit(acquisitionCalls.endTask('voltages'), acquisition.dispatcher), 'TASK_ENDED');
        acquisition.advance(5_001);
        await acquisition.seal();
        const { items } = await ledger.evaluate<Page<TaskRecord>>(acquisitionCalls.listTasks(page), reader);
        expect(items).toMatchObject([{ taskId: 'voltages', state: 'ended', endedMs: taskStartMs }]);
    });

    it('that was never defined is unknown', async () => {
        const { ledger, reader } = acquisition.grid;
        await expectFault(ledger.evaluate(acquisitionCalls.queryTask('x'), reader), 'TASK_UNKNOWN');
        await expectFault(acquisition.open(), 'TASK_UNKNOWN');
    });
});

describe('a round of a time-driven task', () => {
    beforeEach(() => acquisition.define());

    it('costs three gets and two puts, is told, and is listed until it is sealed', async () => {
        const { calls, event } = await acquisition.open();
        expect(calls).toEqual({ gets: 3, puts: 2, deletes: 0, ranges: 0, histories: 0 });
        expect(event).toMatchObject({ name: acquisitionEvents.opened, payload: { dueMs: taskStartMs + 5_000 } });
        const list = (): Promise<Page<OpenRoundEntry>> =>
            acquisition.grid.ledger.evaluate(
                acquisitionCalls.listOpenRounds({ taskId: 'voltages', ...page }),
                acquisition.grid.reader,
            );
        expect((await list()).items).toMatchObject([{ ...firstRound, dueMs: taskStartMs + 5_000 }]);
        acquisition.advance(5_001);
        await acquisition.seal();
        expect((await list()).items).toEqual([]);
    });

    it('is opened once: a second opening finds it, and one in the same block is not valid', async () => {
        const call = acquisitionCalls.openRound(firstRound);
        const { ledger } = acquisition.grid;
        const both = [
            await ledger.endorse(call, acquisition.dispatcher),
            await ledger.endorse(call, acquisition.dispatcher),
        ];
        expect(ledger.commit(...both)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expectFault(acquisition.open(), 'ROUND_EXISTS');
    });

    it('is opened at a tick of the task only, by a dispatcher', async () => {
        await expectFault(acquisition.open({ ...firstRound, tickMs: taskStartMs + 1 }), 'NOT_A_TICK');
        await expectFault(acquisition.open({ ...firstRound, tickMs: taskStartMs - 60_000 }), 'NOT_A_TICK');
        await expectFault(acquisition.open(firstRound, acquisition.as('TTU-1')), 'ROLE_REQUIRED');
    });

    it('is opened from one δ before its tick until Δt after it', async () => {
        const tickMs = taskStartMs + 120_000;
        acquisition.advance(60_000 - clockToleranceMs - 1);
        await expectFault(acquisition.open({ ...firstRound, tickMs }), 'TICK_TOO_EARLY');
        acquisition.advance(1);
        await acquisition.open({ ...firstRound, tickMs });
        await expectFault(acquisition.open(), 'TICK_PASSED');
    });

    it('is open until tick + Δt and due from then on, by the later of the two times', async () => {
        await acquisition.open();
        expect(await queryRound()).toMatchObject({ state: 'open', dueMs: taskStartMs + 5_000 });
        expect(await queryRound(taskStartMs + 5_000)).toMatchObject({ state: 'open' });
        expect(await queryRound(taskStartMs + 5_001)).toMatchObject({ state: 'due' });
        // A reader whose clock stands still does not make the round younger than its own record.
        expect(await queryRound(0)).toMatchObject({ state: 'open' });
    });

    it('is opened by no event', async () => {
        const call = acquisitionCalls.triggerRound({ taskId: 'voltages', timeMs: taskStartMs });
        const fault = await expectFault(
            acquisition.grid.ledger.submit(call, acquisition.as('TTU-1')),
            'TASK_DRIVEN_OTHERWISE',
        );
        expect(fault.drive).toBe('time');
    });
});

describe('a round of an event-driven task', () => {
    const timeScaleMs = 1_000;
    const crossing: Partial<TaskInput> = {
        timeScaleMs,
        drive: { kind: 'limit-crossing', direction: 'below', limit: 9.5 },
    };
    const trigger = (timeMs: number, value?: number): ReturnType<typeof acquisitionCalls.triggerRound> =>
        acquisitionCalls.triggerRound({ taskId: 'voltages', timeMs, ...(value !== undefined && { value }) });

    it('is opened by a terminal whose value crossed the limit, at the tick before it', async () => {
        await acquisition.define(crossing);
        const call = trigger(taskStartMs + 700, 9.4);
        const { calls, event } = await acquisition.grid.ledger.submit(call, acquisition.as('TTU-1'));
        expect(calls).toEqual({ gets: 3, puts: 2, deletes: 0, ranges: 0, histories: 0 });
        expect(event).toMatchObject({
            name: acquisitionEvents.opened,
            payload: {
                tickMs: taskStartMs,
                cause: { kind: 'limit-crossing', byName: 'TTU-1', eventMs: taskStartMs + 700, value: 9.4 },
            },
        });
        await acquisition.report('TTU-2', { timeMs: taskStartMs + 800 });
    });

    it('is one, when two terminals saw the same event', async () => {
        await acquisition.define(crossing);
        const { ledger } = acquisition.grid;
        const both = [
            await ledger.endorse(trigger(taskStartMs + 10, 9), acquisition.as('TTU-1')),
            await ledger.endorse(trigger(taskStartMs + 20, 9), acquisition.as('TTU-2')),
        ];
        expect(ledger.commit(...both)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
        await expectFault(ledger.submit(trigger(taskStartMs + 20, 9), acquisition.as('TTU-2')), 'ROUND_EXISTS');
    });

    it.each([
        ['below', 9.5],
        ['below', 11],
        ['above', 9.5],
        ['above', 9],
    ] as const)('is not opened by a value that did not cross: limit 9.5 %s, value %d', async (direction, value) => {
        await acquisition.define({ ...crossing, drive: { kind: 'limit-crossing', direction, limit: 9.5 } });
        const submitted = acquisition.grid.ledger.submit(trigger(taskStartMs, value), acquisition.as('TTU-1'));
        expect(await expectFault(submitted, 'TRIGGER_NOT_MET')).toMatchObject({ value });
    });

    it('is opened by a value above its limit, by the concentrator or a terminal below it, too', async () => {
        await acquisition.define({ ...crossing, drive: { kind: 'limit-crossing', direction: 'above', limit: 11 } });
        await acquisition.grid.ledger.submit(trigger(taskStartMs, 11.1), acquisition.as('DTU-1'));
        const second = await acquisition.grid.ledger.submit(
            trigger(taskStartMs + 1_000, 11.1),
            acquisition.as('TTU-3'),
        );
        expect(second.event?.payload).toMatchObject({ cause: { byName: 'TTU-3', value: 11.1 } });
    });

    it('is opened by a protection trip, which has no value', async () => {
        await acquisition.define({ timeScaleMs, drive: { kind: 'protection-trip' } });
        const { ledger } = acquisition.grid;
        await expectFault(ledger.submit(trigger(taskStartMs, 1), acquisition.as('TTU-1')), 'TRIGGER_NOT_MET');
        await ledger.submit(trigger(taskStartMs), acquisition.as('TTU-1'));
    });

    it('is refused without the value that crossed, from the future, and when it is over', async () => {
        await acquisition.define(crossing);
        const { ledger } = acquisition.grid;
        const by = acquisition.as('TTU-1');
        await expectFault(ledger.submit(trigger(taskStartMs), by), 'TRIGGER_NOT_MET');
        await expectFault(ledger.submit(trigger(taskStartMs + clockToleranceMs + 1, 9), by), 'EVENT_FROM_FUTURE');
        await expectFault(ledger.submit(trigger(taskStartMs - 5_001, 9), by), 'TICK_PASSED');
        await expectFault(acquisition.open(), 'TASK_DRIVEN_OTHERWISE');
    });

    it('is refused from anybody but a terminal of the task in service', async () => {
        await acquisition.define(crossing);
        const { ledger, operator } = acquisition.grid;
        await acquisition.register('TTU-8');
        await expectFault(ledger.submit(trigger(taskStartMs, 9), acquisition.as('TTU-8')), 'NOT_IN_TASK');
        await expectFault(ledger.submit(trigger(taskStartMs, 9), operator), 'NOT_A_TERMINAL');
        await ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-1', reason: 'lost' }), operator);
        await expectFault(ledger.submit(trigger(taskStartMs, 9), acquisition.as('TTU-1')), 'TERMINAL_SUSPENDED');
    });
});

describe('a reading for a round', () => {
    beforeEach(async () => {
        await acquisition.define();
        await acquisition.open();
    });

    it('costs a terminal two gets and one put, under a key of the round and the terminal alone', async () => {
        const { calls, writes, reads, event } = await acquisition.report('TTU-1');
        expect(calls).toEqual({ gets: 2, puts: 1, deletes: 0, ranges: 0, histories: 0 });
        const tick = String(taskStartMs).padStart(15, '0');
        expect([...writes.keys()]).toEqual([`\0task-reading\0voltages\0${tick}\0TTU-1\0`]);
        expect([...reads.keys()]).not.toContain('\0reading\0TTU-1\0');
        expect(event).toMatchObject({
            name: acquisitionEvents.reported,
            payload: { terminalId: 'TTU-1', late: false },
        });
    });

    it.each([1, 2])('costs a concentrator three gets and one put for %d readings', async (count) => {
        const { calls, event } = await acquisition.reportBatch([ofMember('TTU-3'), ofMember('TTU-4')].slice(0, count));
        expect(calls).toEqual({ gets: 3, puts: 1, deletes: 0, ranges: 0, histories: 0 });
        expect(event).toMatchObject({ name: acquisitionEvents.batch, payload: { readings: count, late: false } });
    });

    it('is refused outside tick ± Δt, and ahead of its transaction', async () => {
        acquisition.advance(4_000);
        await acquisition.report('TTU-1', { timeMs: taskStartMs - 5_000 });
        expect(
            await expectFault(acquisition.report('TTU-1', { timeMs: taskStartMs - 5_001 }), 'READING_OFF_TICK'),
        ).toMatchObject({
            offMs: -5_001,
            toleranceMs: 5_000,
        });
        acquisition.advance(-4_000);
        const ahead = acquisition.report('TTU-1', { timeMs: taskStartMs + clockToleranceMs + 1 });
        await expectFault(ahead, 'READING_FROM_FUTURE');
    });

    it('is refused from a terminal that reports otherwise, and from a round or batch that is not its own', async () => {
        await expectFault(acquisition.report('TTU-3'), 'NOT_IN_TASK');
        await acquisition.register('TTU-8', ['DTU-1']);
        expect(
            await expectFault(acquisition.reportBatch([ofMember('TTU-3'), ofMember('TTU-8')]), 'NOT_IN_TASK'),
        ).toMatchObject({ terminalId: 'TTU-8', readingIndex: 1 });
        await expectFault(acquisition.reportBatch([ofMember('TTU-3')], firstRound, 'TTU-1'), 'NOT_THE_TERMINAL');
        await expectFault(acquisition.report('TTU-1', { tickMs: taskStartMs + 60_000 }), 'ROUND_UNKNOWN');
    });

    it('is refused in a batch whose concentrator the terminal has left, or that names a terminal twice', async () => {
        const { ledger, operator } = acquisition.grid;
        const twice = acquisition.reportBatch([ofMember('TTU-3'), ofMember('TTU-3')]);
        expect(await expectFault(twice, 'MALFORMED_INPUT')).toMatchObject({ reason: 'twice-the-same' });
        const change = registrationCalls.changeConcentrators({ terminalId: 'TTU-3', concentrators: [] });
        await ledger.submit(change, operator);
        await expectFault(acquisition.reportBatch([ofMember('TTU-3')]), 'NOT_ITS_CONCENTRATOR');
        await ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-4', reason: 'lost' }), operator);
        expect(await expectFault(acquisition.reportBatch([ofMember('TTU-4')]), 'TERMINAL_SUSPENDED')).toMatchObject({
            readingIndex: 0,
        });
    });

    it('is late after tick + Δt, which a clock that goes slow cannot hide from what the round knows', async () => {
        acquisition.advance(5_001);
        expect((await acquisition.report('TTU-1')).event?.payload).toMatchObject({ late: true });
        expect((await acquisition.reportBatch([ofMember('TTU-3')])).event?.payload).toMatchObject({ late: true });
        const call = acquisitionCalls.reportForTask({ ...firstRound, ...aValue({ timeMs: taskStartMs - 4_000 }) });
        const timeMs = taskStartMs - clockToleranceMs - 1;
        const back = acquisition.grid.ledger.submit(call, acquisition.as('TTU-2'), { timeMs });
        expect(await expectFault(back, 'TIME_WENT_BACK')).toMatchObject({
            lastMs: taskStartMs,
            nowMs: timeMs,
            toleranceMs: clockToleranceMs,
        });
        await acquisition.grid.ledger.submit(call, acquisition.as('TTU-2'), { timeMs: timeMs + 1 });
    });
});
