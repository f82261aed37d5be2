import type { Clock, Timer } from '../../network/embedded/clock';

interface Waiting {
    readonly atMs: number;
    readonly action: () => void;
}

/** A clock that stands still until it is moved. */
export class ManualClock implements Clock {
    #nowMs: number;
    readonly #waiting = new Set<Waiting>();

    constructor(startMs = 0) {
        this.#nowMs = startMs;
    }

    nowMs(): number {
        return this.#nowMs;
    }

    /** Number of timers that are set. */
    get pending(): number {
        return this.#waiting.size;
    }

    after(delayMs: number, action: () => void): Timer {
        const waiting = { atMs: this.#nowMs + delayMs, action };
        this.#waiting.add(waiting);
        return {
            cancel: () => {
                this.#waiting.delete(waiting);
            },
        };
    }

    /** Moves the time on and calls what falls due on the way, in the order of time. */
    advance(byMs: number): void {
        const untilMs = this.#nowMs + byMs;
        for (let next = this.#nextDue(untilMs); next !== undefined; next = this.#nextDue(untilMs)) {
            this.#waiting.delete(next);
            this.#nowMs = next.atMs;
            next.action();
        }
        this.#nowMs = untilMs;
    }

    #nextDue(untilMs: number): Waiting | undefined {
        let next: Waiting | undefined;
        for (const waiting of this.#waiting) {
            if (waiting.atMs <= untilMs && (next === undefined || waiting.atMs < next.atMs)) next = waiting;
        }
        return next;
    }
}
