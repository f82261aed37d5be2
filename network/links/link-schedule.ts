import type { LinkProfile } from './link-profile';
import { lossDelayMs } from './retransmission';

/**
 * When bytes leave a link, for one direction of one medium. The bytes of all connections queue for the medium in the
 * order in which they come, each taking its share of the bandwidth; then each is delayed by latency and jitter, and by a
 * retransmission when it is lost; and no byte overtakes another of its own connection, as TCP has it. Starts no timers:
 * time is handed in.
 */
export class LinkSchedule {
    readonly #profile: LinkProfile;
    readonly #random: () => number;
    readonly #lastLeaveMs = new Map<number, number>();
    #mediumFreeMs = -Infinity;

    /** `random` gives numbers from 0 up to 1, from a seed: jitter and losses of a run can be had again. */
    constructor(profile: LinkProfile, random: () => number) {
        this.#profile = profile;
        this.#random = random;
    }

    /** Takes a chunk that comes at `nowMs` and tells when its last byte leaves at the far end, in the same clock. */
    take(connection: number, byteCount: number, nowMs: number): number {
        const { latencyMs, jitterMs, kbps } = this.#profile;
        const sentMs = Math.max(nowMs, this.#mediumFreeMs) + (byteCount * 8) / kbps;
        this.#mediumFreeMs = sentMs;
        const jitter = jitterMs === 0 ? 0 : (2 * this.#random() - 1) * jitterMs;
        const last = this.#lastLeaveMs.get(connection);
        const lossMs = lossDelayMs(this.#profile, { byteCount, isFirst: last === undefined }, this.#random);
        const arriveMs = sentMs + Math.max(0, latencyMs + jitter) + lossMs;
        const leaveMs = Math.max(arriveMs, last ?? -Infinity);
        this.#lastLeaveMs.set(connection, leaveMs);
        return leaveMs;
    }

    /** The line was cut: what was under way neither holds the medium nor is waited for. */
    interrupt(connection: number): void {
        this.#mediumFreeMs = -Infinity;
        if (this.#lastLeaveMs.has(connection)) this.#lastLeaveMs.set(connection, -Infinity);
    }

    /** A closed connection is remembered no longer. */
    forget(connection: number): void {
        this.#lastLeaveMs.delete(connection);
    }

    /** Bytes of one piece: at most 5 ms of the medium, at least one Ethernet frame, so that nothing hogs the link. */
    get pieceBytes(): number {
        return Math.max(1500, Math.floor((this.#profile.kbps * 5) / 8));
    }
}
