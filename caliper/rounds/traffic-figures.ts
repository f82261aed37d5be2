/**
 * Bytes that cross a terminal's link, TLS included, as counted by the relays: three organisations, two endorsements,
 * fabric-network 2.2.20 with discovery, rounded up. Three media with 4, 17 and 28 gateways and three send rates were taken
 * to tell a call's own bytes from what the gateways hear. The run's own counts stand in its record beside each round.
 */
export const trafficFigures = {
    set: { upBytes: 7_700, downBytes: 3_800 },
    query: { upBytes: 1_350, downBytes: 1_950 },
    /** What every open gateway hears of every transaction that anybody commits: its part of a filtered block. */
    filteredTransactionBytes: 180,
    /** What a block adds to that: the block's own header, gRPC's and TLS'. */
    filteredBlockBytes: 30,
} as const;
