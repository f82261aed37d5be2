import { beforeEach, describe, expect, it } from '@jest/globals';
import { submitCallOf, type Call } from '../../../../chaincode/src/calls/call-api';
import {
    inTable,
    measurementCalls,
    measurementContract,
    measurementEvents,
    measurementLimits,
    type NewestAnswer,
    type ReadingBatchTable,
    type ReadingInput,
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

    /** The batch as it is given, not as our calls write it. */
    function raw(batch: object): Call {
        return submitCallOf(measurementContract, 'SetBatch', batch);
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

    it('is written in a table that says each thing once, and what former versions wrote is read alike', async () => {
        const late = aReading({ terminalId: 'TTU-2', timeMs: grid.ledger.nowMs - toleranceMs - 1 });
        const readings = [aReading(), late, aReading({ type: 'current', unit: 'A', value: 3 })];
        const { writes, transactionId, timeMs: transactionTimeMs } = await setBatch(readings);
        const head = { concentratorId: 'DTU-1', transactionId, transactionTimeMs };
        const key = '\0batch\0DTU-1\0';
        expect(JSON.parse(String(writes.get(key)))).toEqual({
            ...head,
            schemaVersion: 3,
            sources: [
                { terminalId: 'TTU-1', timeMs: aReading().timeMs },
                { terminalId: 'TTU-2', timeMs: late.timeMs },
            ],
            quantities: [
                { type: 'voltage', unit: 'kV', quality: 'valid' },
                { type: 'current', unit: 'A', quality: 'valid' },
            ],
            late: [1],
            readings: [
                [0, 0, 10.1],
                [1, 0, 10.1],
                [0, 1, 3],
            ],
        });
        const newest = (): Promise<NewestAnswer[]> =>
            Promise.all(
                ['TTU-1', 'TTU-2'].map((id) =>
                    grid.ledger.evaluate<NewestAnswer>(measurementCalls.query(id), grid.reader),
                ),
            );
        const present = await newest();
        expect(present.map((answer) => answer.newest)).toMatchObject([
            { ...readings[2], late: false, source: 'batch', transactionId },
            { ...late, late: true },
        ]);
        const named = readings.map((reading) => ({ ...reading, late: reading === late }));
        grid.ledger.plant(key, JSON.stringify({ ...head, schemaVersion: 1, readings: named }));
        expect(await newest()).toEqual(present);
        const rows = named.map((one) => [
            ...[one.terminalId, one.timeMs, one.type, one.unit, one.value, one.quality],
            one.late ? 1 : 0,
        ]);
        grid.ledger.plant(key, JSON.stringify({ ...head, schemaVersion: 2, readings: rows }));
        expect(await newest()).toEqual(present);
    });

    it('is sent in a table, and taken alike with names', async () => {
        const batch = { concentratorId: 'DTU-1', readings: of('TTU-1', 'TTU-2', 'TTU-1') };
        const sent = measurementCalls.setBatch(batch);
        expect(JSON.parse(sent.args[0] ?? '')).toEqual(inTable(batch));
        const written = await Promise.all(
            [sent, raw(batch)].map(async (call) => {
                const { writes } = await grid.ledger.submit(call, concentrator);
                const { sources, quantities, readings } = JSON.parse(
                    String(writes.get('\0batch\0DTU-1\0')),
                ) as ReadingBatchTable;
                return { sources, quantities, readings };
            }),
        );
        expect(written[1]).toEqual(written[0]);
    });

    type Table = Omit<ReadingBatchTable, 'concentratorId'>;
    const { timeMs } = aReading();
    const current = { type: 'current', unit: 'A', quality: 'valid' };

    it.each<[string, (table: Table) => object, string, string]>([
        ['reading is too short', (t) => ({ ...t, readings: [[0, 0]] }), 'readings[0]', 'too-few'],
        ['reading is too long', (t) => ({ ...t, readings: [[0, 0, 1, 1]] }), 'readings[0]', 'too-many'],
        [
            'reading lacks its value',
            (t) => ({ ...t, readings: [[0, 0, null]] }),
            'readings[0].value',
            'not-a-finite-number',
        ],
        [
            'reading names a source that is not there',
            (t) => ({ ...t, readings: [...t.readings, [2, 0, 1]] }),
            'readings[2].source',
            'not-one-of-the-known',
        ],
        [
            'reading names half a source',
            (t) => ({ ...t, readings: [[0.5, 0, 1]] }),
            'readings[0].source',
            'not-a-whole-number',
        ],
        [
            'reading names a quantity before the one before it',
            (t) => ({
                ...t,
                quantities: [...t.quantities, current],
                readings: [
                    [0, 1, 1],
                    [1, 0, 1],
                ],
            }),
            'readings[0].quantity',
            'out-of-order',
        ],
        [
            'source is named by no reading',
            (t) => ({ ...t, sources: [...t.sources, { terminalId: 'TTU-3', timeMs }] }),
            'sources[2]',
            'not-used',
        ],
        [
            'quantity is named by no reading',
            (t) => ({ ...t, quantities: [...t.quantities, current] }),
            'quantities[1]',
            'not-used',
        ],
        [
            'source stands there twice',
            (t) => ({
                ...t,
                sources: [...t.sources, { terminalId: 'TTU-1', timeMs }],
                readings: [...t.readings, [2, 0, 1]],
            }),
            'sources[2]',
            'twice-the-same',
        ],
        [
            'source has no time',
            (t) => ({ ...t, sources: [{ terminalId: 'TTU-1' }] }),
            'sources[0].timeMs',
            'missing-field',
        ],
        [
            'quality is not known',
            (t) => ({ ...t, quantities: [{ ...current, quality: 'good' }] }),
            'quantities[0].quality',
            'not-one-of-the-known',
        ],
        ['list is left out', ({ sources, readings }) => ({ sources, readings }), 'quantities', 'missing-field'],
    ])('is refused with the place when a table’s %s', async (_, spoil, path, reason) => {
        const { concentratorId, ...table } = inTable({ concentratorId: 'DTU-1', readings: of('TTU-1', 'TTU-2') });
        const call = raw({ concentratorId, ...spoil(table) });
        expect(await expectFault(grid.ledger.submit(call, concentrator), 'MALFORMED_INPUT')).toMatchObject({
            path,
            reason,
        });
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
        const readings = [aReading(), aReading({ terminalId: '' })];
        expect((await expectFault(setBatch(readings), 'MALFORMED_INPUT')).path).toBe('sources[1].terminalId');
        const named = grid.ledger.submit(raw({ concentratorId: 'DTU-1', readings }), concentrator);
        expect((await expectFault(named, 'MALFORMED_INPUT')).path).toBe('readings[1].terminalId');
    });

    it('takes at least one reading and no more than its limit', async () => {
        const many = Array.from({ length: measurementLimits.readingsPerBatch + 1 }, () => aReading());
        expect(await expectFault(setBatch([]), 'MALFORMED_INPUT')).toMatchObject({
            path: 'quantities',
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
