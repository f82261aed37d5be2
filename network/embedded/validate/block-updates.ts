import type { NamespaceReadWriteSet, Version } from '../../wire/rwset';
import { hashedNamespace } from '../ledger/collection-namespaces';
import type { StateUpdate, StateUpdates } from '../ledger/state-store';
import type { CheckedCollection } from './check-action';

type KeyUpdates = Map<string, StateUpdate>;

/**
 * What the valid transactions of one block, so far, change: later transactions of the block are checked against it.
 * Private data appears by its hashes, in a namespace of its own for each collection.
 */
export class BlockUpdates {
    readonly #public = new Map<string, KeyUpdates>();
    /** Namespace → collection → hex of the key's hash → hash of the value. */
    readonly #hashed = new Map<string, Map<string, KeyUpdates>>();

    /** The last write of a key in this block, undefined when the block did not touch it. */
    find(namespace: string, key: string): StateUpdate | undefined {
        return this.#public.get(namespace)?.get(key);
    }

    findHashed(namespace: string, collection: string, keyHash: Buffer): StateUpdate | undefined {
        return this.#hashed.get(namespace)?.get(collection)?.get(keyHash.toString('hex'));
    }

    /** Keys of a namespace that this block wrote or deleted, in no order. */
    keysOf(namespace: string): Iterable<string> {
        return this.#public.get(namespace)?.keys() ?? [];
    }

    get publicUpdates(): ReadonlyMap<string, ReadonlyMap<string, StateUpdate>> {
        return this.#public;
    }

    get hashedUpdates(): ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, StateUpdate>>> {
        return this.#hashed;
    }

    /** Takes in the writes of a valid transaction; a write of no bytes deletes. */
    add(sets: readonly NamespaceReadWriteSet[], collections: readonly CheckedCollection[], version: Version): void {
        for (const { namespace, writes } of sets) {
            if (writes.length === 0) continue;
            const keys = innerMap(this.#public, namespace);
            for (const { key, isDelete, value } of writes) {
                keys.set(key, { value: isDelete || value.length === 0 ? undefined : (value as Buffer), version });
            }
        }
        for (const { namespace, name, hashes } of collections) {
            if (hashes.writes.length === 0) continue;
            const keys = innerMap(innerMap(this.#hashed, namespace), name);
            for (const { keyHash, isDelete, valueHash } of hashes.writes) {
                keys.set(keyHash.toString('hex'), { value: isDelete ? undefined : valueHash, version });
            }
        }
    }

    /** All of it, as the state store takes it. */
    stateUpdates(): StateUpdates {
        if (this.#hashed.size === 0) return this.#public;
        const all = new Map<string, ReadonlyMap<string, StateUpdate>>(this.#public);
        for (const [namespace, collections] of this.#hashed) {
            for (const [collection, keys] of collections) all.set(hashedNamespace(namespace, collection), keys);
        }
        return all;
    }
}

function innerMap<V>(outer: Map<string, Map<string, V>>, name: string): Map<string, V> {
    const known = outer.get(name);
    if (known !== undefined) return known;
    const created = new Map<string, V>();
    outer.set(name, created);
    return created;
}
