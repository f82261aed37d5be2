import { waitUntil } from '../../network/backends/wait-until';
import type { Relay } from '../../network/links/relay';
import { CaliperError } from '../caliper-errors';
import type { ObserveNetwork } from './watch-network';

/** Connections by `host:port` of a node. */
export type ConnectionCounts = ReadonlyMap<string, number>;

/** What the relays of all media carried together, by node. */
export function carriedConnections(traffic: readonly { readonly carried: ConnectionCounts }[]): ConnectionCounts {
    const sum = new Map<string, number>();
    for (const { carried } of traffic) {
        for (const [node, count] of carried) sum.set(node, (sum.get(node) ?? 0) + count);
    }
    return sum;
}

/** Accepted by the nodes, and carried by the relays, until some moment. */
export interface ConnectionState {
    readonly accepted: ConnectionCounts;
    readonly carried: ConnectionCounts;
}

/**
 * Every connection that a node accepted since a moment must have crossed a link. Throws CaliperError `LINK_BYPASSED` for
 * a node that accepted more than the relays carried to it; false while a carried one is still on its way to be accepted.
 */
export function haveAllCrossed(now: ConnectionState, before: ConnectionState): boolean {
    const nodes = new Set([...now.accepted.keys(), ...now.carried.keys()]);
    return [...nodes].every((node) => {
        const since = (counts: (state: ConnectionState) => ConnectionCounts): number =>
            (counts(now).get(node) ?? 0) - (counts(before).get(node) ?? 0);
        const accepted = since((state) => state.accepted);
        const carried = since((state) => state.carried);
        if (accepted > carried) throw new CaliperError({ code: 'LINK_BYPASSED', node, accepted, carried });
        return accepted === carried;
    });
}

/** Looks whether the connections of a load crossed their links, as far as the back end counts connections. */
export class LinkCheck {
    readonly #observe: ObserveNetwork;
    readonly #relays: readonly Relay[];
    #before: ConnectionState | undefined;

    constructor(observe: ObserveNetwork, relays: readonly Relay[]) {
        this.#observe = observe;
        this.#relays = relays;
    }

    /** From here on; whoever connects without a medium, as the dispatch centre does, has connected before. */
    async begin(): Promise<void> {
        this.#before = await this.#look();
    }

    /** True as well where nobody can tell. Throws CaliperError `LINK_BYPASSED`. */
    async haveAllCrossed(): Promise<boolean> {
        const now = await this.#look();
        return now === undefined || this.#before === undefined || haveAllCrossed(now, this.#before);
    }

    /** Waits until what is on its way has been accepted. Throws CaliperError `LINK_BYPASSED`. */
    async waitUntilCrossed(): Promise<void> {
        const wait = { deadlineMs: 10_000, forWhat: 'every connection to have crossed its link' };
        await waitUntil(() => this.haveAllCrossed(), wait);
    }

    async #look(): Promise<ConnectionState | undefined> {
        const accepted = this.#relays.length === 0 ? undefined : (await this.#observe())?.acceptedConnections;
        // The relays are read after the nodes: what is dialled in between counts for the relays.
        return accepted && { accepted, carried: carriedConnections(this.#relays.map((relay) => relay.traffic())) };
    }
}
