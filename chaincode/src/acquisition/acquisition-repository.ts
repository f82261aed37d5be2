import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { StateRepository } from '../ledger-access/state-repository';
import type {
    OpenRoundEntry,
    RoundName,
    RoundRecord,
    TaskBatchRecord,
    TaskFilter,
    TaskReadingRecord,
    TaskRecord,
} from './acquisition-api';
import type { DataBlockRecord } from './data-block-api';

/** The newest data block of a task: what the next one follows. */
export interface DataChainRecord {
    readonly schemaVersion: 1;
    readonly taskId: string;
    readonly number: number;
    readonly hash: string;
    readonly timestampMs: number;
}

/** What a round's readings lie under; a task's tick has as many digits as the latest time there is. */
const tickDigits = 15;

/**
 * Tasks, rounds, what was reported for them, and data blocks. What terminals write and what a seal reads are keys of
 * the round alone: no `Set` touches them. A task's newest data block has a key of its own, so that a seal does not
 * disturb the opening of the next round.
 */
export class AcquisitionRepository {
    readonly #tasks: StateRepository<TaskRecord>;
    readonly #rounds: StateRepository<RoundRecord>;
    readonly #openRounds: StateRepository<OpenRoundEntry>;
    readonly #readings: StateRepository<TaskReadingRecord>;
    readonly #batches: StateRepository<TaskBatchRecord>;
    readonly #blocks: StateRepository<DataBlockRecord>;
    readonly #chains: StateRepository<DataChainRecord>;

    constructor(stub: ChaincodeStub) {
        this.#tasks = new StateRepository(stub, 'task');
        this.#rounds = new StateRepository(stub, 'round');
        this.#openRounds = new StateRepository(stub, 'open-round');
        this.#readings = new StateRepository(stub, 'task-reading');
        this.#batches = new StateRepository(stub, 'task-batch');
        this.#blocks = new StateRepository(stub, 'data-block');
        this.#chains = new StateRepository(stub, 'data-chain');
    }

    async findTask(taskId: string): Promise<TaskRecord | undefined> {
        return this.#tasks.find(taskId);
    }

    async putTask(task: TaskRecord): Promise<Buffer> {
        return this.#tasks.put(task, task.taskId);
    }

    async listTasks(request: PageRequest): Promise<Page<TaskRecord>> {
        return this.#tasks.page([], request);
    }

    async findRound(name: RoundName): Promise<RoundRecord | undefined> {
        return this.#rounds.find(...roundKey(name));
    }

    /** Writes a new round and its index entry. */
    async openRound(round: RoundRecord): Promise<Buffer> {
        const { taskId, tickMs, dueMs } = round;
        await this.#openRounds.put({ schemaVersion: 1, taskId, tickMs, dueMs }, ...roundKey(round));
        return this.#rounds.put(round, ...roundKey(round));
    }

    async listOpenRounds({ taskId, ...request }: TaskFilter): Promise<Page<OpenRoundEntry>> {
        return this.#openRounds.page([taskId], request);
    }

    /** Blind: a reading that is sent again takes the place of the one before. */
    async putReading(reading: TaskReadingRecord): Promise<Buffer> {
        return this.#readings.put(reading, ...roundKey(reading), reading.terminalId);
    }

    async findReading(name: RoundName, terminalId: string): Promise<TaskReadingRecord | undefined> {
        return this.#readings.find(...roundKey(name), terminalId);
    }

    async putBatch(batch: TaskBatchRecord): Promise<void> {
        await this.#batches.put(batch, ...roundKey(batch), batch.concentratorId);
    }

    async findBatch(name: RoundName, concentratorId: string): Promise<TaskBatchRecord | undefined> {
        return this.#batches.find(...roundKey(name), concentratorId);
    }

    async findChain(taskId: string): Promise<DataChainRecord | undefined> {
        return this.#chains.find(taskId);
    }

    async findBlock(name: RoundName): Promise<DataBlockRecord | undefined> {
        return this.#blocks.find(...roundKey(name));
    }

    /** Writes the block, makes it its task's newest, and the round final. */
    async seal(round: RoundRecord, block: DataBlockRecord): Promise<void> {
        const { taskId, number, timestampMs } = block.header;
        await this.#blocks.put(block, ...roundKey(round));
        await this.#chains.put({ schemaVersion: 1, taskId, number, hash: block.hash, timestampMs }, taskId);
        await this.#rounds.put(round, ...roundKey(round));
        await this.#openRounds.remove(...roundKey(round));
    }
}

function roundKey({ taskId, tickMs }: RoundName): string[] {
    return [taskId, String(tickMs).padStart(tickDigits, '0')];
}
