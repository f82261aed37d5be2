import type { LinkLine } from './link-line';
import type { LinkClock } from './link-profile';
import type { LinkSchedule } from './link-schedule';

interface Item {
    /** Infinite while the line is cut. */
    leaveMs: number;
    readonly byteCount: number;
    readonly action: () => void;
}

/** One direction of one medium: when bytes leave it, and whether it carries at all. */
export interface LinkStage {
    readonly schedule: LinkSchedule;
    readonly line: LinkLine;
}

export interface LinkLaneOptions extends LinkStage {
    readonly clock: LinkClock;
    readonly connection: number;
    /** Called whenever something has left, so that a paused sender can go on. */
    readonly onDrained: () => void;
}

/** One connection in one direction over a medium: acts happen in order, each when the schedule lets its bytes leave. */
export class LinkLane {
    readonly #schedule: LinkSchedule;
    readonly #line: LinkLine;
    readonly #clock: LinkClock;
    readonly #connection: number;
    readonly #onDrained: () => void;
    readonly #unfollow: () => void;
    #items: Item[] = [];
    #timer: { cancel(): void } | undefined;
    #queuedBytes = 0;
    #held = false;
    #closed = false;

    constructor({ schedule, line, clock, connection, onDrained }: LinkLaneOptions) {
        this.#schedule = schedule;
        this.#line = line;
        this.#clock = clock;
        this.#connection = connection;
        this.#onDrained = onDrained;
        this.#unfollow = line.onTurn(() => {
            this.#reschedule();
        });
    }

    /** Bytes that are on their way. */
    get queuedBytes(): number {
        return this.#queuedBytes;
    }

    /** Sends `byteCount` bytes now; `action` is what happens when they arrive. */
    send(byteCount: number, action: () => void): void {
        if (this.#closed) return;
        this.#items.push({ leaveMs: this.#take(byteCount), byteCount, action });
        this.#queuedBytes += byteCount;
        this.#arm();
    }

    /** Bytes of one piece that the medium can mix with other connections' pieces. */
    get pieceBytes(): number {
        return this.#schedule.pieceBytes;
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
        this.#disarm();
        this.#unfollow();
        this.#schedule.forget(this.#connection);
    }

    /** A method, since the action just run may have closed the lane. */
    #isClosed(): boolean {
        return this.#closed;
    }

    /** Bytes that come to a cut line take nothing of the medium. */
    #take(byteCount: number): number {
        return this.#line.isCut ? Infinity : this.#schedule.take(this.#connection, byteCount, this.#clock.nowMs());
    }

    /** The line was cut: nothing under way arrives. Or it was restored: all of that is sent now. */
    #reschedule(): void {
        this.#disarm();
        if (this.#line.isCut) this.#schedule.interrupt(this.#connection);
        for (const item of this.#items) {
            item.leaveMs = this.#take(item.byteCount);
        }
        this.#arm();
    }

    #disarm(): void {
        this.#timer?.cancel();
        this.#timer = undefined;
    }

    #arm(): void {
        const next = this.#items[0];
        if (this.#held || this.#timer !== undefined || next === undefined || next.leaveMs === Infinity) return;
        this.#timer = this.#clock.after(Math.max(0, next.leaveMs - this.#clock.nowMs()), () => {
            this.#timer = undefined;
            this.#deliverDue();
        });
    }

    #deliverDue(): void {
        const nowMs = this.#clock.nowMs() + (this.#clock.slackMs ?? 0);
        let delivered = 0;
        for (let item = this.#items[0]; item !== undefined && item.leaveMs <= nowMs; item = this.#items[0]) {
            if (this.#held) break;
            this.#items.shift();
            delivered += 1;
            this.#queuedBytes -= item.byteCount;
            item.action();
            if (this.#isClosed()) return;
        }
        this.#arm();
        if (delivered > 0) this.#onDrained();
    }
}
