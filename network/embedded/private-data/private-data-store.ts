import { newPrivateKeyValueSet, parsePrivateKeyValueSet, type PrivateWrites } from '../../wire/private-rwset';
import { compareVersions, type Version } from '../../wire/rwset';
import { privateHash } from '../ledger/collection-namespaces';

/** Private writes of a block as a member keeps them, by the transaction's place in it. */
export type BlockPrivateWrites = ReadonlyMap<number, readonly PrivateWrites[]>;

/** Private writes with the number of the block that makes a member forget them; Infinity for those that are kept. */
export interface ExpiringWrites extends PrivateWrites {
    readonly expiringBlock: number;
}

/** One version of a key of a collection; the key by its hash. */
export interface KeyVersion {
    readonly namespace: string;
    readonly collection: string;
    readonly keyHash: Buffer;
    readonly version: Version;
}

/** What one peer keeps of the private writes of its blocks. Fabric v2.5.16: core/ledger/pvtdatastorage/store.go. */
export class PrivateDataStore {
    readonly #blocks = new Map<number, Map<number, readonly ExpiringWrites[]>>();
    /** Collection and key, as hashes, to the newest purge of it. */
    readonly #purges = new Map<string, Version>();

    append(blockNumber: number, writes: ReadonlyMap<number, readonly ExpiringWrites[]>): void {
        for (const [txNumber, all] of writes) {
            for (const each of all) this.keep({ blockNumber, txNumber }, each);
        }
    }

    /** Keeps what a transaction wrote, without what was purged since; its block may be an old one. */
    keep(version: Version, writes: ExpiringWrites): void {
        const block = this.#blocks.get(version.blockNumber) ?? new Map<number, readonly ExpiringWrites[]>();
        this.#blocks.set(version.blockNumber, block);
        const { namespace, collection } = writes;
        const isPurged = (keyHash: Buffer): boolean => this.isPurged({ namespace, collection, keyHash, version });
        const left = this.#purges.size === 0 ? writes : without(writes, isPurged);
        block.set(version.txNumber, [...(block.get(version.txNumber) ?? []), left]);
    }

    /** What is left of a block's private writes once `newestBlock` is committed. */
    of(blockNumber: number, newestBlock: number): BlockPrivateWrites {
        const kept = new Map<number, readonly PrivateWrites[]>();
        for (const [txNumber, all] of this.#blocks.get(blockNumber) ?? []) {
            const left = all.filter(({ expiringBlock }) => newestBlock < expiringBlock);
            if (left.length > 0) kept.set(txNumber, left);
        }
        return kept;
    }

    /** Takes every former write of a key out of what is kept, and out of what is going to be. Gives the key if one had it. */
    purge(purged: KeyVersion): string | undefined {
        this.#purges.set(nameOf(purged), purged.version);
        let found: string | undefined;
        const isMeant = (keyHash: Buffer, key: string): boolean => {
            if (!keyHash.equals(purged.keyHash)) return false;
            found = key;
            return true;
        };
        for (const [blockNumber, block] of this.#blocks) {
            for (const [txNumber, all] of block) {
                if (compareVersions({ blockNumber, txNumber }, purged.version) > 0) continue;
                const cleaned = all.map((each) =>
                    each.namespace === purged.namespace && each.collection === purged.collection
                        ? without(each, isMeant)
                        : each,
                );
                block.set(txNumber, cleaned);
            }
        }
        return found;
    }

    /** Whether a key was purged by the transaction that wrote this version of it, or since. */
    isPurged(written: KeyVersion): boolean {
        const purge = this.#purges.get(nameOf(written));
        return purge !== undefined && compareVersions(written.version, purge) <= 0;
    }

    /** Lets go of what the commit of a block has made expire. */
    expire(newestBlock: number): void {
        for (const [blockNumber, block] of this.#blocks) {
            for (const [txNumber, all] of block) {
                const left = all.filter(({ expiringBlock }) => newestBlock < expiringBlock);
                if (left.length === 0) block.delete(txNumber);
                else if (left.length < all.length) block.set(txNumber, left);
            }
            if (block.size === 0) this.#blocks.delete(blockNumber);
        }
    }
}

function nameOf({ namespace, collection, keyHash }: KeyVersion): string {
    return `${namespace}/${collection}/${keyHash.toString('hex')}`;
}

function without(writes: ExpiringWrites, isGone: (keyHash: Buffer, key: string) => boolean): ExpiringWrites {
    const all = parsePrivateKeyValueSet(writes.rwset);
    const left = all.filter(({ key }) => !isGone(privateHash(key), key));
    return left.length === all.length ? writes : { ...writes, rwset: newPrivateKeyValueSet(left) };
}
