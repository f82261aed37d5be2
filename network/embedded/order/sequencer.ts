import { encodeBlock, parseBlock, type Block } from '../../wire/block';
import { parseLastConfigNumber } from '../../wire/block-metadata';
import type { Clock } from '../clock';
import type { SignatureJudge, SignerRegistry } from '../signed-data';
import { admitEnvelope, orderStatus } from './admit-envelope';
import { BlockCutter, type BlockLimits } from './cut-blocks';
import { writeBlock, type BlockSigner } from './write-block';

export interface SequencerOptions {
    readonly clock: Clock;
    readonly blockCutting: BlockLimits & { readonly absoluteMaxBytes: number };
    readonly channelId: string;
    readonly genesisBlock: Buffer;
    readonly signer: BlockSigner;
    /** 24 random bytes for each block's signature header. */
    readonly newNonce: () => Buffer;
    /** /Channel/Writers. */
    readonly writers: SignatureJudge;
    readonly msp: SignerRegistry;
}

/** orderer.BroadcastResponse. */
export interface BroadcastAnswer {
    readonly status: number;
    readonly info: string;
}

export interface OrderedBlock {
    readonly number: number;
    readonly bytes: Buffer;
}

/** Puts a channel's envelopes into one order and into blocks: what the ordering service does, in one place. */
export class Sequencer {
    readonly #options: SequencerOptions;
    readonly #cutter: BlockCutter;
    readonly #blocks: OrderedBlock[] = [];
    readonly #listeners = new Set<(block: OrderedBlock) => void>();
    readonly #lastConfigNumber: number;
    #newest: Block;
    #stopped = false;

    /** Throws WIRE_MALFORMED for a genesis block that cannot be read. */
    constructor(options: SequencerOptions) {
        this.#options = options;
        this.#newest = parseBlock(options.genesisBlock);
        this.#lastConfigNumber = parseLastConfigNumber(this.#newest);
        this.#blocks.push({ number: this.#newest.header.number, bytes: options.genesisBlock });
        this.#cutter = new BlockCutter({
            clock: options.clock,
            limits: options.blockCutting,
            onBatch: (envelopes) => {
                this.#write(envelopes);
            },
        });
    }

    /** Number of blocks. */
    get height(): number {
        return this.#blocks.length;
    }

    blockByNumber(number: number): OrderedBlock | undefined {
        return this.#blocks[number];
    }

    /**
     * Accepts an envelope for ordering (status 200), or tells why not. May cut blocks before it returns. Throws
     * WIRE_MALFORMED for what is no envelope.
     */
    submit(envelopeBytes: Buffer): BroadcastAnswer {
        if (this.#stopped) return { status: orderStatus.serviceUnavailable, info: 'the orderer is stopping' };
        const { channelId, blockCutting, writers, msp, clock } = this.#options;
        const admission = admitEnvelope(envelopeBytes, {
            channelId,
            absoluteMaxBytes: blockCutting.absoluteMaxBytes,
            writers,
            msp,
            nowMs: clock.nowMs(),
        });
        if (!admission.admitted) return admission.refusal;
        this.#cutter.add(admission.message);
        return { status: orderStatus.success, info: '' };
    }

    /** Calls the listener with each new block, in order. Gives the function that ends it. */
    onBlock(listener: (block: OrderedBlock) => void): () => void {
        this.#listeners.add(listener);
        return () => {
            this.#listeners.delete(listener);
        };
    }

    /** Takes nothing more and cuts nothing more. */
    stop(): void {
        this.#stopped = true;
        this.#cutter.stop();
    }

    #write(envelopes: readonly Buffer[]): void {
        const { signer, newNonce } = this.#options;
        const lastConfigNumber = this.#lastConfigNumber;
        this.#newest = writeBlock({ previous: this.#newest, envelopes, lastConfigNumber, signer, nonce: newNonce() });
        const block = { number: this.#newest.header.number, bytes: encodeBlock(this.#newest) };
        this.#blocks.push(block);
        for (const listener of [...this.#listeners]) listener(block);
    }
}
