import type { RecordSchema, VersionedRecord } from '../ledger-access/state-repository';
import type { BatchHead, BatchRecord, JudgedReading } from './measurement-api';
import { readingsOfTable, tableOf, type ReadingTable } from './reading-table-api';

/** The record under a concentrator's key, in a table: what is written passes five connections before it is ordered. */
export interface StoredBatch extends BatchHead, VersionedRecord, ReadingTable {
    readonly schemaVersion: 3;
    /** Places of the sources whose readings came late. */
    readonly late: readonly number[];
}

/** Version 1 held readings with their names. */
interface NamedBatch extends BatchRecord, VersionedRecord {}

/** Version 2 held a row for each reading. */
interface BatchInRows extends BatchHead, VersionedRecord {
    readonly readings: readonly (readonly [
        terminalId: string,
        timeMs: number,
        type: JudgedReading['type'],
        unit: string,
        value: number,
        quality: JudgedReading['quality'],
        late: 0 | 1,
    ])[];
}

export const batchSchema: RecordSchema<StoredBatch> = {
    version: 3,
    upgrades: {
        1: (former) => ofNamed(former as NamedBatch),
        2: (former) => {
            const { readings, ...head } = former as BatchInRows;
            return ofNamed({
                ...head,
                readings: readings.map(([terminalId, timeMs, type, unit, value, quality, late]) => ({
                    ...{ late: late === 1, quality, terminalId, timeMs, type, unit, value },
                })),
            });
        },
    },
};

export function newStoredBatch(
    { concentratorId, sequence, transactionId, transactionTimeMs }: BatchHead,
    { quantities, readings, sources }: ReadingTable,
    late: readonly number[],
): StoredBatch {
    return {
        concentratorId,
        late,
        quantities,
        readings,
        schemaVersion: 3,
        ...(sequence !== undefined && { sequence }),
        sources,
        transactionId,
        transactionTimeMs,
    };
}

export function batchOf({
    concentratorId,
    late,
    quantities,
    readings,
    sequence,
    sources,
    transactionId,
    transactionTimeMs,
}: StoredBatch): BatchRecord {
    const tabled = readingsOfTable({ quantities, readings, sources });
    return {
        concentratorId,
        ...(sequence !== undefined && { sequence }),
        transactionId,
        transactionTimeMs,
        readings: tabled.map((reading, index) => ({ late: late.includes(readings[index]?.[0] ?? -1), ...reading })),
    };
}

function ofNamed({ readings, ...head }: BatchRecord): StoredBatch {
    const table = tableOf(readings);
    const late = table.readings.filter((_, index) => readings[index]?.late === true).map(([source]) => source);
    return newStoredBatch(head, table, [...new Set(late)]);
}
