/**
 * Bytes that cross a terminal's link, TLS included, as counted by the relays: three organisations, two endorsements,
 * fabric-network 2.2.20 with discovery. The run's own counts stand in its record beside each round.
 */
export const trafficFigures = {
    set: { upBytes: 7_300, downBytes: 3_200 },
    query: { upBytes: 1_300, downBytes: 1_600 },
    /** What every open gateway hears of every transaction that anybody commits: its part of a filtered block. */
    filteredTransactionBytes: 230,
    /** What a block adds to that: the block's own header, gRPC's and TLS'. */
    filteredBlockBytes: 130,
} as const;
