import type { Clock, Timer } from '../clock';

/** When a block is full; sizes in bytes of payload and signature, not of the encoded envelope. */
export interface BlockLimits {
    readonly timeoutMs: number;
    readonly maxMessageCount: number;
    readonly preferredMaxBytes: number;
}

/** An envelope to be ordered, with payload and signature counted. */
export interface OrderedMessage {
    readonly envelopeBytes: Buffer;
    readonly sizeBytes: number;
}

/**
 * Cuts the stream of messages into batches, by count, by bytes and by time. The timer starts when a message begins to
 * wait, is not restarted by later ones, nor by a batch that is cut because the next message would overflow it, and
 * stops when nothing waits. ⟵ orderer/common/blockcutter/blockcutter.go, orderer/consensus/etcdraft/chain.go
 */
export class BlockCutter {
    readonly #clock: Clock;
    readonly #limits: BlockLimits;
    readonly #onBatch: (envelopes: readonly Buffer[]) => void;
    #pending: Buffer[] = [];
    #pendingBytes = 0;
    #timer: Timer | undefined;

    constructor(options: {
        readonly clock: Clock;
        readonly limits: BlockLimits;
        readonly onBatch: (envelopes: readonly Buffer[]) => void;
    }) {
        this.#clock = options.clock;
        this.#limits = options.limits;
        this.#onBatch = options.onBatch;
    }

    /** Orders one message; may cut one or two batches. */
    add({ envelopeBytes, sizeBytes }: OrderedMessage): void {
        const { preferredMaxBytes, maxMessageCount } = this.#limits;
        if (this.#pendingBytes + sizeBytes > preferredMaxBytes) this.#cut();
        if (sizeBytes > preferredMaxBytes) {
            this.#onBatch([envelopeBytes]);
        } else {
            this.#pending.push(envelopeBytes);
            this.#pendingBytes += sizeBytes;
            if (this.#pending.length >= maxMessageCount) this.#cut();
        }
        this.#setTimer();
    }

    /** Forgets the timer; messages that wait are never cut. */
    stop(): void {
        this.#timer?.cancel();
        this.#timer = undefined;
    }

    #setTimer(): void {
        if (this.#pending.length === 0) this.stop();
        else {
            this.#timer ??= this.#clock.after(this.#limits.timeoutMs, () => {
                this.#timer = undefined;
                this.#cut();
            });
        }
    }

    #cut(): void {
        if (this.#pending.length === 0) return;
        const batch = this.#pending;
        this.#pending = [];
        this.#pendingBytes = 0;
        this.#onBatch(batch);
    }
}
