import type { RaftOptions } from '../wire/config-values';

/** Between nodes of one machine a leader is missed after 1 s rather than 5. */
export const nearRaft: RaftOptions = {
    tickIntervalMs: 100,
    electionTicks: 10,
    heartbeatTicks: 1,
    maxInflightBlocks: 5,
    snapshotIntervalBytes: 16 * 1024 * 1024,
};
