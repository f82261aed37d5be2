import { beforeEach, describe, expect, it } from '@jest/globals';
import { submitCallOf, type Call } from '../../../../chaincode/src/calls/call-api';
import type { StoredBatch } from '../../../../chaincode/src/measurement/batch-rows';
import {
    measurementCalls,
    measurementContract,
    measurementEvents,
    measurementLimits,
    rowOf,
    type NewestAnswer,
    type ReadingBatchRows,
    type ReadingInput,
    type ReadingRow,
} from '../../../../chaincode/src/measurement/measurement-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid, toleranceMs } from '../../../support/chaincode/test-grid';
import { newTerminalIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

describe('SetBatch', () => {
    let grid: TestGrid;
    let concentrator: TestIdentity;

    beforeEach(async () => {
        grid = await TestGrid.start();
        concentrator = await grid.register('DTU-1', { concentrators: ['DTU-1'] });
        for (const terminalId of ['TTU-1', 'TTU-2', 'TTU-3']) {
            await grid.register(terminalId, { concentrators: ['DTU-1'] });
        }
    });

    function setBatch(readings: readonly ReadingInput[], identity = concentrator): Promise<Simulation> {
        return grid.ledger.submit(measurementCalls.setBatch({ concentratorId: 'DTU-1', readings }), identity);
    }

    function withReadings(readings: readonly unknown[]): Call {
        return submitCallOf(measurementContract, 'SetBatch', { concentratorId: 'DTU-1', readings });
    }

    function of(...terminalIds: string[]): ReadingInput[] {
        return terminalIds.map((terminalId) => aReading({ terminalId }));
    }

    it.each([1, measurementLimits.readingsPerBatch])('costs two gets and one put for %d readings', async (count) => {
        const readings = Array.from({ length: count }, (_, index) =>
            aReading({ terminalId: `TTU-${(index % 3) + 1}` }),
        );
        const { calls, writes } = await setBatch(readings);
        expect(calls).toEqual({ gets: 2, puts: 1, deletes: 0, ranges: 0, histories: 0 });
        expect([...writes.keys()]).toEqual(['\0batch\0DTU-1\0']);
    });

    it('is written in rows that name no field, and what a former version wrote by names is read alike', async () => {
        const { writes, transactionId, timeMs: transactionTimeMs } = await setBatch(of('TTU-1'));
        const { terminalId, timeMs, type, unit, value, quality } = aReading();
        const head = { concentratorId: 'DTU-1', transactionId, transactionTimeMs };
        const row = [terminalId, timeMs, type, unit, value, quality, 0];
        const key = '\0batch\0DTU-1\0';
        expect(JSON.parse(String(writes.get(key)))).toEqual({ ...head, schemaVersion: 2, readings: [row] });
        const query = measurementCalls.query('TTU-1');
        const present = await grid.ledger.evaluate<NewestAnswer>(query, grid.reader);
        const named = [{ ...aReading(), late: false }];
        grid.ledger.plant(key, JSON.stringify({ ...head, schemaVersion: 1, readings: named }));
        expect(await grid.ledger.evaluate<NewestAnswer>(query, grid.reader)).toEqual(present);
        expect(present.newest).toMatchObject({ ...aReading(), late: false, source: 'batch', transactionId });
    });

    it('is sent in rows, and taken alike with names, or with some of its readings in either form', async () => {
        const sent = of('TTU-1', 'TTU-2');
        const call = measurementCalls.setBatch({ concentratorId: 'DTU-1', readings: sent });
        const { readings: rows } = JSON.parse(call.args[0] ?? '') as ReadingBatchRows;
        expect(rows).toEqual(
            sent.map(({ terminalId, timeMs, type, unit, value, quality }) => [
                terminalId,
                timeMs,
                type,
                unit,
                value,
                quality,
            ]),
        );
        const inForms = [rows, sent, [rows[0], sent[1]]];
        const written = await Promise.all(
            inForms.map(async (readings) => {
                const { writes } = await grid.ledger.submit(withReadings(readings), concentrator);
                return (JSON.parse(String(writes.get('\0batch\0DTU-1\0'))) as StoredBatch).readings;
            }),
        );
        expect(written).toEqual(inForms.map(() => rows.map((row) => [...row, 0])));
    });

    it.each([
        ['is too short', (row: ReadingRow) => row.slice(1), 'readings[0]', 'too-few'],
        ['is too long', (row: ReadingRow) => [...row, 0], 'readings[0]', 'too-many'],
        [
            'lacks its value',
            (row: ReadingRow) => row.with(4, null as never),
            'readings[0].value',
            'not-a-finite-number',
        ],
        ['is out of order', (row: ReadingRow) => row.toReversed(), 'readings[0].quality', 'not-one-of-the-known'],
    ] as const)('is refused with the place of a row that %s', async (_, spoil, path, reason) => {
        const rows = of('TTU-1').map((reading) => spoil(rowOf(reading)));
        const fault = await expectFault(grid.ledger.submit(withReadings(rows), concentrator), 'MALFORMED_INPUT');
        expect(fault).toMatchObject({ path, reason });
    });

    it('raises one event that counts the readings and the late ones', async () => {
        const late = aReading({ terminalId: 'TTU-2', timeMs: grid.ledger.nowMs - toleranceMs - 1 });
        const { event, transactionId } = await setBatch([...of('TTU-1'), late]);
        const payload = {
            concentratorId: 'DTU-1',
            readings: 2,
            late: 1,
            transactionId,
            transactionTimeMs: grid.ledger.nowMs,
        };
        expect(event).toEqual({ name: measurementEvents.batch, payload });
    });

    it('holds readings of the concentrator itself when its registration names it', async () => {
        await setBatch(of('DTU-1', 'TTU-1'));
        const answer = await grid.ledger.evaluate<NewestAnswer>(measurementCalls.query('DTU-1'), grid.reader);
        expect(answer.newest).toMatchObject({ reporter: 'DTU-1', source: 'batch' });
    });

    it('conflicts with no other batch, of this concentrator or of another', async () => {
        const batches = await Promise.all(
            [1, 2, 3].map(() =>
                grid.ledger.endorse(
                    measurementCalls.setBatch({ concentratorId: 'DTU-1', readings: of('TTU-1') }),
                    concentrator,
                ),
            ),
        );
        expect(grid.ledger.commit(...batches)).toEqual(['VALID', 'VALID', 'VALID']);
    });

    it('is refused whole, naming the reading, when one terminal is not on the roster', async () => {
        await grid.register('TTU-4');
        const fault = await expectFault(setBatch(of('TTU-1', 'TTU-4')), 'NOT_ITS_CONCENTRATOR');
        expect(fault).toMatchObject({ terminalId: 'TTU-4', readingIndex: 1 });
        await expectFault(setBatch(of('TTU-99')), 'NOT_ITS_CONCENTRATOR');
        await expectFault(setBatch(of('constructor')), 'NOT_ITS_CONCENTRATOR');
        await expectFault(setBatch(of('__proto__')), 'NOT_ITS_CONCENTRATOR');
    });

    it('is refused when one terminal is not confirmed yet', async () => {
        await grid.request('TTU-5', { concentrators: ['DTU-1'] });
        await expectFault(setBatch(of('TTU-5')), 'NOT_ITS_CONCENTRATOR');
    });

    it('is refused while one terminal is suspended, accepted when it is resumed, refused when it is retired', async () => {
        await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-3', reason: 'lost' }), grid.operator);
        expect(await expectFault(setBatch(of('TTU-1', 'TTU-2', 'TTU-3')), 'TERMINAL_SUSPENDED')).toMatchObject({
            terminalId: 'TTU-3',
            readingIndex: 2,
        });
        await grid.ledger.submit(registrationCalls.resume({ terminalId: 'TTU-3' }), grid.operator);
        await expect(setBatch(of('TTU-3'))).resolves.toMatchObject({ status: 200 });
        await grid.ledger.submit(registrationCalls.retire({ terminalId: 'TTU-3', reason: 'lost' }), grid.operator);
        expect(await expectFault(setBatch(of('TTU-3')), 'TERMINAL_RETIRED')).toMatchObject({ readingIndex: 0 });
    });

    it('is refused for a terminal of another organisation, even if that names the concentrator', async () => {
        await grid.register('TTU-6', { concentrators: ['DTU-1'] }, 'PrimaryMSP');
        const fault = await expectFault(setBatch(of('TTU-1', 'TTU-6')), 'FOREIGN_TERMINAL');
        expect(fault).toMatchObject({ mspId: 'PrimaryMSP', callerMspId: 'DispatchMSP', readingIndex: 1 });
    });

    it('is refused once the terminal has another concentrator', async () => {
        const change = registrationCalls.changeConcentrators({ terminalId: 'TTU-1', concentrators: ['DTU-2'] });
        await grid.ledger.submit(change, grid.operator);
        await expectFault(setBatch(of('TTU-1')), 'NOT_ITS_CONCENTRATOR');
        await expect(setBatch(of('TTU-2'))).resolves.toMatchObject({ status: 200 });
    });

    it('is refused when one reading has an unknown type or unit, or comes from the future', async () => {
        const future = aReading({ terminalId: 'TTU-2', timeMs: grid.ledger.nowMs + toleranceMs + 1 });
        const ofUnknownType = { ...aReading(), type: 'x' as 'voltage' };
        expect(await expectFault(setBatch([ofUnknownType]), 'READING_TYPE_UNKNOWN')).toMatchObject({ readingIndex: 0 });
        expect(await expectFault(setBatch([aReading({ unit: 'A' })]), 'READING_UNIT_UNKNOWN')).toMatchObject({
            readingIndex: 0,
        });
        expect(await expectFault(setBatch([aReading(), future]), 'READING_FROM_FUTURE')).toMatchObject({
            readingIndex: 1,
        });
    });

    it('tells the path of a malformed reading', async () => {
        const fault = await expectFault(setBatch([aReading(), aReading({ terminalId: '' })]), 'MALFORMED_INPUT');
        expect(fault.path).toBe('readings[1].terminalId');
    });

    it('takes at least one reading and no more than its limit', async () => {
        const many = Array.from({ length: measurementLimits.readingsPerBatch + 1 }, () => aReading());
        expect(await expectFault(setBatch([]), 'MALFORMED_INPUT')).toMatchObject({
            path: 'readings',
            reason: 'too-few',
        });
        expect(await expectFault(setBatch(many), 'MALFORMED_INPUT')).toMatchObject({
            path: 'readings',
            reason: 'too-many',
        });
    });

    it('is refused from anybody but the concentrator that it names', async () => {
        const other = await grid.register('DTU-2');
        const fault = await expectFault(setBatch(of('TTU-1'), other), 'NOT_THE_TERMINAL');
        expect(fault).toMatchObject({ terminalId: 'DTU-1', callerTerminalId: 'DTU-2' });
        await expectFault(setBatch(of('TTU-1'), grid.operator), 'NOT_A_TERMINAL');
    });

    it('is refused from a concentrator with a replaced or unknown certificate, or not in service', async () => {
        await expectFault(setBatch(of('TTU-1'), await newTerminalIdentity('DTU-1')), 'CERTIFICATE_UNKNOWN');
        const renewed = await grid.renew('DTU-1');
        await expectFault(setBatch(of('TTU-1')), 'CERTIFICATE_REPLACED');
        await grid.ledger.submit(registrationCalls.retire({ terminalId: 'DTU-1', reason: 'old' }), grid.operator);
        await expectFault(setBatch(of('TTU-1'), renewed), 'TERMINAL_RETIRED');
    });
});
