import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { Quality, ReadingType } from '../measurement/measurement-api';
import type { DataBlockHeader } from './data-block-api';

/** On which side of its limit a value opens a round. */
export const limitDirections = ['above', 'below'] as const;
export type LimitDirection = (typeof limitDirections)[number];

/**
 * What opens the rounds of a task: the clock, at `startMs` and every δ from there on, or an event that a terminal of the
 * task reports.
 */
export type TaskDrive =
    | { readonly kind: 'time'; readonly startMs: number }
    | { readonly kind: 'limit-crossing'; readonly direction: LimitDirection; readonly limit: number }
    | { readonly kind: 'protection-trip' };
export const driveKinds = ['time', 'limit-crossing', 'protection-trip'] as const satisfies readonly TaskDrive['kind'][];

/** Terminals whose readings a concentrator sends together. */
export interface TaskConcentrator {
    readonly concentratorId: string;
    readonly terminals: readonly string[];
}

/** The acquisition contract of seed 003: Δt, n (the number of terminals named), TY, δ, and what drives it. */
export interface TaskInput {
    readonly taskId: string;
    /** TY. */
    readonly type: ReadingType;
    readonly unit: string;
    /** Δt around the tick, milliseconds: a reading's own time lies within it, and the round is due after it. */
    readonly toleranceMs: number;
    /** δ: the spacing of ticks, milliseconds. Time-driven: at least Δt. Event-driven: at most Δt. */
    readonly timeScaleMs: number;
    readonly drive: TaskDrive;
    /** Terminals that report for themselves. */
    readonly terminals: readonly string[];
    readonly concentrators: readonly TaskConcentrator[];
}

export const taskStates = ['active', 'ended'] as const;
export type TaskState = (typeof taskStates)[number];

/** The ledger record of a task. */
export interface TaskRecord extends TaskInput {
    readonly schemaVersion: 1;
    /** n: how many terminals are to report. */
    readonly sensorNumber: number;
    /** The largest clock tolerance of the media by which the terminals and concentrators are reached. */
    readonly clockToleranceMs: number;
    readonly state: TaskState;
    readonly definedByMspId: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
    /** Transaction time at which it ended; null while it is active. */
    readonly endedMs: number | null;
}

/** Open until tick + Δt, due from then on; a seal makes it final. `due` is never written: queries tell it. */
export const roundStates = ['open', 'due', 'sealed'] as const;
export type RoundState = (typeof roundStates)[number];

/** What opened a round: the acquisition client at the tick, or a terminal's event with its value. */
export interface RoundCause {
    readonly kind: TaskDrive['kind'];
    /** Common name of the certificate that asked. */
    readonly byName: string;
    readonly byMspId: string;
    readonly eventMs: number | null;
    readonly value: number | null;
}

/** The ledger record of a round, with what its readings are judged by: a report need not read the task. */
export interface RoundRecord extends Pick<
    TaskRecord,
    'taskId' | 'toleranceMs' | 'clockToleranceMs' | 'terminals' | 'concentrators'
> {
    readonly schemaVersion: 1;
    readonly tickMs: number;
    /** Tick + Δt. */
    readonly dueMs: number;
    readonly state: Exclude<RoundState, 'due'>;
    readonly cause: RoundCause;
    /** The data block it was sealed into; null until then. */
    readonly blockNumber: number | null;
    readonly blockHash: string | null;
    readonly transactionId: string;
    /** Of the newest act, and never earlier than that of the act before. */
    readonly transactionTimeMs: number;
}

/** A round in an answer: its state as of the question. */
export interface RoundAnswer extends Omit<RoundRecord, 'state'> {
    readonly state: RoundState;
}

/** Index entry of a round that is not sealed. */
export interface OpenRoundEntry {
    readonly schemaVersion: 1;
    readonly taskId: string;
    readonly tickMs: number;
    readonly dueMs: number;
}

export interface RoundName {
    readonly taskId: string;
    readonly tickMs: number;
}
/** A terminal's word that the event of a task happened. */
export interface TriggerInput {
    readonly taskId: string;
    /** When, by the terminal's clock. */
    readonly timeMs: number;
    /** The value that crossed the limit; left out for a protection trip. */
    readonly value?: number;
}
/** One value for a round; type and unit are the task's. */
export interface TaskValue {
    readonly timeMs: number;
    readonly value: number;
    readonly quality: Quality;
}
export interface TaskReadingInput extends RoundName, TaskValue {}
export interface MemberValue extends TaskValue {
    readonly terminalId: string;
}
export interface TaskBatchInput extends RoundName {
    readonly concentratorId: string;
    readonly readings: readonly MemberValue[];
}

/** The record under (task, tick, terminal), and the payload of its event. */
export interface TaskReadingRecord extends TaskReadingInput {
    readonly schemaVersion: 1;
    readonly terminalId: string;
    /** True: it came after tick + Δt. */
    readonly late: boolean;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}
/** The record under (task, tick, concentrator). */
export interface TaskBatchRecord extends TaskBatchInput {
    readonly schemaVersion: 1;
    readonly late: boolean;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export interface ProofRequest extends RoundName {
    readonly terminalId: string;
}
export interface TaskFilter extends PageRequest {
    readonly taskId: string;
}

export type AcquisitionFault =
    | { readonly code: 'TASK_UNKNOWN'; readonly taskId: string }
    | { readonly code: 'TASK_EXISTS'; readonly taskId: string }
    | { readonly code: 'TASK_ENDED'; readonly taskId: string }
    | { readonly code: 'TASK_DRIVEN_OTHERWISE'; readonly taskId: string; readonly drive: TaskDrive['kind'] }
    | {
          readonly code: 'NOT_IN_TASK';
          readonly taskId: string;
          readonly terminalId: string;
          readonly readingIndex?: number;
      }
    | (RoundName & { readonly code: 'NOT_A_TICK'; readonly startMs: number; readonly timeScaleMs: number })
    | (RoundName & { readonly code: 'TICK_TOO_EARLY'; readonly aheadMs: number })
    | (RoundName & { readonly code: 'TICK_PASSED'; readonly passedMs: number })
    | { readonly code: 'EVENT_FROM_FUTURE'; readonly taskId: string; readonly aheadMs: number }
    | { readonly code: 'TRIGGER_NOT_MET'; readonly taskId: string; readonly value: number | null }
    | (RoundName & { readonly code: 'ROUND_EXISTS' })
    | (RoundName & { readonly code: 'ROUND_UNKNOWN' })
    | (RoundName & { readonly code: 'ROUND_NOT_DUE'; readonly remainingMs: number })
    | (RoundName & { readonly code: 'ROUND_SEALED' })
    | (RoundName & { readonly code: 'ROUND_NOT_SEALED' })
    | (RoundName & {
          readonly code: 'READING_OFF_TICK';
          readonly terminalId: string;
          readonly offMs: number;
          readonly toleranceMs: number;
          readonly readingIndex?: number;
      })
    | (RoundName & { readonly code: 'NOT_IN_BLOCK'; readonly terminalId: string });

export const acquisitionLimits = {
    /** n of one task: a seal reads each that reports for itself. */
    sensorNumber: 500,
    concentrators: 50,
    toleranceMs: { min: 1, max: 3_600_000 },
    timeScaleMs: { min: 1, max: 86_400_000 },
} as const;

export const acquisitionContract = 'acquisition';
export const acquisitionCalls = {
    /** By a dispatcher. */
    defineTask: (input: TaskInput): Call => submitCallOf(acquisitionContract, 'DefineTask', input),
    /** By a dispatcher: no more rounds. Those that are open can be sealed. */
    endTask: (taskId: string): Call => submitCallOf(acquisitionContract, 'EndTask', { taskId }),
    /** By a dispatcher, for a time-driven task: from one δ before the tick until Δt after it. */
    openRound: (input: RoundName): Call => submitCallOf(acquisitionContract, 'OpenRound', input),
    /** By a terminal of an event-driven task. The round's tick is the event's time, rounded down to a multiple of δ. */
    triggerRound: (input: TriggerInput): Call => submitCallOf(acquisitionContract, 'TriggerRound', input),
    /** By a terminal of the round that reports for itself. */
    reportForTask: (input: TaskReadingInput): Call => submitCallOf(acquisitionContract, 'ReportForTask', input),
    /** By a concentrator of the round. A later batch for the same round takes the place of the one before. */
    reportBatchForTask: (input: TaskBatchInput): Call => submitCallOf(acquisitionContract, 'ReportBatchForTask', input),
    /** By a dispatcher, after tick + Δt. */
    seal: (input: RoundName): Call => submitCallOf(acquisitionContract, 'Seal', input),
    /** Answers a TaskRecord. */
    queryTask: (taskId: string): Call => evaluateCallOf(acquisitionContract, 'QueryTask', { taskId }),
    /** Answers a Page<TaskRecord>. */
    listTasks: (input: PageRequest): Call => evaluateCallOf(acquisitionContract, 'ListTasks', input),
    /** Answers a RoundAnswer. */
    queryRound: (input: RoundName): Call => evaluateCallOf(acquisitionContract, 'QueryRound', input),
    /** Answers a Page<OpenRoundEntry>: rounds of a task that are not sealed, by tick. */
    listOpenRounds: (input: TaskFilter): Call => evaluateCallOf(acquisitionContract, 'ListOpenRounds', input),
    /** Answers a DataBlockRecord. */
    queryDataBlock: (input: RoundName): Call => evaluateCallOf(acquisitionContract, 'QueryDataBlock', input),
    /** Answers an InclusionProof, which `checkInclusion` checks off-chain. */
    queryProof: (input: ProofRequest): Call => evaluateCallOf(acquisitionContract, 'QueryProof', input),
} as const;

export const acquisitionEvents = {
    defined: 'acquisition.task-defined',
    ended: 'acquisition.task-ended',
    opened: 'acquisition.round-opened',
    reported: 'acquisition.reported',
    batch: 'acquisition.batch',
    sealed: 'acquisition.sealed',
} as const;

/** Payload of a batch's event: the readings themselves are in the block already. */
export interface TaskBatchNotice extends RoundName {
    readonly concentratorId: string;
    readonly readings: number;
    readonly late: boolean;
}
/** Payload of a seal's event: what the header says, and the block's hash. */
export interface SealNotice {
    readonly header: DataBlockHeader;
    readonly hash: string;
}
export interface AcquisitionEventPayloads {
    readonly 'acquisition.task-defined': TaskRecord;
    readonly 'acquisition.task-ended': TaskRecord;
    readonly 'acquisition.round-opened': RoundRecord;
    readonly 'acquisition.reported': TaskReadingRecord;
    readonly 'acquisition.batch': TaskBatchNotice;
    readonly 'acquisition.sealed': SealNotice;
}
