import { metadataSlots, parseBlock } from '../wire/block';
import { parseDeliverResponse, type DeliverResponse } from '../wire/deliver-response';
import { parseFilteredBlock, readTransactions, type HeardTransaction } from '../wire/filtered-block';
import type { SeekPosition } from '../wire/seek';
import { WireError } from '../wire/wire-errors';
import { ClientError } from './client-errors';
import type { CallEvents, GrpcCall } from '../grpc/grpc-call';
import { grpcStatuses, newFailure, type GrpcFailure } from '../grpc/grpc-status';
import { suspectMs } from './suspects';

/** In which form peers deliver blocks: `filtered` ones are a fraction of the size, and tell of events without payloads. */
export type BlockForm = 'filtered' | 'full';

/** What is heard of a block; in the filtered form the payloads of events are empty. */
export interface HeardBlock {
    readonly number: number;
    readonly transactions: readonly HeardTransaction[];
}

/** The peers that deliver blocks. */
export interface DeliveringPeers {
    /** Addresses, in the order in which they are to be asked. */
    inTurn(): readonly string[];
    open(address: string, path: string, events: CallEvents): Promise<Pick<GrpcCall, 'write' | 'cancel'> | GrpcFailure>;
    noteFailed(address: string): void;
    noteAnswered(address: string): void;
}

export interface BlockStreamOptions {
    readonly peers: DeliveringPeers;
    readonly form: BlockForm;
    /** A signed request for the blocks from there on. */
    readonly seek: (start: SeekPosition) => Buffer;
    /** First block to hear of; without it the next one to be committed. */
    readonly fromBlock?: number;
    /** A peer that has said nothing by then is left for the next one. */
    readonly answerTimeoutMs: number;
    /** So long all peers are tried when the stream is opened; later for ever. */
    readonly openTimeoutMs: number;
    /** Each block once, in the order of their numbers. */
    readonly onBlock: (block: HeardBlock) => void;
}

const paths = { filtered: '/protos.Deliver/DeliverFiltered', full: '/protos.Deliver/Deliver' } as const;
/** common.Status BAD_REQUEST. */
const badRequest = 400;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** A delivery by one peer. */
interface Delivery {
    readonly peer: string;
    readonly form: BlockForm;
    /** The block that its next answer is about, where that is known. */
    at: number | undefined;
    /** It has shown that it delivers. */
    hasAnswered: boolean;
    readonly timers: NodeJS.Timeout[];
    end: (ending: Ending) => void;
}

/** How a delivery ended: `why` it is to be told as the peer's failure, or it was left by this side. */
type Ending = { readonly why: string } | 'left';

/**
 * The blocks of a channel, each once and in order, from whichever peer delivers them: the first in turn that does. When it
 * fails, the next one goes on where it ended. Each delivery begins one block earlier than needed: a peer that lives and is
 * not behind answers at once. After a while with another the first in turn is tried again.
 *
 * A peer delivers no filtered form of a block in which it cannot decode a transaction, which whoever may write can send:
 * it says BAD_REQUEST instead, and every peer says so. Such a block is asked for in full. Fabric v2.5.16:
 * core/peer/deliverevents.go (SendBlockResponse, toFilteredBlock), common/deliver/deliver.go.
 */
export class BlockStream {
    readonly #options: BlockStreamOptions;
    readonly #stands: Promise<void>;
    #next: number | undefined;
    /** The next block has no filtered form. */
    #isUnfilterable = false;
    #delivery: Delivery | undefined;
    #heardMs = 0;
    #isClosed = false;
    #wake = (): void => undefined;
    #why = 'no peer is known';

    constructor(options: BlockStreamOptions) {
        this.#options = options;
        this.#next = options.fromBlock;
        this.#stands = new Promise((resolve, reject) => {
            void this.#run(resolve, reject);
        });
        this.#stands.catch(() => undefined); // told to whoever asks whether it stands
    }

    /** Answers when a peer delivers for the first time. Throws ClientError CLIENT_UNREACHABLE when none did in time. */
    async stands(): Promise<void> {
        await this.#stands;
    }

    /**
     * Something that should have been heard was not: leaves a peer for the next that has said nothing for so long. It may
     * be behind, or cut off from the others, and does not know it.
     */
    doubt(silentMs: number): void {
        if (this.#delivery === undefined || performance.now() - this.#heardMs < silentMs) return;
        if (this.#options.peers.inTurn().length > 1) this.#delivery.end({ why: `silent for ${silentMs} ms` });
    }

    close(): void {
        this.#isClosed = true;
        this.#delivery?.end('left');
        this.#wake();
    }

    /** Never rejects. */
    async #run(stands: () => void, fails: (error: ClientError) => void): Promise<void> {
        const openUntilMs = performance.now() + this.#options.openTimeoutMs;
        let pauseMs = firstPauseMs;
        let hasStood = false;
        while (!this.#isClosed) {
            const beganMs = performance.now();
            hasStood = (await this.#hearFirst(stands)) || hasStood;
            const nowMs = performance.now();
            // Whoever ends every delivery at once is not asked without a pause.
            const isGoing = nowMs - beganMs > longestPauseMs;
            if (hasStood && isGoing) pauseMs = firstPauseMs;
            else if (hasStood || nowMs + pauseMs < openUntilMs) await this.#pause(pauseMs);
            else this.close();
            if (!isGoing) pauseMs = Math.min(longestPauseMs, 2 * pauseMs);
        }
        const node = 'A peer that delivers blocks';
        if (!hasStood) fails(new ClientError({ code: 'CLIENT_UNREACHABLE', node, why: this.#why }));
    }

    /** Hears the first in turn that delivers, until it fails or is left; gives whether there is one. */
    async #hearFirst(stands: () => void): Promise<boolean> {
        for (const peer of this.#options.peers.inTurn()) {
            let isHeard = false;
            let wasUnfilterable: boolean;
            do {
                wasUnfilterable = this.#isUnfilterable;
                isHeard = (await this.#hear(peer, stands)) || isHeard;
            } while (this.#isUnfilterable !== wasUnfilterable && !this.#isClosed);
            if (isHeard || this.#isClosed) return isHeard;
        }
        return false;
    }

    /** Hears a peer until it fails or is left; gives whether it delivered. */
    async #hear(peer: string, stands: () => void): Promise<boolean> {
        const form = this.#isUnfilterable ? 'full' : this.#options.form;
        const start = this.#start();
        const at = start.kind === 'specified' ? start.number : undefined;
        const delivery: Delivery = { peer, form, at, timers: [], hasAnswered: false, end: () => undefined };
        this.#delivery = delivery;
        const ending = await new Promise<Ending>((end) => {
            delivery.end = end;
            void this.#open(delivery, start, stands);
        });
        for (const timer of delivery.timers) clearTimeout(timer);
        delivery.end('left');
        this.#delivery = undefined;
        if (ending !== 'left') {
            this.#why = `${peer}: ${ending.why}`;
            this.#options.peers.noteFailed(peer);
        }
        return delivery.hasAnswered;
    }

    async #open(delivery: Delivery, start: SeekPosition, stands: () => void): Promise<void> {
        const { peers, seek, openTimeoutMs } = this.#options;
        const { peer, form, end } = delivery;
        // A whole block takes its time on a medium that was chosen for filtered ones.
        const answerTimeoutMs = this.#isUnfilterable ? openTimeoutMs : this.#options.answerTimeoutMs;
        const call = await peers.open(peer, paths[form], {
            onMessage: (message) => {
                if (this.#delivery !== delivery || !this.#take(message, delivery) || delivery.hasAnswered) return;
                delivery.hasAnswered = true;
                clearTimeout(late);
                delivery.timers.push(
                    setInterval(() => {
                        if (peers.inTurn()[0] !== peer) delivery.end('left');
                    }, suspectMs),
                );
                peers.noteAnswered(peer);
                stands();
            },
            onEnd: (failure) => {
                end({ why: failure?.details ?? 'it ended the delivery' });
            },
        });
        if ('unsent' in call) {
            end({ why: call.details });
            return;
        }
        if (this.#delivery !== delivery) {
            call.cancel(notListening);
            return;
        }
        delivery.end = (how) => {
            end(how);
            call.cancel(notListening);
        };
        const late = setTimeout(() => {
            end({ why: `no block within ${answerTimeoutMs} ms` });
        }, answerTimeoutMs);
        delivery.timers.push(late);
        call.write(seek(start));
    }

    #start(): SeekPosition {
        if (this.#next === undefined) return { kind: 'newest' };
        // A peer that has no filtered form of the next block has that block.
        return { kind: 'specified', number: this.#isUnfilterable ? this.#next : Math.max(0, this.#next - 1) };
    }

    /** Takes an answer; gives whether it shows that the peer delivers. */
    #take(message: Buffer, delivery: Delivery): boolean {
        this.#heardMs = performance.now();
        try {
            const response = parseDeliverResponse(message);
            if ('status' in response) return this.#takeStatus(response.status, delivery);
            this.#takeBlock(readBlock(response), delivery);
            return true;
        } catch (error) {
            if (!(error instanceof WireError)) throw error;
            delivery.end({ why: error.message });
            return false;
        }
    }

    #takeStatus(status: number, delivery: Delivery): boolean {
        if (status !== badRequest || delivery.form === 'full') {
            delivery.end({ why: `the delivery ended with status ${status}` });
            return false;
        }
        if (delivery.at !== undefined && this.#next !== undefined && delivery.at < this.#next) {
            // It was heard in full; the delivery goes on with the next one.
            delivery.at += 1;
            return true;
        }
        this.#isUnfilterable = true;
        delivery.end('left');
        return false;
    }

    #takeBlock(block: HeardBlock, delivery: Delivery): void {
        const { number } = block;
        delivery.at = number + 1;
        const isFirst = this.#next === undefined;
        const isExpected = number === this.#next;
        if (!isFirst && !isExpected && number > (this.#next ?? 0)) {
            delivery.end({ why: `block ${number} came in place of ${this.#next ?? 0}` });
            return;
        }
        if (isFirst || isExpected) {
            this.#next = number + 1;
            // The newest block when the stream was opened shows that it stands, and is nothing new.
            if (isExpected) this.#options.onBlock(block);
            if (this.#isUnfilterable) {
                this.#isUnfilterable = false;
                delivery.end('left');
            }
        }
    }

    async #pause(ms: number): Promise<void> {
        if (this.#isClosed) return;
        await new Promise<void>((resolve) => {
            const timer = setTimeout(resolve, ms);
            this.#wake = () => {
                clearTimeout(timer);
                resolve();
            };
        });
    }
}

const notListening = newFailure(grpcStatuses.cancelled, 'the client listens no longer');

function readBlock(response: Exclude<DeliverResponse, { readonly status: number }>): HeardBlock {
    if ('filteredBlock' in response) return parseFilteredBlock(response.filteredBlock);
    const { header, data, metadata } = parseBlock(response.block);
    const codes = metadata[metadataSlots.transactionsFilter] ?? Buffer.alloc(0);
    return { number: header.number, transactions: readTransactions({ header, data, metadata }, codes) };
}
