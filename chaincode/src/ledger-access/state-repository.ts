import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { ContractError } from '../faults/contract-error';
import { canonicalJson } from './canonical-json';
import { ledgerKey, type KeyLayout } from './composite-keys';
import { readPage } from './pages';

/** Every record carries the version of its schema, so that an upgraded contract knows what it reads. */
export interface VersionedRecord {
    readonly schemaVersion: 1;
}

/** One value that a key had, newest first. */
export interface PastRecord<Stored> {
    readonly transactionId: string;
    readonly record: Stored;
}

/** Typed get, put, page and history of one record type. Each `find`, `put` and `remove` is one call to the peer. */
export class StateRepository<Stored extends VersionedRecord> {
    readonly #stub: ChaincodeStub;
    readonly #layout: KeyLayout;

    constructor(stub: ChaincodeStub, layout: KeyLayout) {
        this.#stub = stub;
        this.#layout = layout;
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
        let stored: Partial<Stored> | null = null;
        try {
            stored = JSON.parse(
                Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString(),
            ) as Partial<Stored>;
        } catch {
            // Told below: not JSON is as unreadable as a version that is not known.
        }
        if (stored?.schemaVersion !== 1) {
            const schemaVersion: unknown = stored?.schemaVersion;
            throw new ContractError({
                code: 'RECORD_UNREADABLE',
                record: this.#layout,
                schemaVersion: typeof schemaVersion === 'number' ? schemaVersion : null,
            });
        }
        return stored as Stored;
    }
}
