import { newHashedReadWriteSet, type HashedRead, type HashedWrite } from '../../wire/hashed-rwset';
import { newPrivateKeyValueSet, type PrivateWrites } from '../../wire/private-rwset';
import { sortedBy, type HashedCollection, type KeyWrite, type Version } from '../../wire/rwset';
import { privateHash } from '../ledger/collection-namespaces';

/**
 * What one simulation reads and writes in one collection: for members as it is, for everybody by its hashes.
 * Fabric v2.5.16: core/ledger/kvledger/txmgmt/rwsetutil/rwset_builder.go, collHashRwBuilder and collPvtRwBuilder.
 */
export class PrivateRecord {
    readonly #namespace: string;
    readonly #collection: string;
    readonly #reads = new Map<string, HashedRead>();
    readonly #writes = new Map<string, { readonly plain: KeyWrite; readonly hashed: HashedWrite }>();
    #readsValues = false;

    constructor(namespace: string, collection: string) {
        this.#namespace = namespace;
        this.#collection = collection;
    }

    /** A key whose value, or only its hash, the chaincode was told; `version` is undefined when there is none. */
    read(key: string, version: Version | undefined, told: 'value' | 'hash'): void {
        this.#reads.set(key, { keyHash: privateHash(key), version });
        this.#readsValues ||= told === 'value';
    }

    /** The last write of a key counts; an empty value deletes. */
    write(key: string, value: Uint8Array, isPurge = false): void {
        const isDelete = value.length === 0;
        const valueHash = isDelete ? Buffer.alloc(0) : privateHash(value);
        this.#writes.set(key, {
            plain: { key, isDelete, value },
            hashed: { keyHash: privateHash(key), isDelete, isPurge, valueHash },
        });
    }

    get hasWrites(): boolean {
        return this.#writes.size > 0;
    }

    /** Whether endorsers must be members: the values themselves were read. */
    get readsValues(): boolean {
        return this.#readsValues;
    }

    /** What members are handed; undefined when nothing was written. */
    privateWrites(): PrivateWrites | undefined {
        if (!this.hasWrites) return undefined;
        const writes = [...this.#writes.values()].map(({ plain }) => plain);
        return { namespace: this.#namespace, collection: this.#collection, rwset: newPrivateKeyValueSet(writes) };
    }

    /** What the ordered transaction holds of it. */
    hashed(): HashedCollection {
        const reads = sortedBy([...this.#reads], ([key]) => key).map(([, read]) => read);
        const writes = sortedBy([...this.#writes], ([key]) => key).map(([, { hashed }]) => hashed);
        const written = this.privateWrites();
        return {
            name: this.#collection,
            hashedReadWriteSet: newHashedReadWriteSet({ reads, writes }),
            privateReadWriteSetHash: written ? privateHash(written.rwset) : Buffer.alloc(0),
        };
    }
}
