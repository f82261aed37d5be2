import { appendFileSync } from 'node:fs';
import type { TxStatus } from '@hyperledger/caliper-core';
import { readLoadPlan, workerPlanOf } from '../rounds/load-plan';
import type { ToldMore, TransactionRecord } from './transaction-record';
import { recordFile, statusKeys } from './transaction-record';

/**
 * A transaction observer for Caliper that keeps each transaction, whichever connector sent it: Caliper itself keeps sums
 * only. Written at the round's end, so that the disk does not disturb the round.
 */
export class TransactionRecorder {
    readonly #file: string;
    readonly #worker: number;
    readonly #medium: string;
    #round = 0;
    #lines: string[] = [];

    constructor(options: { recordsDirectory: string; worker: number; medium: string }) {
        this.#file = recordFile(options.recordsDirectory, options.worker);
        this.#worker = options.worker;
        this.#medium = options.medium;
    }

    activate(roundIndex: number): Promise<void> {
        this.#round = roundIndex;
        return Promise.resolve();
    }

    deactivate(): Promise<void> {
        if (this.#lines.length > 0) appendFileSync(this.#file, `${this.#lines.join('\n')}\n`);
        this.#lines = [];
        return Promise.resolve();
    }

    txSubmitted(): void {
        // Nothing to keep yet: a transaction is recorded when its fate is known.
    }

    txFinished(results: TxStatus | readonly TxStatus[]): void {
        for (const status of [results].flat()) this.#lines.push(JSON.stringify(this.#recordOf(status)));
    }

    #recordOf(status: TxStatus): TransactionRecord {
        const ok = status.IsCommitted();
        return {
            round: this.#round,
            worker: this.#worker,
            medium: this.#medium,
            transactionId: status.GetID() ?? '',
            createdMs: status.GetTimeCreate(),
            finishedMs: status.GetTimeFinal(),
            status: ok ? 'ok' : 'failed',
            ...(!ok && { code: 'NOT_TOLD' }),
            ...(status.Get(statusKeys.told) as ToldMore | undefined),
        };
    }
}

/** What Caliper calls, as named under `monitors.transaction` in the benchmark file. */
export function createTxObserver(
    options: { readonly loadPlan: string },
    _messenger: unknown,
    workerIndex: number,
): TransactionRecorder {
    const plan = readLoadPlan(options.loadPlan);
    // The main station's worker is on no medium, and tells that of each act's terminal.
    const isMainStation = plan.network.workers.length === 0;
    const medium = isMainStation ? 'none' : workerPlanOf(plan, options.loadPlan, workerIndex).share.medium;
    return new TransactionRecorder({ recordsDirectory: plan.recordsDirectory, worker: workerIndex, medium });
}
