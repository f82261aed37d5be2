import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { DocumentReference } from '../input/document-api';

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

export const findingStates = ['open', 'rectified', 'closed'] as const;
export type FindingState = (typeof findingStates)[number];
export const findingActs = ['rectify', 'close', 'reopen'] as const;
export type FindingAct = (typeof findingActs)[number];

export interface FindingName {
    readonly assetId: string;
    readonly findingId: string;
}
export interface FindingInput extends FindingName {
    readonly severity: Severity;
    readonly title: string;
    /** The software or part that is vulnerable. */
    readonly component: string;
    /** By when it is to be rectified. */
    readonly dueMs: number;
    /** What it is in detail stays off-chain. */
    readonly details: DocumentReference;
}
/** What was done about it, or why it is closed or opened again. */
export interface FindingNote extends FindingName {
    readonly note: string;
}

/** The ledger record of a finding (a vulnerability), and the payload of its events. */
export interface FindingRecord extends FindingInput {
    readonly schemaVersion: 1;
    readonly ownerMspId: string;
    readonly state: FindingState;
    readonly foundMs: number;
    /** When the owner said that it was rectified; null while it has not, or again not. */
    readonly rectifiedMs: number | null;
    /** True: it was rectified after its deadline. */
    readonly late: boolean;
    readonly note: string | null;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}
/** Index entry of a finding that waits for its rectification. */
export interface DueEntry extends FindingName {
    readonly schemaVersion: 1;
    readonly ownerMspId: string;
    readonly severity: Severity;
    readonly title: string;
    readonly dueMs: number;
}

export type FindingFault =
    | (FindingName & { readonly code: 'FINDING_UNKNOWN' })
    | (FindingName & { readonly code: 'FINDING_EXISTS' })
    | (FindingName & { readonly code: 'DEADLINE_PASSED'; readonly dueMs: number; readonly nowMs: number })
    | (FindingName & {
          readonly code: 'FINDING_STATE_NOT_ALLOWED';
          readonly act: FindingAct;
          readonly state: FindingState;
      })
    | { readonly code: 'TOO_MANY_CRITICAL_FINDINGS'; readonly assetId: string; readonly limit: number };

const contract = 'supervision';
export const findingCalls = {
    /** By a supervisor, as `close` and `reopen`. */
    report: (input: FindingInput): Call => submitCallOf(contract, 'ReportFinding', input),
    /** By an operator of the asset's owner. */
    rectify: (input: FindingNote): Call => submitCallOf(contract, 'RectifyFinding', input),
    close: (input: FindingNote): Call => submitCallOf(contract, 'CloseFinding', input),
    reopen: (input: FindingNote): Call => submitCallOf(contract, 'ReopenFinding', input),
    /** Answers a FindingRecord. */
    query: (input: FindingName): Call => evaluateCallOf(contract, 'QueryFinding', input),
    /** Answers a Page<FindingRecord>. */
    list: (input: PageRequest & { readonly assetId: string }): Call => evaluateCallOf(contract, 'ListFindings', input),
    /** Answers a Page<DueEntry>: not rectified, and due before the question's time; the longest overdue first. */
    listOverdue: (input: PageRequest): Call => evaluateCallOf(contract, 'ListOverdue', input),
} as const;
