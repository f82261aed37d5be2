import { metadataSlots, parseBlock, withMetadata } from '../../wire/block';
import type { BlockPrivateData } from '../private-data/block-private-data';
import { PrivateLedger } from '../private-data/private-ledger';
import type { BlockTransaction } from './block-transaction';
import { readBlockTransaction } from './block-transaction';
import { BlockStore } from './block-store';
import { HistoryStore, type KeyModification } from './history-store';
import { lifecycleNamespace } from './lifecycle-state';
import {
    StateStore,
    type StateSnapshot,
    type StateUpdates,
    type StateValue,
    type KeyedStateValue,
} from './state-store';
import { StoredBlock } from './stored-block';
import { TransactionIndex } from './transaction-index';

/** Everything that committing one block changes, computed before anything is changed. */
export interface BlockCommit {
    readonly block: StoredBlock;
    readonly transactions: readonly BlockTransaction[];
    /** Public values, hashes and, on a member, private values. */
    readonly updates: StateUpdates;
    readonly privateData: BlockPrivateData;
    readonly history: readonly {
        readonly namespace: string;
        readonly key: string;
        readonly modification: KeyModification;
    }[];
    readonly commitHash: Buffer;
}

export type BlockListener = (block: StoredBlock) => void;

/** One peer's ledger of one channel, in memory: blocks, state, history and the index of transactions. */
export class PeerLedger {
    readonly channelId: string;
    readonly #blocks = new BlockStore();
    readonly #state = new StateStore();
    /** What it keeps, and lacks, of private data. */
    readonly privateData = new PrivateLedger(this.#state);
    readonly #history = new HistoryStore();
    readonly #index = new TransactionIndex();
    readonly #listeners = new Set<BlockListener>();
    #commitHash: Buffer = Buffer.alloc(0);
    #lifecycleHeight = 0;

    /** Starts with the genesis block, whose one transaction is valid. Throws WIRE_MALFORMED. */
    constructor({ channelId, genesisBlock }: { readonly channelId: string; readonly genesisBlock: Buffer }) {
        this.channelId = channelId;
        const genesis = parseBlock(genesisBlock);
        const codes = genesis.data.map(() => 0);
        const block = withMetadata(genesis, metadataSlots.transactionsFilter, Buffer.from(codes));
        this.#blocks.append(new StoredBlock({ channelId, block, codes }));
        this.#indexTransactions(0, genesis.data.map(readBlockTransaction), codes);
    }

    /** Number of blocks. */
    get height(): number {
        return this.#blocks.height;
    }

    /** The hash over all state changes so far; empty after the genesis block. */
    get commitHash(): Buffer {
        return this.#commitHash;
    }

    /** The height since which no definition of a chaincode has changed, and no organisation's approval. */
    get lifecycleHeight(): number {
        return this.#lifecycleHeight;
    }

    /** The state and history as of the current height, while later blocks commit. Call release() when done. */
    openSnapshot(): StateSnapshot {
        return this.#state.openSnapshot(this.height);
    }

    /** The newest value of a key, for validation; simulations use a snapshot. */
    committedValue(namespace: string, key: string): StateValue | undefined {
        return this.#state.get(namespace, key);
    }

    /** The newest values of a range, for validation; must be used up before the next commit. */
    committedRange(namespace: string, startKey: string, endKey: string): IterableIterator<KeyedStateValue> {
        return this.#state.range(namespace, startKey, endKey);
    }

    /** Valid public writes of a key, newest first; of blocks below `height` when one is given. */
    historyOf(namespace: string, key: string, height?: number): readonly KeyModification[] {
        return this.#history.of(namespace, key, height);
    }

    blockByNumber(number: number): StoredBlock | undefined {
        return this.#blocks.byNumber(number);
    }

    blockByHash(hash: Uint8Array): StoredBlock | undefined {
        return this.#blocks.byHash(hash);
    }

    blockByTransaction(txId: string): StoredBlock | undefined {
        const place = this.#index.find(txId);
        return place && this.#blocks.byNumber(place.blockNumber);
    }

    hasTransaction(txId: string): boolean {
        return this.#index.has(txId);
    }

    /** The first occurrence of a transaction id, whatever its code. */
    transaction(txId: string):
        | {
              readonly envelopeBytes: Buffer;
              readonly code: number;
              readonly blockNumber: number;
              readonly index: number;
          }
        | undefined {
        const place = this.#index.find(txId);
        const envelopeBytes = place && this.#blocks.byNumber(place.blockNumber)?.block.data[place.index];
        return place && envelopeBytes && { envelopeBytes, ...place };
    }

    /** common.BlockchainInfo. */
    chainInfo(): { readonly height: number; readonly currentBlockHash: Buffer; readonly previousBlockHash: Buffer } {
        const newest = this.#blocks.newest();
        return {
            height: this.height,
            currentBlockHash: newest?.headerHash ?? Buffer.alloc(0),
            previousBlockHash: newest?.previousHash ?? Buffer.alloc(0),
        };
    }

    /** Calls the listener after each commit, in order. Gives the function that ends it. */
    onBlock(listener: BlockListener): () => void {
        this.#listeners.add(listener);
        return () => {
            this.#listeners.delete(listener);
        };
    }

    /** Makes this peer's state differ from the others': for tests only. */
    corrupt(namespace: string, key: string, value: Uint8Array): void {
        this.#state.corrupt(namespace, key, Buffer.from(value));
    }

    /** Takes in a block that was checked and validated, and tells the listeners. Called by commit/ only. */
    append(commit: BlockCommit): void {
        const { block, transactions } = commit;
        this.#blocks.append(block);
        this.#state.apply(commit.updates, block.number);
        this.#noteLifecycle(commit.updates);
        this.privateData.append(block.number, commit.privateData);
        for (const { namespace, key, modification } of commit.history) {
            this.#history.append(namespace, key, modification);
        }
        this.#indexTransactions(block.number, transactions, block.codes);
        this.#commitHash = commit.commitHash;
        for (const listener of [...this.#listeners]) listener(block);
        block.becomeOld();
    }

    #noteLifecycle(updates: StateUpdates): void {
        for (const namespace of updates.keys()) {
            if (namespace.startsWith(lifecycleNamespace)) this.#lifecycleHeight = this.height;
        }
    }

    #indexTransactions(blockNumber: number, transactions: readonly BlockTransaction[], codes: readonly number[]): void {
        transactions.forEach(({ txId }, index) => {
            this.#index.add(txId, { blockNumber, index, code: codes[index] ?? 254 });
        });
    }
}
