import type { ChaincodeStub } from 'fabric-shim-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { SignedBatchRecord, SignedReadingName, SignedReadingRecord } from './signed-reading-api';

const sequenceDigits = 16;

/** What was signed, under (signer, sequence): a key of its own each, so that a second copy meets the first. */
export class SignedReadingRepository {
    readonly #readings: StateRepository<SignedReadingRecord>;
    readonly #batches: StateRepository<SignedBatchRecord>;

    constructor(stub: ChaincodeStub) {
        this.#readings = new StateRepository(stub, 'signed-reading');
        this.#batches = new StateRepository(stub, 'signed-batch');
    }

    async findReading({ terminalId, sequence }: SignedReadingName): Promise<SignedReadingRecord | undefined> {
        return this.#readings.find(terminalId, digitsOf(sequence));
    }

    async putReading(record: SignedReadingRecord): Promise<void> {
        await this.#readings.put(record, record.terminalId, digitsOf(record.sequence));
    }

    async findBatch(concentratorId: string, sequence: number): Promise<SignedBatchRecord | undefined> {
        return this.#batches.find(concentratorId, digitsOf(sequence));
    }

    async putBatch(record: SignedBatchRecord): Promise<void> {
        await this.#batches.put(record, record.concentratorId, digitsOf(record.sequence));
    }
}

function digitsOf(sequence: number): string {
    return String(sequence).padStart(sequenceDigits, '0');
}
