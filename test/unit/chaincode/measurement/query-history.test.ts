import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import {
    measurementCalls,
    type ReadingInput,
    type ReportedReading,
} from '../../../../chaincode/src/measurement/measurement-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { TestGrid } from '../../../support/chaincode/test-grid';
import type { TestIdentity } from '../../../support/chaincode/test-identity';

describe('QueryHistory', () => {
    let grid: TestGrid;
    let terminal: TestIdentity;
    let concentrators: Record<string, TestIdentity>;

    beforeEach(async () => {
        grid = await TestGrid.start();
        concentrators = { 'DTU-1': await grid.register('DTU-1'), 'DTU-2': await grid.register('DTU-2') };
        terminal = await grid.register('TTU-1', { concentrators: ['DTU-1'] });
        await grid.register('TTU-2', { concentrators: ['DTU-1', 'DTU-2'] });
    });

    /** Sends a reading of TTU-1 with this value one second after the one before. */
    async function set(value: number): Promise<void> {
        grid.ledger.nowMs += 1_000;
        await grid.ledger.submit(measurementCalls.set(aReading({ value, timeMs: grid.ledger.nowMs })), terminal);
    }
    async function batch(concentratorId: string, ...readings: Partial<ReadingInput>[]): Promise<void> {
        grid.ledger.nowMs += 1_000;
        const sent = readings.map((given) => aReading({ timeMs: grid.ledger.nowMs, ...given }));
        const call = measurementCalls.setBatch({ concentratorId, readings: sent });
        await grid.ledger.submit(call, concentrators[concentratorId] ?? terminal);
    }
    const page = (pageSize: number, bookmark = '', terminalId = 'TTU-1'): Promise<Page<ReportedReading>> =>
        grid.ledger.evaluate(measurementCalls.queryHistory({ terminalId, pageSize, bookmark }), grid.reader);
    async function allValues(pageSize: number, between?: () => Promise<void>): Promise<number[]> {
        const values: number[] = [];
        let bookmark = '';
        do {
            const answer = await page(pageSize, bookmark);
            values.push(...answer.items.map(({ value }) => value));
            ({ bookmark } = answer);
            await between?.();
        } while (bookmark !== '');
        return values;
    }
    async function changeTo(...ids: string[]): Promise<void> {
        const change = registrationCalls.changeConcentrators({ terminalId: 'TTU-1', concentrators: ids });
        await grid.ledger.submit(change, grid.operator);
    }
    /** Own readings, batches of two concentrators in turn, and batches that do not hold the terminal. */
    async function aPast(): Promise<void> {
        await set(1);
        await batch('DTU-1', { value: 2 }, { terminalId: 'TTU-2', value: -1 });
        await set(3);
        await batch('DTU-1', { terminalId: 'TTU-2', value: -2 });
        await changeTo('DTU-2');
        await batch('DTU-2', { value: 4 }, { value: 5, timeMs: grid.ledger.nowMs + 1_001 });
        await set(6);
    }

    it.each([1, 2, 3, 100])(
        'answers own readings and all concentrators’ batches newest first, %d a page',
        async (size) => {
            await aPast();
            expect(await allValues(size)).toEqual([6, 5, 4, 3, 2, 1]);
        },
    );

    it('tells of each reading who wrote it, when and in which transaction', async () => {
        await aPast();
        const { items } = await page(100);
        const told = items.map(({ reporter, source, transactionTimeMs }) => [reporter, source, transactionTimeMs]);
        const start = grid.ledger.nowMs - 6_000;
        expect(told).toEqual([
            ['TTU-1', 'set', start + 6_000],
            ['DTU-2', 'batch', start + 5_000],
            ['DTU-2', 'batch', start + 5_000],
            ['TTU-1', 'set', start + 3_000],
            ['DTU-1', 'batch', start + 2_000],
            ['TTU-1', 'set', start + 1_000],
        ]);
        expect(new Set(items.map(({ transactionId }) => transactionId)).size).toBe(5);
    });

    it('neither shifts nor repeats when readings arrive between two pages', async () => {
        await aPast();
        let next = 100;
        const between = async (): Promise<void> => {
            await set(next);
            await batch('DTU-2', { value: next + 1 });
            next += 2;
        };
        expect(await allValues(2, between)).toEqual([6, 5, 4, 3, 2, 1]);
    });

    it('keeps the ledger’s order under one key, though a late reading bears an early time', async () => {
        await set(1);
        grid.ledger.nowMs += 60_000;
        await grid.ledger.submit(
            measurementCalls.set(aReading({ value: 0, timeMs: grid.ledger.nowMs - 120_000 })),
            terminal,
        );
        await set(2);
        const { items } = await page(100);
        expect(items.map(({ value, late }) => [value, late])).toEqual([
            [2, false],
            [0, true],
            [1, false],
        ]);
    });

    it('answers an empty page for a terminal that never reported', async () => {
        expect(await page(10)).toEqual({ items: [], bookmark: '' });
        await expectFault(page(10, '', 'TTU-9'), 'TERMINAL_UNKNOWN');
    });

    it('opens one history for the terminal and one for each concentrator it ever had', async () => {
        await aPast();
        const call = measurementCalls.queryHistory({ terminalId: 'TTU-1', pageSize: 1, bookmark: '' });
        const { calls } = await grid.ledger.endorse(call, grid.reader);
        expect(calls).toEqual({ gets: 1, puts: 0, deletes: 0, ranges: 0, histories: 3 });
    });

    it.each([
        'x',
        '[]',
        '[["set",null]]',
        '[["other",["00",0]]]',
        '[["set",["00",0]]]',
        '[["set",["00"]]]',
        '[["set",[1,0]]]',
    ])('refuses the bookmark %s', async (bookmark) => {
        await aPast();
        await expectFault(page(2, bookmark), 'BOOKMARK_UNKNOWN');
    });

    it('refuses a page that is too large or too small', async () => {
        expect(await expectFault(page(101), 'MALFORMED_INPUT')).toMatchObject({
            path: 'pageSize',
            reason: 'too-large',
        });
        expect(await expectFault(page(0), 'MALFORMED_INPUT')).toMatchObject({ path: 'pageSize', reason: 'too-small' });
    });
});
