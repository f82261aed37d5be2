import { validationCodes, type ValidationCode } from './validation-code';

/** Marks what repeats the transaction id of an earlier transaction of the block that is valid so far. */
export function markDuplicates(transactions: readonly { readonly txId: string; code: ValidationCode }[]): void {
    const seen = new Set<string>();
    for (const transaction of transactions) {
        if (transaction.code !== validationCodes.VALID || transaction.txId === '') continue;
        if (seen.has(transaction.txId)) transaction.code = validationCodes.DUPLICATE_TXID;
        else seen.add(transaction.txId);
    }
}
