import { join } from 'node:path';
import { z } from 'zod';

/** One line of a worker's record: what became of one transaction, or of one remote control. Times are the worker's wall clock, ms since 1970. */
export const transactionRecordSchema = z.strictObject({
    /** Caliper's index of the round, from zero. */
    round: z.int().nonnegative(),
    worker: z.int().nonnegative(),
    medium: z.string(),
    /** Left out where the connector does not tell (Caliper's own). */
    terminalId: z.string().optional(),
    /** Empty when the transaction never got one; of a remote control the one that selected. */
    transactionId: z.string(),
    createdMs: z.number(),
    endorsedMs: z.number().optional(),
    orderedMs: z.number().optional(),
    /** Remote controls: the selection was committed, the terminal's answer heard, the operation committed. */
    selectedMs: z.number().optional(),
    answeredMs: z.number().optional(),
    operatedMs: z.number().optional(),
    finishedMs: z.number(),
    status: z.enum(['ok', 'failed']),
    code: z.string().optional(),
});

export type TransactionRecord = z.infer<typeof transactionRecordSchema>;

/** What our connectors hand on beyond what Caliper asks for. */
export type ToldMore = Pick<
    TransactionRecord,
    'terminalId' | 'endorsedMs' | 'orderedMs' | 'selectedMs' | 'answeredMs' | 'operatedMs' | 'code'
> & {
    /** Of the terminal, where the worker itself is on no medium. */
    readonly medium?: string;
};

/** Keys of a TxStatus' custom data. */
export const statusKeys = {
    /** Ours: a ToldMore. */
    told: 'told',
    /** Caliper's own key: 'transaction' or 'query'. */
    requestType: 'request_type',
} as const;

/** The file of one worker's transactions, one JSON object a line. */
export function recordFile(directory: string, worker: number): string {
    return join(directory, `transactions-${worker}.jsonl`);
}

/** Written by a worker once all its gateways are open and warm. */
export function warmFile(directory: string, worker: number): string {
    return join(directory, `warm-${worker}.json`);
}
