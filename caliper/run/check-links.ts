import type { RelayTraffic } from '../../network/links/relay';
import { CaliperError } from '../caliper-errors';

/** Connections by `host:port` of a node. */
export type ConnectionCounts = ReadonlyMap<string, number>;

/** What the relays of all media carried together, by node. */
export function carriedConnections(traffic: readonly Pick<RelayTraffic, 'carried'>[]): ConnectionCounts {
    const sum = new Map<string, number>();
    for (const { carried } of traffic) {
        for (const [node, count] of carried) sum.set(node, (sum.get(node) ?? 0) + count);
    }
    return sum;
}

/**
 * Every connection that a node accepted since the load began must have crossed a link. Throws CaliperError
 * `LINK_BYPASSED` for a node that accepted more than the relays carried to it; false while a carried one is still on its
 * way to be accepted.
 */
export function haveAllCrossed(
    accepted: ConnectionCounts,
    before: ConnectionCounts,
    carried: ConnectionCounts,
): boolean {
    const nodes = new Set([...accepted.keys(), ...carried.keys()]);
    return [...nodes].every((node) => {
        const since = (accepted.get(node) ?? 0) - (before.get(node) ?? 0);
        const crossed = carried.get(node) ?? 0;
        if (since > crossed) throw new CaliperError({ code: 'LINK_BYPASSED', node, accepted: since, carried: crossed });
        return since === crossed;
    });
}
