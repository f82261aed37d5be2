import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { ContractError } from '../faults/contract-error';
import { canonicalJson } from './canonical-json';
import { ledgerKey, type KeyLayout } from './composite-keys';
import { readPage } from './pages';

/** Every record carries the version of its schema, so that an upgraded contract knows what it reads. */
export interface VersionedRecord {
    readonly schemaVersion: number;
}

/**
 * The version in which records of one type are written, and how former ones are read: `upgrades[n]` makes a record of
 * version n one of version n + 1. A record is rewritten when it is next put, and not before.
 */
export interface RecordSchema<Stored extends VersionedRecord> {
    readonly version: Stored['schemaVersion'];
    readonly upgrades: Readonly<Record<number, (former: VersionedRecord) => VersionedRecord>>;
}

const firstSchema = { version: 1, upgrades: {} } as const;

/** One value that a key had, newest first. */
export interface PastRecord<Stored> {
    readonly transactionId: string;
    readonly record: Stored;
}

/** Typed get, put, page and history of one record type. Each `find`, `put` and `remove` is one call to the peer. */
export class StateRepository<Stored extends VersionedRecord> {
    readonly #stub: ChaincodeStub;
    readonly #layout: KeyLayout;
    readonly #schema: RecordSchema<Stored>;

    /** Without a schema: records of the first version, which has no former ones. */
    constructor(stub: ChaincodeStub, layout: KeyLayout, schema: RecordSchema<Stored> = firstSchema) {
        this.#stub = stub;
        this.#layout = layout;
        this.#schema = schema;
    }

    async find(...attributes: readonly string[]): Promise<Stored | undefined> {
        const bytes = await this.#stub.getState(this.#key(attributes));
        return bytes.length === 0 ? undefined : this.#parse(bytes);
    }

    /** Writes blind: nothing is read first. Answers the bytes, so that an event can carry the same. */
    async put(record: Stored, ...attributes: readonly string[]): Promise<Buffer> {
        const bytes = Buffer.from(canonicalJson(record));
        await this.#stub.putState(this.#key(attributes), bytes);
        return bytes;
    }

    async remove(...attributes: readonly string[]): Promise<void> {
        await this.#stub.deleteState(this.#key(attributes));
    }

    /** The records whose key begins with `prefix`, in key order. Only for transactions that write nothing. */
    async page(prefix: readonly string[], request: PageRequest): Promise<Page<Stored>> {
        const page = await readPage(this.#stub, this.#layout, prefix, request);
        return { items: page.items.map((bytes) => this.#parse(bytes)), bookmark: page.bookmark };
    }

    /** What the key held, newest first. Fabric’s history call has no bookmark: the whole way must be walked. */
    async *history(...attributes: readonly string[]): AsyncGenerator<PastRecord<Stored>, void, undefined> {
        const iterator = await this.#stub.getHistoryForKey(this.#key(attributes));
        try {
            for (let step = await iterator.next(); !step.done; step = await iterator.next()) {
                if (!step.value.isDelete) {
                    yield { transactionId: step.value.txId, record: this.#parse(step.value.value) };
                }
            }
        } finally {
            await iterator.close();
        }
    }

    #key(attributes: readonly string[]): string {
        return ledgerKey(this.#stub, this.#layout, attributes);
    }

    #parse(bytes: Uint8Array): Stored {
        let stored: unknown = null;
        try {
            stored = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
        } catch {
            // Told below: not JSON is as unreadable as a version that is not known.
        }
        const { version, upgrades } = this.#schema;
        let record = isVersioned(stored) ? stored : undefined;
        while (record !== undefined && record.schemaVersion !== version) {
            const upgrade = Object.hasOwn(upgrades, record.schemaVersion) ? upgrades[record.schemaVersion] : undefined;
            record = upgrade?.(record);
        }
        if (record === undefined) {
            const schemaVersion = isVersioned(stored) ? stored.schemaVersion : null;
            throw new ContractError({ code: 'RECORD_UNREADABLE', record: this.#layout, schemaVersion });
        }
        return record as Stored;
    }
}

function isVersioned(stored: unknown): stored is VersionedRecord {
    return (
        typeof stored === 'object' &&
        stored !== null &&
        'schemaVersion' in stored &&
        typeof stored.schemaVersion === 'number'
    );
}
