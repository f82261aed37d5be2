/** Why a receipt does not prove what it says. */
export type ReceiptFault =
    | { readonly code: 'GENESIS_UNUSABLE'; readonly reason: string }
    | { readonly code: 'RECEIPT_UNREADABLE'; readonly reason: string }
    | { readonly code: 'RECEIPT_NOT_CANONICAL'; readonly where: string }
    | { readonly code: 'BLOCK_ALTERED'; readonly blockNumber: number }
    | { readonly code: 'BLOCK_NOT_SIGNED'; readonly blockNumber: number; readonly reason: string }
    | { readonly code: 'VERDICT_OFF_QUESTION'; readonly reason: string }
    | { readonly code: 'VERDICT_NOT_SIGNED'; readonly reason: string }
    | { readonly code: 'TRANSACTION_NOT_IN_BLOCK'; readonly transactionId: string; readonly blockNumber: number }
    | { readonly code: 'TRANSACTION_NOT_AUTHENTIC'; readonly transactionId: string; readonly reason: string }
    | { readonly code: 'TRANSACTION_INVALID'; readonly transactionId: string; readonly validationCode: string };

/** One sentence: what is wrong, where, what to do. */
export function describeReceiptFault(fault: ReceiptFault): string {
    switch (fault.code) {
        case 'GENESIS_UNUSABLE':
            return `The file given as genesis block is none: ${fault.reason}. Give block 0 of the channel.`;
        case 'RECEIPT_UNREADABLE':
            return `The file is no receipt: ${fault.reason}. Give a file that \`npm run ledger -- prove\` wrote.`;
        case 'RECEIPT_NOT_CANONICAL':
            return `The receipt is not the canonical encoding of what it holds (${fault.where}): it was changed after it was written.`;
        case 'BLOCK_ALTERED':
            return `The transactions of block ${fault.blockNumber} are not those that its header names: the receipt was changed.`;
        case 'BLOCK_NOT_SIGNED':
            return `Block ${fault.blockNumber} is not signed as this genesis block asks: ${fault.reason}. Was the receipt changed, or is the genesis block another channel's?`;
        case 'VERDICT_OFF_QUESTION':
            return `What the peers signed does not answer for this transaction: ${fault.reason}. The receipt was put together from parts.`;
        case 'VERDICT_NOT_SIGNED':
            return `The verdict is not signed by a peer of each organisation of this genesis block: ${fault.reason}. Was the receipt changed, or is the genesis block another channel's?`;
        case 'TRANSACTION_NOT_IN_BLOCK':
            return `Block ${fault.blockNumber} does not hold the transaction ${fault.transactionId} that the verdict is about.`;
        case 'TRANSACTION_NOT_AUTHENTIC':
            return `The transaction ${fault.transactionId} is not its creator's: ${fault.reason}.`;
        case 'TRANSACTION_INVALID':
            return `The transaction ${fault.transactionId} was ordered and found invalid, with ${fault.validationCode}: it changed nothing, and proves nothing.`;
    }
}

export class ReceiptError extends Error {
    readonly fault: ReceiptFault;

    constructor(fault: ReceiptFault, options?: ErrorOptions) {
        super(describeReceiptFault(fault), options);
        this.name = ReceiptError.name;
        this.fault = fault;
    }
}
