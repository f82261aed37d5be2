import { protos } from 'fabric-protos';
import { contracts } from '../../../chaincode/src';
import type { Call } from '../../../chaincode/src/calls/call-api';
import { decodeFault, type ChaincodeFault } from '../../../chaincode/src/faults/fault-api';
import { findUndescribed, type AnswerMetadata } from './described-answers';
import { newDispatcher, RealChaincodeStub, type ContractDispatcher } from './fabric-shim-parts';
import { StubCollections } from './stub-collections';
import type { TestIdentity } from './test-identity';

/** What one endorsement did. `reads` has the version that each key had, for the check at commit. */
export interface Simulation {
    readonly transactionId: string;
    readonly timeMs: number;
    readonly status: number;
    readonly message: string;
    readonly payload: string;
    readonly event: { readonly name: string; readonly payload: unknown } | undefined;
    readonly reads: ReadonlyMap<string, number>;
    readonly writes: ReadonlyMap<string, Buffer | null>;
    readonly calls: StateCalls;
}

/** State calls to the peer, by kind. */
export interface StateCalls {
    gets: number;
    puts: number;
    deletes: number;
    ranges: number;
    histories: number;
}

/** The channel that transactions on the stub ledger belong to. */
export const stubChannel = 'grid';

export type Verdict = 'VALID' | 'MVCC_READ_CONFLICT';

/** A transaction that the chaincode refused. */
export class RefusedTransaction extends Error {
    readonly fault: ChaincodeFault | undefined;
    readonly simulation: Simulation;

    constructor(simulation: Simulation) {
        super(simulation.message);
        this.fault = decodeFault(simulation.message);
        this.simulation = simulation;
    }
}

/** A call as bytes may come: any number of arguments. */
export type AnyCall = Pick<Call, 'contract' | 'transaction' | 'privately'> & {
    readonly args: readonly (string | Uint8Array)[];
};

export interface TransactionOptions {
    /** The proposal's timestamp; null leaves it out. */
    readonly timeMs?: number | null;
    /** MSP id of the peer that is asked; the caller's own when left out. */
    readonly peer?: string;
}

interface Past {
    readonly txId: string;
    readonly value: Buffer;
    readonly isDelete: boolean;
    readonly timestamp: { readonly seconds: number; readonly nanos: number };
}

const getMetadata: Call = { contract: 'org.hyperledger.fabric', transaction: 'GetMetadata', args: [], readOnly: true };
/** The same for every ledger of the process. */
let metadata: Promise<AnswerMetadata> | undefined;

/**
 * A peer in memory below the real fabric-shim: real stub, real ClientIdentity, real dispatch and serializer; state,
 * history and the version check of validation are here. As on Fabric, a transaction does not see its own writes, and
 * an empty value deletes.
 */
export class StubLedger {
    readonly #dispatcher: ContractDispatcher = newDispatcher(contracts);
    readonly #state = new Map<string, { readonly value: Buffer; readonly version: number }>();
    readonly #history = new Map<string, Past[]>();
    readonly collections = new StubCollections();
    #version = 0;
    #transactions = 0;
    /** The clock of all clients; moved by hand. */
    nowMs = Date.UTC(2026, 5, 1, 12);

    get keys(): string[] {
        return [...this.#state.keys()];
    }

    /** Puts bytes under a key past all contracts. */
    plant(key: string, value: string): void {
        this.#version += 1;
        this.#state.set(key, { value: Buffer.from(value), version: this.#version });
    }

    async endorse(call: AnyCall, identity: TestIdentity, options: TransactionOptions = {}): Promise<Simulation> {
        this.#transactions += 1;
        const transactionId = this.#transactions.toString(16).padStart(64, '0');
        const timeMs = options.timeMs === undefined ? this.nowMs : options.timeMs;
        const reads = new Map<string, number>();
        const writes = new Map<string, Buffer | null>();
        const calls: StateCalls = { gets: 0, puts: 0, deletes: 0, ranges: 0, histories: 0 };
        const args = [`${call.contract}:${call.transaction}`, ...call.args].map((arg) => Buffer.from(arg));
        const peer = options.peer ?? identity.mspId;
        const handler = this.#handler({ reads, writes, calls, creator: identity.mspId, peer });
        const stub = new RealChaincodeStub(handler, stubChannel, transactionId, {
            getArgsList_asU8: () => args,
        });
        stub['creator'] = { mspid: identity.mspId, idBytes: Buffer.from(identity.certificatePem) };
        stub['transientMap'] = new Map(
            Object.entries(call.privately?.transient ?? {}).map(([field, text]) => [field, Buffer.from(text)]),
        );
        if (timeMs !== null) {
            const seconds = Math.floor(timeMs / 1_000);
            stub['txTimestamp'] = { getSeconds: () => seconds, getNanos: () => (timeMs - seconds * 1_000) * 1_000_000 };
        }
        const response = await this.#dispatcher.Invoke(stub);
        return {
            transactionId,
            timeMs: timeMs ?? 0,
            status: response.status,
            message: response.message ?? '',
            payload: Buffer.from(response.payload ?? []).toString(),
            event: eventOf(stub),
            reads,
            writes,
            calls,
        };
    }

    /** Commits one block: a transaction that read what has changed since, in this block too, is not valid. */
    commit(...block: readonly Simulation[]): Verdict[] {
        return block.map((simulation) => {
            const stale = [...simulation.reads].some(([key, version]) => this.#versionOf(key) !== version);
            if (!stale) this.#apply(simulation);
            return stale ? 'MVCC_READ_CONFLICT' : 'VALID';
        });
    }

    /** Endorses, and commits in a block of its own. Throws RefusedTransaction when the chaincode refuses. */
    async submit(call: Call, identity: TestIdentity, options: TransactionOptions = {}): Promise<Simulation> {
        const simulation = await this.#endorseAccepted(call, identity, options);
        this.commit(simulation);
        return simulation;
    }

    async evaluate<Answer>(call: Call, identity: TestIdentity, options: TransactionOptions = {}): Promise<Answer> {
        const answer: unknown = JSON.parse((await this.#endorseAccepted(call, identity, options)).payload);
        const gaps = call.contract === getMetadata.contract ? [] : await this.#findUndescribed(call, answer, identity);
        if (gaps.length > 0) throw new Error(`the metadata does not describe ${gaps.join(', ')}`);
        return answer as Answer;
    }

    /** Holds every answer of every test to what the contracts' metadata say of it. */
    async #findUndescribed(call: Call, answer: unknown, identity: TestIdentity): Promise<string[]> {
        metadata ??= this.evaluate<AnswerMetadata>(getMetadata, identity);
        return findUndescribed(await metadata, call, answer);
    }

    async #endorseAccepted(call: Call, identity: TestIdentity, options: TransactionOptions): Promise<Simulation> {
        const simulation = await this.endorse(call, identity, options);
        if (simulation.status !== 200) {
            throw new RefusedTransaction(simulation);
        }
        return simulation;
    }

    #versionOf(key: string): number {
        return this.#state.get(key)?.version ?? 0;
    }

    #apply({ writes, transactionId, timeMs }: Simulation): void {
        this.#version += 1;
        for (const [key, value] of writes) {
            const isDelete = value === null || value.length === 0;
            if (isDelete) this.#state.delete(key);
            else this.#state.set(key, { value, version: this.#version });
            const seconds = Math.floor(timeMs / 1_000);
            const past = {
                txId: transactionId,
                value: value ?? Buffer.alloc(0),
                isDelete,
                timestamp: { seconds, nanos: (timeMs - seconds * 1_000) * 1_000_000 },
            };
            this.#history.set(key, [past, ...(this.#history.get(key) ?? [])]);
        }
    }

    /** The side of fabric-shim's handler that talks to the peer. */
    #handler(transaction: {
        readonly reads: Map<string, number>;
        readonly writes: Map<string, Buffer | null>;
        readonly calls: StateCalls;
        readonly creator: string;
        readonly peer: string;
    }): object {
        const { reads, writes, calls, creator, peer } = transaction;
        const { collections } = this;
        const read = (key: string): Buffer => {
            calls.gets += 1;
            reads.set(key, this.#versionOf(key));
            return this.#state.get(key)?.value ?? Buffer.alloc(0);
        };
        return {
            handleGetState: async (collection: string, key: string) => {
                if (collection !== '') collections.requireRight('read', collection, creator);
                const value = read(collections.keyOf(collection, key));
                if (collection !== '' && value.length > 0) collections.requireHolder(collection, peer);
                return Promise.resolve(value);
            },
            handleGetPrivateDataHash: async (collection: string, key: string) => {
                collections.requireDefined(collection);
                return Promise.resolve(collections.hashOf(read(collections.keyOf(collection, key))));
            },
            handlePutState: async (collection: string, key: string, value: Buffer) => {
                if (collection !== '') collections.requireRight('write', collection, creator);
                calls.puts += 1;
                if (collection === '') requireSchemaVersion(key, value);
                writes.set(collections.keyOf(collection, key), value);
                return Promise.resolve();
            },
            handleDeleteState: (_collection: string, key: string) => {
                calls.deletes += 1;
                writes.set(key, null);
                return Promise.resolve();
            },
            handleGetStateByRange: (...parameters: [string, string, string, string, string, Uint8Array]) => {
                calls.ranges += 1;
                return Promise.resolve(this.#page(parameters[1], parameters[2], parameters[5]));
            },
            handleGetHistoryForKey: (key: string) => {
                calls.histories += 1;
                return Promise.resolve(iteratorOver(this.#history.get(key) ?? []));
            },
        };
    }

    /** Fabric's rule with LevelDB: a bookmark replaces the start key, and is the next key that was not read. */
    #page(startKey: string, endKey: string, query: Uint8Array): object {
        const { pageSize, bookmark } = protos.QueryMetadata.decode(query);
        const start = bookmark === '' ? startKey : bookmark;
        const found = [...this.#state]
            .map(([key, { value }]) => ({ key, value }))
            .filter(({ key }) => compareUtf8(key, start) >= 0 && compareUtf8(key, endKey) < 0)
            .sort((one, other) => compareUtf8(one.key, other.key));
        const page = found.slice(0, pageSize);
        const metadata = { fetchedRecordsCount: page.length, bookmark: found[pageSize]?.key ?? '' };
        return { iterator: iteratorOver(page), metadata };
    }
}

/** Whatever a contract writes says in which version of its schema. */
function requireSchemaVersion(key: string, value: Buffer): void {
    const { schemaVersion } = JSON.parse(value.toString()) as { readonly schemaVersion?: unknown };
    if (!Number.isInteger(schemaVersion)) throw new Error(`the record under ${key} has no schema version`);
}

function compareUtf8(one: string, other: string): number {
    return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function iteratorOver(items: readonly object[]): object {
    let at = 0;
    return {
        next: () => {
            const value = items[at];
            at += 1;
            return Promise.resolve(value === undefined ? { done: true } : { value, done: false });
        },
        close: () => Promise.resolve(),
    };
}

function eventOf(stub: Record<string, unknown>): Simulation['event'] {
    const event = stub['chaincodeEvent'] as { getEventName(): string; getPayload_asU8(): Uint8Array } | undefined;
    if (event === undefined) return undefined;
    return { name: event.getEventName(), payload: JSON.parse(Buffer.from(event.getPayload_asU8()).toString()) };
}
