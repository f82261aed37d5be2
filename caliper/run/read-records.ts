import { existsSync, readFileSync } from 'node:fs';
import type { TransactionRecord } from '../connector/transaction-record';
import { recordFile, transactionRecordSchema } from '../connector/transaction-record';

/** What the workers of one start of Caliper recorded, in the order of sending. A worker that wrote nothing has none. */
export function readRecords(directory: string, workers: number): TransactionRecord[] {
    return Array.from({ length: workers }, (_, worker) => recordFile(directory, worker))
        .filter((file) => existsSync(file))
        .flatMap((file) => readFileSync(file, 'utf8').split('\n'))
        .filter((line) => line !== '')
        .map((line) => transactionRecordSchema.parse(JSON.parse(line)))
        .sort((a, b) => a.createdMs - b.createdMs);
}
