import type { Medium } from '../../network/topology/network-model';

/** A medium that adds next to nothing, but for what is given. */
export function aMedium(more: Partial<Medium> = {}): Medium {
    return {
        name: 'fibre-ethernet',
        latencyMs: 1,
        jitterMs: 0,
        lossRate: 0,
        uplinkKbps: 1_000_000,
        downlinkKbps: 1_000_000,
        clockToleranceMs: 5000,
        requestTimeoutMs: 10_000,
        commitTimeoutMs: 40_000,
        gatewayHolders: 'every-terminal',
        origin: 'test',
        ...more,
    };
}
