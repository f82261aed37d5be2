import type { Medium } from '../topology/network-model';

/** The part of a clock that a link needs; the embedded network's clock is one. */
export interface LinkClock {
    /** Milliseconds; only differences count. */
    nowMs(): number;
    after(delayMs: number, action: () => void): { cancel(): void };
    /** How much too early something may be done, since the clock's timers are no finer; none when left out. */
    readonly slackMs?: number;
}

/** Terminals and sites send up; what comes to them comes down. */
export type Direction = 'up' | 'down';

/** What a link does to bytes that go one way over it. */
export interface LinkProfile {
    /** Name of the medium. */
    readonly medium: string;
    /** One way, to the last bit; the time to put the bytes on the medium comes on top. */
    readonly latencyMs: number;
    /** Largest deviation of the latency, either way, evenly spread. */
    readonly jitterMs: number;
    /** Share of segments lost, 0 to 1. */
    readonly lossRate: number;
    /** Shared by every connection of the medium in this direction; 1 kbit/s is 1000 bits a second. */
    readonly kbps: number;
}

/** A medium's figures for one direction. */
export function linkProfile(medium: Medium, direction: Direction): LinkProfile {
    return {
        medium: medium.name,
        latencyMs: medium.latencyMs,
        jitterMs: medium.jitterMs,
        lossRate: medium.lossRate,
        kbps: direction === 'up' ? medium.uplinkKbps : medium.downlinkKbps,
    };
}
