import type { Timestamp } from '../../wire/headers';

/** One valid write of a key. */
export interface KeyModification {
    readonly txId: string;
    /** Empty when the key was deleted. */
    readonly value: Buffer;
    /** The transaction's own timestamp, from its channel header. */
    readonly timestamp: Timestamp;
    readonly isDelete: boolean;
    readonly blockNumber: number;
}

/** Every valid public write of every key, also two of one block. ⟵ core/ledger/kvledger/history */
export class HistoryStore {
    readonly #namespaces = new Map<string, Map<string, KeyModification[]>>();

    append(namespace: string, key: string, modification: KeyModification): void {
        const keys = this.#namespaces.get(namespace) ?? new Map<string, KeyModification[]>();
        this.#namespaces.set(namespace, keys);
        const modifications = keys.get(key);
        if (modifications === undefined) keys.set(key, [modification]);
        else modifications.push(modification);
    }

    /** Newest first, only of blocks below the height. */
    of(namespace: string, key: string, height = Infinity): readonly KeyModification[] {
        const modifications = this.#namespaces.get(namespace)?.get(key) ?? [];
        return modifications.filter(({ blockNumber }) => blockNumber < height).reverse();
    }
}
