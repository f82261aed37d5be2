/** Tells the time, in ms since 1970, with fractions; never runs backwards within a process. Handed in where tests need it. */
export type EpochClock = () => number;

/** Comparable between processes of one machine, and finer than Date.now(). */
export const epochClock: EpochClock = () => performance.timeOrigin + performance.now();
