import type { Version } from '../../wire/rwset';
import { EmbeddedError } from '../embedded-errors';
import { SortedKeys } from './sorted-keys';

export interface StateValue {
    readonly value: Buffer;
    readonly version: Version;
}

export interface KeyedStateValue extends StateValue {
    readonly key: string;
}

/** A write of one block: namespace → key → last value in the block; undefined deletes. */
export type StateUpdates = ReadonlyMap<string, ReadonlyMap<string, StateUpdate>>;
export interface StateUpdate {
    readonly value: Buffer | undefined;
    readonly version: Version;
}

/** The state as of one height, however many blocks are committed meanwhile. */
export interface StateSnapshot {
    readonly height: number;
    get(namespace: string, key: string): StateValue | undefined;
    /** Keys from startKey up to, not including, endKey ('' = open), ordered by their UTF-8 bytes. */
    range(namespace: string, startKey: string, endKey: string): IterableIterator<KeyedStateValue>;
    /** Must be called once the snapshot is not needed; until then old values are kept for it. */
    release(): void;
}

interface Entry {
    value: Buffer | undefined;
    readonly version: Version;
    /** What an open snapshot from before this entry still sees. */
    previous: Entry | undefined;
}

interface Namespace {
    readonly entries: Map<string, Entry>;
    readonly keys: SortedKeys;
}

/** An entry that replaced another one which some snapshot may still see. */
interface Superseded {
    readonly namespace: Namespace;
    readonly key: string;
    readonly entry: Entry;
}

/**
 * The public state of a channel on one peer, in memory. Writers never wait for readers: a new value keeps the old one
 * behind it as long as a snapshot from before the block is open.
 */
export class StateStore {
    readonly #namespaces = new Map<string, Namespace>();
    /** Height → number of open snapshots at it. */
    readonly #open = new Map<number, number>();
    readonly #superseded: Superseded[] = [];

    /** The newest value of a key. */
    get(namespace: string, key: string): StateValue | undefined {
        return visibleAt(this.#namespaces.get(namespace)?.entries.get(key), Infinity);
    }

    /** Like StateSnapshot.range, over the newest values. Must be used up before the next `apply`. */
    range(namespace: string, startKey: string, endKey: string): IterableIterator<KeyedStateValue> {
        return this.#rangeAt(Infinity, namespace, startKey, endKey);
    }

    /** A snapshot that sees the blocks below the height. */
    openSnapshot(height: number): StateSnapshot {
        this.#open.set(height, (this.#open.get(height) ?? 0) + 1);
        let released = false;
        const requireOpen = (): void => {
            if (released) throw new EmbeddedError({ code: 'SNAPSHOT_RELEASED', height });
        };
        return {
            height,
            get: (namespace, key) => {
                requireOpen();
                return visibleAt(this.#namespaces.get(namespace)?.entries.get(key), height);
            },
            range: (namespace, startKey, endKey) => {
                requireOpen();
                return this.#rangeAt(height, namespace, startKey, endKey);
            },
            release: () => {
                if (released) return;
                released = true;
                this.#close(height);
            },
        };
    }

    /** Writes the updates of block `blockNumber`. Cannot fail. */
    apply(updates: StateUpdates, blockNumber: number): void {
        const keepOld = this.#oldestOpen() <= blockNumber;
        for (const [name, keys] of updates) {
            const namespace = this.#namespace(name);
            for (const [key, update] of keys) this.#write(namespace, key, update, keepOld);
        }
    }

    /** Overwrites a value behind the ledger's back, keeping its version: for tests of diverging peers. */
    corrupt(namespace: string, key: string, value: Buffer): void {
        const store = this.#namespace(namespace);
        const entry = store.entries.get(key);
        if (entry !== undefined) entry.value = value;
        else this.#write(store, key, { value, version: { blockNumber: 0, txNumber: 0 } }, false);
    }

    #write(namespace: Namespace, key: string, { value, version }: StateUpdate, keepOld: boolean): void {
        const old = namespace.entries.get(key);
        if (value === undefined && (old === undefined || !keepOld)) {
            if (namespace.entries.delete(key)) namespace.keys.delete(key);
            return;
        }
        const entry: Entry = { value, version, previous: keepOld ? old : undefined };
        namespace.entries.set(key, entry);
        if (old === undefined) namespace.keys.add(key);
        else if (keepOld) this.#superseded.push({ namespace, key, entry });
    }

    *#rangeAt(height: number, name: string, startKey: string, endKey: string): IterableIterator<KeyedStateValue> {
        const namespace = this.#namespaces.get(name);
        if (namespace === undefined) return;
        for (const key of namespace.keys.between(startKey, endKey)) {
            const found = visibleAt(namespace.entries.get(key), height);
            if (found !== undefined) yield { key, ...found };
        }
    }

    #namespace(name: string): Namespace {
        const known = this.#namespaces.get(name);
        if (known !== undefined) return known;
        const entries = new Map<string, Entry>();
        const created = { entries, keys: new SortedKeys(() => entries.keys()) };
        this.#namespaces.set(name, created);
        return created;
    }

    #oldestOpen(): number {
        let oldest = Infinity;
        for (const height of this.#open.keys()) oldest = Math.min(oldest, height);
        return oldest;
    }

    #close(height: number): void {
        const left = (this.#open.get(height) ?? 1) - 1;
        if (left > 0) {
            this.#open.set(height, left);
            return;
        }
        this.#open.delete(height);
        this.#forgetUnseen();
    }

    /** Lets go of old values that no open snapshot can see any more. */
    #forgetUnseen(): void {
        const oldest = this.#oldestOpen();
        let done = 0;
        for (const { namespace, key, entry } of this.#superseded) {
            if (entry.version.blockNumber >= oldest) break;
            entry.previous = undefined;
            if (entry.value === undefined && namespace.entries.get(key) === entry) {
                namespace.entries.delete(key);
                namespace.keys.delete(key);
            }
            done++;
        }
        this.#superseded.splice(0, done);
    }
}

function visibleAt(newest: Entry | undefined, height: number): StateValue | undefined {
    let entry = newest;
    while (entry !== undefined && entry.version.blockNumber >= height) entry = entry.previous;
    return entry?.value === undefined ? undefined : { value: entry.value, version: entry.version };
}
