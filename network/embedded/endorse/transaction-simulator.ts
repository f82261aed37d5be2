import { newReadWriteSet } from '../../wire/rwset';
import type { KeyRead, KeyWrite, RangeRead, Version } from '../../wire/rwset';
import { EndorseError } from './endorse-errors';

/** What a simulation may see of a ledger: the state as it was when the snapshot was opened. */
export interface SimulatedState {
    get(namespace: string, key: string): { readonly value: Buffer; readonly version: Version } | undefined;
    range(
        namespace: string,
        startKey: string,
        endKey: string,
    ): Iterator<{ readonly key: string; readonly value: Buffer; readonly version: Version }>;
}

/**
 * The state as one simulated transaction sees and changes it; the read-write set comes about on the way.
 * Reads see committed state only, never the transaction's own writes; the last write of a key counts; an empty value is
 * a delete. Fabric v2.5.16: core/ledger/kvledger/txmgmt/txmgr/{tx_simulator,query_executor}.go.
 */
export class TransactionSimulator {
    readonly #txId: string;
    readonly #state: SimulatedState;
    readonly #namespaces = new Map<string, NamespaceRecord>();
    #written = false;
    #paged = false;

    constructor(txId: string, state: SimulatedState) {
        this.#txId = txId;
        this.#state = state;
    }

    /** The committed value, undefined when the key is absent. Recorded as one read, however often it is asked. */
    get(namespace: string, key: string): Buffer | undefined {
        const found = this.#state.get(namespace, key);
        const { reads } = this.#record(namespace);
        if (!reads.has(key)) {
            reads.set(key, { key, version: found?.version });
        }
        return found?.value;
    }

    put(namespace: string, key: string, value: Uint8Array): void {
        this.#checkWritable();
        this.#record(namespace).writes.set(key, { key, isDelete: value.length === 0, value });
    }

    delete(namespace: string, key: string): void {
        this.put(namespace, key, Buffer.alloc(0));
    }

    /** Walks [startKey, endKey) in UTF-8 order; '' as end is open. What it returned is recorded, read ahead or not. */
    range(namespace: string, startKey: string, endKey: string): RangeCursor {
        const cursor = new RangeCursor(this.#state.range(namespace, startKey, endKey), startKey, endKey);
        this.#record(namespace).ranges.push(cursor);
        return cursor;
    }

    /** A range of which one page is read; a transaction that pages may not write. */
    pagedRange(namespace: string, startKey: string, endKey: string): RangeCursor {
        if (this.#written) {
            throw this.#unsupported('Paginated queries are supported only in a read-only transaction');
        }
        this.#paged = true;
        return this.range(namespace, startKey, endKey);
    }

    /** Where something was read or written. */
    get namespaces(): readonly string[] {
        return [...this.#namespaces.keys()];
    }

    /** TxReadWriteSet bytes of everything read and written. */
    results(): Buffer {
        const sets = [...this.#namespaces].map(([namespace, record]) => ({
            namespace,
            reads: [...record.reads.values()],
            rangeReads: distinctRanges(record.ranges),
            writes: [...record.writes.values()],
        }));
        return newReadWriteSet(sets);
    }

    #record(namespace: string): NamespaceRecord {
        let record = this.#namespaces.get(namespace);
        if (!record) {
            record = { reads: new Map(), ranges: [], writes: new Map() };
            this.#namespaces.set(namespace, record);
        }
        return record;
    }

    #checkWritable(): void {
        if (this.#paged) {
            throw this.#unsupported('Transaction has already performed a paginated query. Writes are not allowed');
        }
        this.#written = true;
    }

    // "unsuppored" is how Fabric spells it.
    #unsupported(reason: string): EndorseError {
        const fault = {
            code: 'STATE_CALL_REFUSED',
            txId: this.#txId,
            reason: `unsuppored transaction. ${reason}`,
        } as const;
        return new EndorseError(fault);
    }
}

interface NamespaceRecord {
    readonly reads: Map<string, KeyRead>;
    readonly ranges: RangeCursor[];
    readonly writes: Map<string, KeyWrite>;
}

/**
 * A range being walked. Until it is walked to its end it counts as read up to the last key it returned, whether the
 * chaincode ever saw that key or not.
 */
export class RangeCursor {
    readonly #results: ReturnType<SimulatedState['range']>;
    readonly #startKey: string;
    readonly #endKey: string;
    readonly #reads: KeyRead[] = [];
    #exhausted = false;

    constructor(results: ReturnType<SimulatedState['range']>, startKey: string, endKey: string) {
        this.#results = results;
        this.#startKey = startKey;
        this.#endKey = endKey;
    }

    next(): { readonly key: string; readonly value: Buffer } | undefined {
        const step = this.#results.next();
        if (step.done) {
            this.#exhausted = true;
            return undefined;
        }
        this.#reads.push({ key: step.value.key, version: step.value.version });
        return step.value;
    }

    /** The key that would come next, without its being recorded as read: where a later page goes on. '' at the end. */
    peekKey(): string {
        const step = this.#results.next();
        return step.done ? '' : step.value.key;
    }

    recorded(): RangeRead {
        const endKey = this.#exhausted ? this.#endKey : (this.#reads.at(-1)?.key ?? '');
        return { startKey: this.#startKey, endKey, exhausted: this.#exhausted, reads: this.#reads };
    }
}

/** Fabric keeps the first of equal ranges (rwsetutil/rwset_builder.go, AddToRangeQuerySet). */
function distinctRanges(cursors: readonly RangeCursor[]): RangeRead[] {
    const ranges = new Map<string, RangeRead>();
    for (const cursor of cursors) {
        const range = cursor.recorded();
        const key = JSON.stringify([range.startKey, range.endKey, range.exhausted]);
        if (!ranges.has(key)) {
            ranges.set(key, range);
        }
    }
    return [...ranges.values()];
}
