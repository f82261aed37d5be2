import type { ChaincodeCall } from '../../wire/discovery';
import type { PrivateWrites } from '../../wire/private-rwset';
import { newReadWriteSet, sortedBy } from '../../wire/rwset';
import type { KeyRead, KeyWrite, RangeRead, Version } from '../../wire/rwset';
import { ChaincodeError } from '../chaincode/chaincode-errors';
import { hashedNamespace, privateHash, privateNamespace } from '../ledger/collection-namespaces';
import type { Collections } from '../private-data/collections';
import { PrivateRecord } from '../private-data/private-record';
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
    readonly #collections: Pick<Collections, 'isDefined'>;
    readonly #namespaces = new Map<string, NamespaceRecord>();
    #written = false;
    #paged = false;
    #privatelyQueried = false;

    /** Without `collections` there are none. */
    constructor(txId: string, state: SimulatedState, collections: Pick<Collections, 'isDefined'> = noCollections) {
        this.#txId = txId;
        this.#state = state;
        this.#collections = collections;
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

    /** A member's value; refused where this peer lacks what the hashes tell of. */
    getPrivate(namespace: string, collection: string, key: string): Buffer | undefined {
        this.#requireCollection(namespace, collection);
        const found = this.#state.get(privateNamespace(namespace, collection), key);
        const hashed = this.#hashOf(namespace, collection, key);
        if (!isSame(found?.version, hashed?.version)) {
            throw refused(
                'private data matching public hash version is not available. ' +
                    `Public hash version = ${heightText(hashed?.version)}, ` +
                    `Private data version = ${heightText(found?.version)}`,
            );
        }
        this.#privateRecord(namespace, collection).read(key, found?.version, 'value');
        return found?.value;
    }

    /** The hash of a value, which every peer has; undefined when the key is absent. */
    getPrivateHash(namespace: string, collection: string, key: string): Buffer | undefined {
        this.#requireCollection(namespace, collection);
        const hashed = this.#hashOf(namespace, collection, key);
        this.#privateRecord(namespace, collection).read(key, hashed?.version, 'hash');
        return hashed?.value;
    }

    putPrivate(namespace: string, collection: string, key: string, value: Uint8Array): void {
        this.#requireCollection(namespace, collection);
        this.#checkWritable();
        this.#privateRecord(namespace, collection).write(key, value);
    }

    deletePrivate(namespace: string, collection: string, key: string): void {
        this.putPrivate(namespace, collection, key, Buffer.alloc(0));
    }

    /** Deletes a key and has members forget what it ever held. */
    purgePrivate(namespace: string, collection: string, key: string): void {
        this.#requireCollection(namespace, collection);
        this.#checkWritable();
        this.#privateRecord(namespace, collection).write(key, Buffer.alloc(0), true);
    }

    /** Walks a member's own values; nothing of it is recorded, so that a transaction that does it may not write. */
    privateRange(
        namespace: string,
        collection: string,
        startKey: string,
        endKey: string,
    ): ReturnType<SimulatedState['range']> {
        this.queryPrivately(namespace, collection);
        return this.#state.range(privateNamespace(namespace, collection), startKey, endKey);
    }

    /** Counts as a query of private values, which excludes writes. */
    queryPrivately(namespace: string, collection: string): void {
        if (this.#written) {
            throw this.#unsupported('Queries on pvt data is supported only in a read-only transaction');
        }
        this.#privatelyQueried = true;
        this.#requireCollection(namespace, collection);
    }

    /**
     * Whose endorsement policies the result must satisfy: a chaincode's unless nothing but collections was written, and
     * one call for each collection that was written or whose values were read.
     * Fabric v2.5.16: core/endorser/endorser.go, buildChaincodeInterest.
     */
    interest(): readonly ChaincodeCall[] {
        return [...this.#namespaces].flatMap(([name, { writes, collections }]) => {
            const touched = sortedBy([...collections], ([collection]) => collection);
            const isPublic = writes.size > 0 || !touched.some(([, { hasWrites }]) => hasWrites);
            return [
                ...(isPublic ? [{ name, collections: [] }] : []),
                ...touched
                    .filter(([, { hasWrites, readsValues }]) => hasWrites || readsValues)
                    .map(([collection, { readsValues }]) => ({
                        name,
                        collections: [collection],
                        ...(readsValues ? {} : { noPrivateReads: true }),
                    })),
            ];
        });
    }

    /** TxReadWriteSet bytes of everything read and written, private data as hashes. */
    results(): Buffer {
        const sets = [...this.#namespaces].map(([namespace, record]) => ({
            namespace,
            reads: [...record.reads.values()],
            rangeReads: distinctRanges(record.ranges),
            writes: [...record.writes.values()],
            hashedCollections: sortedBy([...record.collections], ([name]) => name).map(([, each]) => each.hashed()),
        }));
        return newReadWriteSet(sets);
    }

    /** What was written into collections, for their members. */
    privateWrites(): readonly PrivateWrites[] {
        return [...this.#namespaces.values()].flatMap(({ collections }) =>
            [...collections.values()].flatMap((each) => each.privateWrites() ?? []),
        );
    }

    #hashOf(namespace: string, collection: string, key: string): ReturnType<SimulatedState['get']> {
        return this.#state.get(hashedNamespace(namespace, collection), privateHash(key).toString('hex'));
    }

    #record(namespace: string): NamespaceRecord {
        let record = this.#namespaces.get(namespace);
        if (!record) {
            record = { reads: new Map(), ranges: [], writes: new Map(), collections: new Map() };
            this.#namespaces.set(namespace, record);
        }
        return record;
    }

    #privateRecord(namespace: string, collection: string): PrivateRecord {
        const { collections } = this.#record(namespace);
        const record = collections.get(collection) ?? new PrivateRecord(namespace, collection);
        collections.set(collection, record);
        return record;
    }

    #requireCollection(namespace: string, collection: string): void {
        if (this.#collections.isDefined(namespace, collection)) return;
        throw refused(`collection [${collection}] not defined in the collection config for chaincode [${namespace}]`);
    }

    #checkWritable(): void {
        if (this.#privatelyQueried) {
            throw this.#unsupported('Transaction has already performed queries on pvt data. Writes are not allowed');
        }
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
    readonly collections: Map<string, PrivateRecord>;
}

const noCollections: Pick<Collections, 'isDefined'> = { isDefined: () => false };

function refused(reason: string): ChaincodeError {
    return new ChaincodeError({ code: 'CHAINCODE_CALL_REFUSED', reason });
}

function isSame(one: Version | undefined, other: Version | undefined): boolean {
    return one?.blockNumber === other?.blockNumber && one?.txNumber === other?.txNumber;
}

/** Fabric v2.5.16: core/ledger/internal/version/version.go, Height.String. */
function heightText(version: Version | undefined): string {
    return version ? `{BlockNum: ${version.blockNumber}, TxNum: ${version.txNumber}}` : '<nil>';
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
