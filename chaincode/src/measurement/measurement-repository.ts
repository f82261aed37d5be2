import type { ChaincodeStub } from 'fabric-shim-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { JudgedBatch } from './batch-rules';
import type { BatchHead, BatchRecord, ReadingRecord, ReportedReading } from './measurement-api';
import { readingsOf, reportedSet } from './newest-reading';
import { batchOf, batchSchema, newStoredBatch, type StoredBatch } from './stored-batch';

/** Readings under the terminals' own keys and batches under the concentrators'. */
export class MeasurementRepository {
    readonly #readings: StateRepository<ReadingRecord>;
    readonly #batches: StateRepository<StoredBatch>;

    constructor(stub: ChaincodeStub) {
        this.#readings = new StateRepository(stub, 'reading');
        this.#batches = new StateRepository(stub, 'batch', batchSchema);
    }

    /** Blind: reading the last value first would lose nearly all of a burst to MVCC conflicts. */
    async putReading(record: ReadingRecord): Promise<Buffer> {
        return this.#readings.put(record, record.terminalId);
    }

    /** Blind, as above. One put, whatever the number of readings. */
    async putBatch(head: BatchHead, { table, late }: JudgedBatch): Promise<void> {
        await this.#batches.put(newStoredBatch(head, table, late), head.concentratorId);
    }

    async findReading(terminalId: string): Promise<ReadingRecord | undefined> {
        return this.#readings.find(terminalId);
    }

    async findBatch(concentratorId: string): Promise<BatchRecord | undefined> {
        const stored = await this.#batches.find(concentratorId);
        return stored === undefined ? undefined : batchOf(stored);
    }

    /** What lay under the terminal's own key, newest first. */
    async *readingHistory(terminalId: string): AsyncGenerator<ReportedReading, void, undefined> {
        for await (const { record } of this.#readings.history(terminalId)) {
            yield reportedSet(record);
        }
    }

    /** What the concentrator's batches held of the terminal, newest batch first. */
    async *batchHistory(concentratorId: string, terminalId: string): AsyncGenerator<ReportedReading, void, undefined> {
        for await (const { record } of this.#batches.history(concentratorId)) {
            yield* readingsOf(batchOf(record), terminalId);
        }
    }
}
