import type { Channel, DiscoveryResults, Endorser, ServiceEndpoint } from 'fabric-common';
import { ownFirst } from './own-first';
import { Suspects } from './suspects';

/** What is read of the SDK's endpoint. fabric-common: lib/Endpoint.js. */
export interface SdkEndpoint {
    /** `host:port` */
    readonly addr: string;
    readonly options: { readonly pem?: string; readonly 'ssl-target-name-override'?: string };
    isTLS(): boolean;
}

export function endpointOf({ endpoint }: ServiceEndpoint): SdkEndpoint {
    return endpoint as unknown as SdkEndpoint;
}

/** The peers of a channel: those of the connection profiles, whether they live or not, and those that discovery told of. */
export class KnownPeers {
    readonly #channel: Channel;
    readonly #suspects = new Suspects();
    #toldOf: ReadonlySet<string> = new Set();

    constructor(channel: Channel) {
        this.#channel = channel;
    }

    /** Takes the newest word of discovery. */
    learn({ peers_by_org: told = {} }: DiscoveryResults): void {
        this.#toldOf = new Set(Object.values(told).flatMap(({ peers }) => peers.map(({ name }) => name)));
    }

    /**
     * Whom a client of an organisation turns to, in turn: its own organisation's peers, then the others'; of each those
     * first that discovery told of last. Those that failed lately come after all others.
     */
    inTurn(mspId: string): Endorser[] {
        const peers = this.all();
        const turn = ownFirst(
            mspId,
            peers.map((peer) => peer.mspid),
        );
        const rank = (peer: Endorser): number =>
            Number(this.isSuspect(endpointOf(peer).addr)) * 2 * turn.length +
            2 * turn.indexOf(peer.mspid) +
            Number(!this.#toldOf.has(peer.name));
        return peers.sort((one, other) => rank(one) - rank(other) || (one.name < other.name ? -1 : 1));
    }

    /** Each address once: a peer of a profile bears its own name there, and its address as its name with discovery. */
    all(): Endorser[] {
        const byAddress = new Map<string, Endorser>();
        for (const peer of [...this.#channel.client.getEndorsers(), ...this.#channel.getEndorsers()]) {
            byAddress.set(endpointOf(peer).addr, peer);
        }
        return [...byAddress.values()];
    }

    at(address: string): Endorser | undefined {
        return this.all().find((peer) => endpointOf(peer).addr === address);
    }

    isSuspect(address: string): boolean {
        return this.#suspects.has(address);
    }

    noteFailed(address: string): void {
        this.#suspects.note(address);
    }

    noteAnswered(address: string): void {
        this.#suspects.clear(address);
    }
}
