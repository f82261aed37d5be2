/** Two parties' clocks disagree about what came first. */
export interface TimeFault {
    readonly code: 'TIME_WENT_BACK';
    /** The time of the newest act on the record. */
    readonly lastMs: number;
    /** The proposal's timestamp. */
    readonly nowMs: number;
    readonly toleranceMs: number;
}
