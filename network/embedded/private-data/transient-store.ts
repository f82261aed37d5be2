import type { PrivateWrites } from '../../wire/private-rwset';
import { privateHash } from '../ledger/collection-namespaces';

interface Kept {
    /** Height of the ledger when it came. */
    readonly height: number;
    readonly writes: readonly PrivateWrites[];
}

/** Blocks after which the private data of a transaction that was never ordered go. sampleconfig/core.yaml: 1000. */
const transientBlockRetention = 1000;

/**
 * Private data of one peer between endorsement and commit, by transaction; endorsers that disagreed each left their own.
 * Fabric v2.5.16: core/transientstore/store.go.
 */
export class TransientStore {
    readonly #kept = new Map<string, Kept[]>();

    persist(txId: string, height: number, writes: readonly PrivateWrites[]): void {
        this.#kept.set(txId, [...(this.#kept.get(txId) ?? []), { height, writes }]);
    }

    /** The writes of a collection whose hash is the one that the transaction carries. */
    find(txId: string, namespace: string, collection: string, hash: Buffer): Buffer | undefined {
        return this.#kept
            .get(txId)
            ?.flatMap(({ writes }) => writes)
            .find(
                (each) =>
                    each.namespace === namespace &&
                    each.collection === collection &&
                    privateHash(each.rwset).equals(hash),
            )?.rwset;
    }

    /** Lets go of what a block has settled, and now and then of what no block has. */
    purge(txIds: Iterable<string>, blockNumber: number): void {
        for (const txId of txIds) this.#kept.delete(txId);
        if (blockNumber % transientBlockRetention !== 0) return;
        for (const [txId, kept] of this.#kept) {
            const young = kept.filter(({ height }) => height >= blockNumber - transientBlockRetention);
            if (young.length > 0) this.#kept.set(txId, young);
            else this.#kept.delete(txId);
        }
    }

    /** Transactions with private data that wait to be ordered. */
    get size(): number {
        return this.#kept.size;
    }
}
