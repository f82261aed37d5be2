/** Faults of comparing a transaction's time with what the ledger holds already. */
export interface ClockFault {
    readonly code: 'TIME_WENT_BACK';
    /** Which record is newer, e.g. `round`. */
    readonly record: string;
    readonly backMs: number;
    readonly clockToleranceMs: number;
}
