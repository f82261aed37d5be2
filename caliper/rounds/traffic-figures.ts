import type { Operation } from './operations';

/**
 * Bytes that cross a terminal's link, TLS included, as counted by the relays: three organisations, two endorsements,
 * fabric-network 2.2.20 with discovery, rounded up. Three media with 4, 17 and 28 gateways and three send rates were taken
 * to tell a call's own bytes from what the gateways hear. The run's own counts stand in its record beside each round.
 */
export interface OperationTraffic {
    /** Of the terminal's own messages and their answers. */
    readonly upBytes: number;
    readonly downBytes: number;
    /** What every open gateway hears of it, whoever sent it: its parts of filtered blocks. */
    readonly heardBytes: number;
    /** Of the channel, each of which may cut a block of its own. */
    readonly transactions: number;
}

export const trafficFigures: Readonly<Record<Operation, OperationTraffic>> = {
    set: { upBytes: 7_700, downBytes: 3_800, heardBytes: 180, transactions: 1 },
    query: { upBytes: 1_350, downBytes: 1_950, heardBytes: 0, transactions: 0 },
    displacement: { upBytes: 7_900, downBytes: 4_000, heardBytes: 180, transactions: 1 },
    /** The terminal confirms and reports, and asks before each what is commanded; the dispatcher is on no medium. */
    control: { upBytes: 20_500, downBytes: 16_500, heardBytes: 760, transactions: 4 },
};

/** What a block adds to that for every open gateway: the block's own header, gRPC's and TLS'. */
export const filteredBlockBytes = 30;
