import { evaluateCallOf, submitCallOf, type Call } from '../calls/call-api';
import {
    inTable,
    measurementContract,
    type ReadingBatchInput,
    type ReadingBatchTable,
    type ReadingInput,
    type ReadingRecord,
} from './measurement-api';

/** What makes a reading or batch the signer's own word, whoever forwards it. */
export interface TerminalSignature {
    /** The signer's own count, one for its readings and one for its batches; it never uses a number twice. */
    readonly sequence: number;
    /** ECDSA P-256 with SHA-256 over `readingBytes` or `batchBytes`: 64 bytes r‖s with the lower s, lower-case hex. */
    readonly signature: string;
}

export interface SignedReadingInput extends TerminalSignature {
    readonly reading: ReadingInput;
}
export interface SignedBatchInput extends TerminalSignature {
    readonly batch: ReadingBatchInput;
}
/** As calls carry it. */
export interface SignedBatchTable extends TerminalSignature {
    readonly batch: ReadingBatchTable;
}

/** The record under (terminal, sequence): with `readingBytes` and the registered key everybody can verify it again. */
export interface SignedReadingRecord extends ReadingRecord, TerminalSignature {
    readonly sequence: number;
    /** Common name and MSP of the certificate that sent it; nothing rests on them. */
    readonly forwardedBy: string;
    readonly forwardedByMspId: string;
}

/** The record under (concentrator, sequence). The batch itself is what the transaction put under the concentrator's key. */
export interface SignedBatchRecord extends TerminalSignature {
    readonly schemaVersion: 1;
    readonly concentratorId: string;
    readonly forwardedBy: string;
    readonly forwardedByMspId: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export interface SignedReadingName {
    readonly terminalId: string;
    readonly sequence: number;
}

export type SignedReadingFault =
    | {
          readonly code: 'REPLAYED';
          readonly terminalId: string;
          readonly sequence: number;
          /** The transaction that was accepted under this number. */
          readonly transactionId: string;
      }
    | { readonly code: 'SIGNED_READING_UNKNOWN'; readonly terminalId: string; readonly sequence: number };

export const signedReadingCalls = {
    /** By anybody of the terminal's organisation: the signature says whose reading it is. */
    setSigned: (input: SignedReadingInput): Call => submitCallOf(measurementContract, 'SetSigned', input),
    /** By anybody of the concentrator's organisation: one signature, the concentrator's, over the whole batch. */
    setSignedBatch: ({ batch, ...signed }: SignedBatchInput): Call =>
        submitCallOf(measurementContract, 'SetSignedBatch', { ...signed, batch: inTable(batch) }),
    /** Answers a SignedReadingRecord. */
    querySigned: (input: SignedReadingName): Call => evaluateCallOf(measurementContract, 'QuerySigned', input),
} as const;
