import type { FeederEntry } from '../registration/terminal-repository';
import type { BatchRecord, NewestAnswer, ReadingRecord, ReportedReading } from './measurement-api';

/** Finds a concentrator's newest batch; undefined when it never sent one. */
export type NewestBatchOf = (concentratorId: string) => BatchRecord | undefined;

/**
 * The newest reading of a terminal. A contract cannot see in which block a key was written, so between its own key and
 * those of its concentrators the later reading time decides; within one key, the ledger's order does.
 */
export function newestReading(
    terminal: Pick<FeederEntry, 'terminalId' | 'kind' | 'state' | 'concentrators'>,
    own: ReadingRecord | undefined,
    newestBatchOf: NewestBatchOf,
): NewestAnswer {
    const { terminalId, kind, state } = terminal;
    let newest = own === undefined ? null : reportedSet(own);
    const without: { readonly id: string; readonly untilMs: number | null }[] = [];
    for (const [id, untilMs] of lastTerms(terminal)) {
        const batch = newestBatchOf(id);
        const inBatch = batch === undefined ? undefined : readingsOf(batch, terminalId)[0];
        if (batch !== undefined && inBatch === undefined) {
            without.push({ id, untilMs });
        }
        if (inBatch !== undefined && (newest === null || inBatch.timeMs > newest.timeMs)) {
            newest = inBatch;
        }
    }
    const reportedMs = newest?.transactionTimeMs ?? 0;
    const notInNewestBatchOf = without
        .filter((one) => one.untilMs === null || reportedMs < one.untilMs)
        .map((one) => one.id);
    return { terminalId, kind, state, newest, notInNewestBatchOf };
}

/** Every concentrator once, with the end of its latest term; its batches lie under one key, whatever its terms. */
export function lastTerms(terminal: Pick<FeederEntry, 'concentrators'>): ReadonlyMap<string, number | null> {
    return new Map(terminal.concentrators.map((term) => [term.terminalId, term.untilMs]));
}

/** A terminal's readings in a batch, latest first; of two with the same time, the one listed later. */
export function readingsOf(batch: BatchRecord, terminalId: string): ReportedReading[] {
    const { concentratorId, transactionId, transactionTimeMs, sequence } = batch;
    return batch.readings
        .filter((reading) => reading.terminalId === terminalId)
        .reverse()
        .sort((one, other) => other.timeMs - one.timeMs)
        .map((reading) => ({
            ...reading,
            reporter: concentratorId,
            source: 'batch',
            ...(sequence !== undefined && { sequence }),
            transactionId,
            transactionTimeMs,
        }));
}

/** A terminal's own record as an answer tells it. */
export function reportedSet(record: ReadingRecord): ReportedReading {
    const { terminalId, timeMs, type, value, unit, quality, late, reporter, transactionId, transactionTimeMs } = record;
    return {
        terminalId,
        timeMs,
        type,
        value,
        unit,
        quality,
        late,
        reporter,
        source: 'set',
        ...(record.sequence !== undefined && { sequence: record.sequence }),
        transactionId,
        transactionTimeMs,
    };
}
