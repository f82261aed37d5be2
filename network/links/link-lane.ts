import type { LinkClock } from './link-profile';
import type { LinkSchedule } from './link-schedule';

interface Item {
    readonly leaveMs: number;
    readonly byteCount: number;
    readonly action: () => void;
}

/** One connection in one direction over a medium: acts happen in order, each when the schedule lets its bytes leave. */
export class LinkLane {
    readonly #schedule: LinkSchedule;
    readonly #clock: LinkClock;
    readonly #connection: number;
    readonly #onDrained: () => void;
    #items: Item[] = [];
    #timer: { cancel(): void } | undefined;
    #queuedBytes = 0;
    #held = false;
    #closed = false;

    /** `onDrained` is called whenever something has left, so that a paused sender can go on. */
    constructor(options: { schedule: LinkSchedule; clock: LinkClock; connection: number; onDrained: () => void }) {
        this.#schedule = options.schedule;
        this.#clock = options.clock;
        this.#connection = options.connection;
        this.#onDrained = options.onDrained;
    }

    /** Bytes that are on their way. */
    get queuedBytes(): number {
        return this.#queuedBytes;
    }

    /** Sends `byteCount` bytes now; `action` is what happens when they arrive. */
    send(byteCount: number, action: () => void): void {
        if (this.#closed) return;
        const leaveMs = this.#schedule.take(this.#connection, byteCount, this.#clock.nowMs());
        this.#items.push({ leaveMs, byteCount, action });
        this.#queuedBytes += byteCount;
        this.#arm();
    }

    /** Sends a chunk in pieces that the medium can mix with other connections' pieces. */
    sendChunk(chunk: Buffer, deliver: (piece: Buffer) => void): void {
        const size = this.#schedule.pieceBytes;
        for (let start = 0; start < chunk.length; start += size) {
            const piece = chunk.subarray(start, start + size);
            this.send(piece.length, () => {
                deliver(piece);
            });
        }
    }

    /** The receiver is full: nothing arrives until `release`. */
    hold(): void {
        this.#held = true;
    }

    release(): void {
        this.#held = false;
        this.#arm();
    }

    /** Whatever is under way is lost. */
    close(): void {
        this.#closed = true;
        this.#items = [];
        this.#queuedBytes = 0;
        this.#timer?.cancel();
        this.#timer = undefined;
        this.#schedule.forget(this.#connection);
    }

    /** A method, since the action just run may have closed the lane. */
    #isClosed(): boolean {
        return this.#closed;
    }

    #arm(): void {
        const next = this.#items[0];
        if (this.#held || this.#timer !== undefined || next === undefined) return;
        this.#timer = this.#clock.after(Math.max(0, next.leaveMs - this.#clock.nowMs()), () => {
            this.#timer = undefined;
            this.#deliverDue();
        });
    }

    #deliverDue(): void {
        const nowMs = this.#clock.nowMs();
        let delivered = 0;
        for (const item of this.#items) {
            if (item.leaveMs > nowMs || this.#held) break;
            delivered += 1;
            this.#queuedBytes -= item.byteCount;
            item.action();
            if (this.#isClosed()) return;
        }
        this.#items.splice(0, delivered);
        this.#arm();
        if (delivered > 0) this.#onDrained();
    }
}
