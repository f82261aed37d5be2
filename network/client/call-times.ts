/** When a call reached each stage, in ms since 1970. A stage it did not reach is left out. */
export interface CallTimes {
    readonly sentMs: number;
    /** All endorsements were in. */
    readonly endorsedMs?: number;
    /** The orderer had taken it. */
    readonly orderedMs?: number;
    /** The outcome was known, whatever it was. */
    readonly finishedMs: number;
}
