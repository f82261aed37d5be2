import type { RecordSchema, VersionedRecord } from '../ledger-access/state-repository';
import { rowOf, type BatchRecord, type JudgedReading, type ReadingRow } from './measurement-api';

/** A reading of a batch as it lies on the ledger: what is written passes five connections before it is ordered. */
type BatchRow = readonly [...reading: ReadingRow, late: 0 | 1];

/** The record under a concentrator's key. */
export interface StoredBatch extends Omit<BatchRecord, 'readings'>, VersionedRecord {
    readonly schemaVersion: 2;
    readonly readings: readonly BatchRow[];
}

/** Version 1 held readings with their names. */
export const batchSchema: RecordSchema<StoredBatch> = {
    version: 2,
    upgrades: { 1: (former) => newStoredBatch(former as VersionedRecord & BatchRecord) },
};

export function newStoredBatch({ readings, ...head }: BatchRecord): StoredBatch {
    const rows = readings.map((reading): BatchRow => [...rowOf(reading), reading.late ? 1 : 0]);
    return { ...head, schemaVersion: 2, readings: rows };
}

export function batchOf({
    concentratorId,
    sequence,
    transactionId,
    transactionTimeMs,
    readings,
}: StoredBatch): BatchRecord {
    return {
        concentratorId,
        ...(sequence !== undefined && { sequence }),
        transactionId,
        transactionTimeMs,
        readings: readings.map(readingOf),
    };
}

function readingOf([terminalId, timeMs, type, unit, value, quality, late]: BatchRow): JudgedReading {
    return { late: late === 1, quality, terminalId, timeMs, type, unit, value };
}
