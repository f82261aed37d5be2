/** Where a transaction id was first seen, and with what verdict. */
export interface TransactionPlace {
    readonly blockNumber: number;
    readonly index: number;
    /** TxValidationCode of the first occurrence, which later duplicates never overwrite. */
    readonly code: number;
}

export class TransactionIndex {
    readonly #places = new Map<string, TransactionPlace>();

    has(txId: string): boolean {
        return this.#places.has(txId);
    }

    find(txId: string): TransactionPlace | undefined {
        return this.#places.get(txId);
    }

    /** Remembers the place unless the id is empty or was seen before. */
    add(txId: string, place: TransactionPlace): void {
        if (txId !== '' && !this.#places.has(txId)) this.#places.set(txId, place);
    }
}
