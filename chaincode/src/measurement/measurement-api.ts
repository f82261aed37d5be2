import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { TerminalKind, TerminalState } from '../registration/registration-api';
import type { ReadingInput, ReadingType } from './reading-api';
import { tableOf, type ReadingTable } from './reading-table-api';

export {
    qualities,
    readingTypes,
    readingUnits,
    type Quality,
    type ReadingInput,
    type ReadingType,
} from './reading-api';
export type { ReadingQuantity, ReadingSource } from './reading-table-api';

export interface ReadingBatchInput {
    readonly concentratorId: string;
    readonly readings: readonly ReadingInput[];
}

/** A batch as calls carry it; the contract takes a ReadingBatchInput too. */
export interface ReadingBatchTable extends ReadingTable {
    readonly concentratorId: string;
}

export function inTable({ concentratorId, readings }: ReadingBatchInput): ReadingBatchTable {
    return { concentratorId, ...tableOf(readings) };
}

/** A reading as the ledger holds it. Late: its time lies further back than the terminal's clock tolerance. */
export interface JudgedReading extends ReadingInput {
    readonly late: boolean;
}

/** The record under a terminal's own key, and the payload of the event of a `Set`. */
export interface ReadingRecord extends JudgedReading {
    readonly schemaVersion: 1;
    /** Id of the terminal whose certificate signed: the terminal itself or its concentrator. */
    readonly reporter: string;
    /** Of a signed reading: its number, under which the signature lies. */
    readonly sequence?: number;
    readonly transactionId: string;
    /** The proposal's timestamp: the client's claim. */
    readonly transactionTimeMs: number;
}

/** Whose batch, and when it was written. */
export interface BatchHead {
    readonly concentratorId: string;
    /** Of a batch that its concentrator signed: its number. */
    readonly sequence?: number;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** What lies under a concentrator's key, as it is read: many readings, one put. */
export interface BatchRecord extends BatchHead {
    readonly readings: readonly JudgedReading[];
}

/** A reading in an answer, with who wrote it, when and in which transaction. */
export interface ReportedReading extends JudgedReading {
    readonly reporter: string;
    /** 'set': under the terminal's own key; 'batch': in a concentrator's record. */
    readonly source: 'set' | 'batch';
    /** Of a reading that came signed, alone or in a batch: the signer's number of it. */
    readonly sequence?: number;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** The newest reading of a terminal. */
export interface NewestAnswer {
    readonly terminalId: string;
    readonly kind: TerminalKind;
    readonly state: TerminalState;
    /**
     * Between its own newest and the newest batches of its concentrators, the one with the later reading time (of two
     * with the same, its own); null when nothing is known.
     */
    readonly newest: ReportedReading | null;
    /**
     * Concentrators whose newest batch did not hold the terminal: an earlier batch of theirs may hold a later reading
     * than `newest`; the history tells.
     */
    readonly notInNewestBatchOf: readonly string[];
}

export interface HistoryFilter extends PageRequest {
    readonly terminalId: string;
}
export interface FeederFilter extends PageRequest {
    readonly feeder: string;
}

export type MeasurementFault =
    | {
          readonly code: 'NOT_ITS_CONCENTRATOR';
          readonly terminalId: string;
          readonly reporter: string;
          readonly readingIndex?: number;
      }
    | { readonly code: 'READING_TYPE_UNKNOWN'; readonly type: string; readonly readingIndex?: number }
    | {
          readonly code: 'READING_UNIT_UNKNOWN';
          readonly type: ReadingType;
          readonly unit: string;
          readonly readingIndex?: number;
      }
    | {
          readonly code: 'READING_FROM_FUTURE';
          readonly terminalId: string;
          readonly aheadMs: number;
          readonly clockToleranceMs: number;
          readonly readingIndex?: number;
      };

export const measurementLimits = {
    readingsPerBatch: 200,
    /** UTF-16 units of a type's or unit's name. */
    nameLength: 32,
} as const;

export const measurementContract = 'measurement';
export const measurementCalls = {
    /** By the terminal itself, or by a concentrator of its registration. */
    set: (reading: ReadingInput): Call => submitCallOf(measurementContract, 'Set', reading),
    /** By a concentrator, for terminals that name it: one record, one put; refused whole if one reading is. */
    setBatch: (batch: ReadingBatchInput): Call => submitCallOf(measurementContract, 'SetBatch', inTable(batch)),
    /** Answers a NewestAnswer. */
    query: (terminalId: string): Call => evaluateCallOf(measurementContract, 'Query', { terminalId }),
    /** Answers a Page<ReportedReading>, newest first. A page costs in proportion to its depth in the history. */
    queryHistory: (input: HistoryFilter): Call => evaluateCallOf(measurementContract, 'QueryHistory', input),
    /** General interrogation: answers a Page<NewestAnswer> over the terminals of a feeder that are not retired. */
    queryFeeder: (input: FeederFilter): Call => evaluateCallOf(measurementContract, 'QueryFeeder', input),
} as const;

export const measurementEvents = { set: 'measurement.set', batch: 'measurement.batch' } as const;

/** Payload of a batch's event: small, since the readings themselves are in the block already. */
export interface BatchNotice {
    readonly concentratorId: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
    readonly readings: number;
    readonly late: number;
}
export interface MeasurementEventPayloads {
    readonly 'measurement.set': ReadingRecord;
    readonly 'measurement.batch': BatchNotice;
}
