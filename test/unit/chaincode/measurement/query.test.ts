import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import {
    measurementCalls,
    type NewestAnswer,
    type ReadingInput,
} from '../../../../chaincode/src/measurement/measurement-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { anAccessRequest, TestGrid } from '../../../support/chaincode/test-grid';
import type { TestIdentity } from '../../../support/chaincode/test-identity';

describe('newest readings', () => {
    let grid: TestGrid;
    let concentrator: TestIdentity;
    let terminal: TestIdentity;

    beforeEach(async () => {
        grid = await TestGrid.start();
        concentrator = await grid.register('DTU-1', { concentrators: ['DTU-1'] });
        terminal = await grid.register('TTU-1', { concentrators: ['DTU-1'] });
        await grid.register('TTU-2', { concentrators: ['DTU-1'] });
    });

    async function set(given: Partial<ReadingInput>, identity = terminal): Promise<void> {
        await grid.ledger.submit(measurementCalls.set(aReading(given)), identity);
    }
    async function setBatch(...readings: Partial<ReadingInput>[]): Promise<void> {
        const batch = { concentratorId: 'DTU-1', readings: readings.map(aReading) };
        await grid.ledger.submit(measurementCalls.setBatch(batch), concentrator);
    }
    const query = (terminalId = 'TTU-1'): Promise<NewestAnswer> =>
        grid.ledger.evaluate<NewestAnswer>(measurementCalls.query(terminalId), grid.reader);
    const ago = (ms: number): number => grid.ledger.nowMs - ms;

    describe('Query', () => {
        it('answers null for a terminal that never reported, and refuses one that does not exist', async () => {
            expect(await query()).toMatchObject({
                newest: null,
                notInNewestBatchOf: [],
                kind: 'TTU',
                state: 'registered',
            });
            const unknown = grid.ledger.evaluate(measurementCalls.query('TTU-9'), grid.reader);
            await expectFault(unknown, 'TERMINAL_UNKNOWN');
        });

        it('answers what was written last under one key, though an earlier one bears a later time', async () => {
            await set({ value: 1, timeMs: ago(10) });
            await set({ value: 2, timeMs: ago(60_000) });
            expect((await query()).newest).toMatchObject({ value: 2, late: true });
        });

        it.each([
            ['the batch when its reading is later', 100, 50, 'batch'],
            ['the own reading when that is later', 50, 100, 'set'],
            ['the own reading when both have the same time', 50, 50, 'set'],
        ])('answers %s', async (_what, ownAgo, batchAgo, source) => {
            await set({ value: 1, timeMs: ago(ownAgo) });
            await setBatch({ value: 2, timeMs: ago(batchAgo) });
            expect((await query()).newest).toMatchObject({ source, reporter: source === 'set' ? 'TTU-1' : 'DTU-1' });
        });

        it('answers the latest of several readings of the terminal in one batch', async () => {
            await setBatch({ value: 1, timeMs: ago(30) }, { value: 2, timeMs: ago(10) }, { value: 3, timeMs: ago(10) });
            expect((await query()).newest).toMatchObject({ value: 3 });
        });

        it('says when the newest batch did not hold the terminal', async () => {
            await setBatch({ value: 1 });
            expect(await query()).toMatchObject({ notInNewestBatchOf: [], newest: { value: 1 } });
            await setBatch({ terminalId: 'TTU-2' });
            expect(await query()).toMatchObject({ notInNewestBatchOf: ['DTU-1'], newest: null });
        });

        it('goes on reading the batches of a former concentrator', async () => {
            await setBatch({ value: 7 });
            const change = registrationCalls.changeConcentrators({ terminalId: 'TTU-1', concentrators: [] });
            await grid.ledger.submit(change, grid.operator);
            expect((await query()).newest).toMatchObject({ value: 7, reporter: 'DTU-1' });
        });

        it('stops telling of a former concentrator once the terminal has reported since', async () => {
            await setBatch({ terminalId: 'TTU-2' });
            const change = registrationCalls.changeConcentrators({ terminalId: 'TTU-1', concentrators: [] });
            await grid.ledger.submit(change, grid.operator);
            const before = await query();
            await set({});
            expect([before.notInNewestBatchOf, (await query()).notInNewestBatchOf]).toEqual([['DTU-1'], []]);
        });

        it('refuses a record that a newer version of the chaincode wrote', async () => {
            grid.ledger.plant('\0reading\0TTU-1\0', '{"schemaVersion":2}');
            const fault = await expectFault(query(), 'RECORD_UNREADABLE');
            expect(fault).toMatchObject({ record: 'reading', schemaVersion: 2 });
            grid.ledger.plant('\0reading\0TTU-1\0', 'not JSON');
            expect(await expectFault(query(), 'RECORD_UNREADABLE')).toMatchObject({ schemaVersion: null });
        });
    });

    describe('QueryFeeder', () => {
        const feeder = (pageSize = 10, bookmark = '', name = 'F11'): Promise<Page<NewestAnswer>> =>
            grid.ledger.evaluate(measurementCalls.queryFeeder({ feeder: name, pageSize, bookmark }), grid.reader);

        it('answers the newest of each terminal, page by page', async () => {
            await set({ value: 1, timeMs: ago(50) });
            await setBatch({ terminalId: 'TTU-2', value: 2 }, { terminalId: 'DTU-1', value: 3 });
            const first = await feeder(2);
            const second = await feeder(2, first.bookmark);
            const found = [...first.items, ...second.items].map(({ terminalId, newest }) => [
                terminalId,
                newest?.value,
            ]);
            expect(found).toEqual([
                ['DTU-1', 3],
                ['TTU-1', 1],
                ['TTU-2', 2],
            ]);
            expect([first.items.length, second.bookmark]).toEqual([2, '']);
        });

        it('reads the batch of a concentrator once, however many terminals name it', async () => {
            const call = measurementCalls.queryFeeder({ feeder: 'F11', pageSize: 10, bookmark: '' });
            const { calls } = await grid.ledger.endorse(call, grid.reader);
            expect(calls).toEqual({ gets: 4, puts: 0, deletes: 0, ranges: 1, histories: 0 });
        });

        it('shows suspended terminals as such and leaves out requested and retired ones and other feeders', async () => {
            const { location } = anAccessRequest();
            await grid.request('TTU-3');
            await grid.register('TTU-4', { location: { ...location, feeder: 'F1' } });
            await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-1', reason: 'x' }), grid.operator);
            await grid.ledger.submit(registrationCalls.retire({ terminalId: 'TTU-2', reason: 'x' }), grid.operator);
            const states = (await feeder()).items.map(({ terminalId, state }) => [terminalId, state]);
            expect(states).toEqual([
                ['DTU-1', 'registered'],
                ['TTU-1', 'suspended'],
            ]);
        });

        it.each(['[]', '["TTU-1","x"]', '[1]', '[""]', '["\\u0000"]', '{}', 'TTU-1'])(
            'refuses the bookmark %s',
            async (bookmark) => {
                await expectFault(feeder(2, bookmark), 'BOOKMARK_UNKNOWN');
            },
        );
    });
});
