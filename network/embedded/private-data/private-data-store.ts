import { newPrivateKeyValueSet, parsePrivateKeyValueSet, type PrivateWrites } from '../../wire/private-rwset';
import { privateHash } from '../ledger/collection-namespaces';

/** Private writes of a block as a member keeps them, by the transaction's place in it. */
export type BlockPrivateWrites = ReadonlyMap<number, readonly PrivateWrites[]>;

/** Private writes with the number of the block that makes a member forget them; Infinity for those that are kept. */
export interface ExpiringWrites extends PrivateWrites {
    readonly expiringBlock: number;
}

/** What one peer keeps of the private writes of its blocks. Fabric v2.5.16: core/ledger/pvtdatastorage/store.go. */
export class PrivateDataStore {
    readonly #blocks = new Map<number, Map<number, readonly ExpiringWrites[]>>();

    append(blockNumber: number, writes: ReadonlyMap<number, readonly ExpiringWrites[]>): void {
        if (writes.size > 0) this.#blocks.set(blockNumber, new Map(writes));
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

    /** Takes every former write of a key out of what is kept. */
    purge(namespace: string, collection: string, keyHash: Buffer): void {
        for (const block of this.#blocks.values()) {
            for (const [txNumber, all] of block) {
                const cleaned = all.map((each) =>
                    each.namespace === namespace && each.collection === collection ? without(keyHash, each) : each,
                );
                block.set(txNumber, cleaned);
            }
        }
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

function without(keyHash: Buffer, writes: ExpiringWrites): ExpiringWrites {
    const all = parsePrivateKeyValueSet(writes.rwset);
    const left = all.filter(({ key }) => !privateHash(key).equals(keyHash));
    return left.length === all.length ? writes : { ...writes, rwset: newPrivateKeyValueSet(left) };
}
