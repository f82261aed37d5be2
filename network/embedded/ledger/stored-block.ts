import { blockHeaderHash, encodeBlock, type Block } from '../../wire/block';
import { encodeFilteredBlock, readFilteredTransaction } from '../../wire/filtered-block';
import type { FilteredTransaction } from '../../wire/filtered-block';
import { readBlockTransaction, type BlockTransaction } from './block-transaction';

/**
 * A committed block of one peer. Its bytes, full and filtered, are encoded when first asked for and then shared by
 * everybody who is sent the block.
 */
export class StoredBlock {
    readonly channelId: string;
    /** With this peer's metadata: transactions filter and commit hash. */
    readonly block: Block;
    /** TxValidationCode of each transaction. */
    readonly codes: readonly number[];
    readonly headerHash: Buffer;
    #transactions: readonly BlockTransaction[] | undefined;
    #bytes: Buffer | undefined;
    #filteredBytes: Buffer | undefined;

    constructor(content: {
        readonly channelId: string;
        readonly block: Block;
        readonly codes: readonly number[];
        readonly transactions?: readonly BlockTransaction[];
    }) {
        this.channelId = content.channelId;
        this.block = content.block;
        this.codes = content.codes;
        this.headerHash = blockHeaderHash(content.block.header);
        this.#transactions = content.transactions;
    }

    get number(): number {
        return this.block.header.number;
    }

    get previousHash(): Buffer {
        return this.block.header.previousHash;
    }

    /** common.Block. */
    get bytes(): Buffer {
        return (this.#bytes ??= encodeBlock(this.block));
    }

    /** protos.FilteredBlock. */
    filteredBytes(): Buffer {
        return (this.#filteredBytes ??= this.#encodeFiltered());
    }

    /** The block's entries, read. Read again at each call once the block is an old one. */
    get transactions(): readonly BlockTransaction[] {
        return this.#transactions ?? this.block.data.map(readBlockTransaction);
    }

    /** Lets go of what was read of the transactions: kept only while the block is news, for memory's sake. */
    becomeOld(): void {
        this.#transactions = undefined;
    }

    #encodeFiltered(): Buffer {
        const transactions = this.transactions.flatMap((each, index) => this.#filter(each, this.codes[index] ?? 254));
        return encodeFilteredBlock({ channelId: this.channelId, number: this.number, transactions });
    }

    /** What was not read as a transaction, say because it has two actions, may still have events. */
    #filter({ envelopeBytes, header, transaction, event }: BlockTransaction, code: number): FilteredTransaction[] {
        if (!header || !transaction) {
            const filtered = readFilteredTransaction(envelopeBytes, code);
            return filtered ? [filtered] : [];
        }
        return [{ txId: header.txId, type: header.type, code, events: event ? [event] : [] }];
    }
}
