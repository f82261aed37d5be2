/** Deadlines of a client, in ms. They belong to the medium: a narrow radio needs longer ones. */
export interface Deadlines {
    /** For one endorsement or one query. */
    readonly requestTimeoutMs: number;
    /** From the orderer's yes to the commit event. */
    readonly commitTimeoutMs: number;
    /**
     * For a node's connection to stand, and for one orderer's answer, before the next is given the same envelope; a quarter
     * of requestTimeoutMs if not told.
     */
    readonly orderTimeoutMs?: number;
}

export const loopbackDeadlines: Deadlines = {
    requestTimeoutMs: 30_000,
    commitTimeoutMs: 30_000,
    orderTimeoutMs: 2_000,
};

/** How long a node may take to connect, or to say the first word. */
export function nodeTimeoutOf({ requestTimeoutMs, orderTimeoutMs = requestTimeoutMs / 4 }: Deadlines): number {
    return orderTimeoutMs;
}
