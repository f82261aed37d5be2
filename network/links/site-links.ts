import type { Medium, Network } from '../topology/network-model';
import { SeededRandom } from '../topology/seeded-random';
import type { LinkStage } from './link-lane';
import { LinkLine } from './link-line';
import { linkProfile } from './link-profile';
import type { Direction } from './link-profile';
import { LinkSchedule } from './link-schedule';
import { LinksError } from './links-errors';

/** How a site's uplink is. */
export interface LinkStatus {
    /** Id of the organisation. */
    readonly site: string;
    readonly medium: string;
    readonly isCut: boolean;
    /** Out of the site, since the network began; TLS and all where the nodes are processes, blocks alone where not. */
    readonly bytesUp: number;
    readonly bytesDown: number;
}

interface SiteLink {
    readonly medium: Medium;
    readonly line: LinkLine;
    readonly stages: Readonly<Record<Direction, LinkStage>>;
    readonly bytes: Record<Direction, number>;
}

/**
 * The uplinks of all sites of a network. What one site sends to another goes up its own uplink and down the other's, and
 * shares each with everything else that crosses it; what stays in a site crosses none.
 */
export class SiteLinks {
    readonly #links: ReadonlyMap<string, SiteLink>;

    /** Delays and losses are drawn from the network's seed. Throws LinksError UPLINK_UNKNOWN for a medium it lacks. */
    constructor(network: Pick<Network, 'organizations' | 'media' | 'seed'>) {
        this.#links = new Map(
            network.organizations.map((organization) => [organization.id, newLink(organization, network)]),
        );
    }

    get sites(): readonly string[] {
        return [...this.#links.keys()];
    }

    /** What lies between two sites, seen from the one that dials. */
    between(from: string, to: string): Readonly<Record<Direction, readonly LinkStage[]>> {
        if (from === to) return { up: [], down: [] };
        const [near, far] = [this.#get(from).stages, this.#get(to).stages];
        return { up: [near.up, far.down], down: [far.up, near.down] };
    }

    /** What lies between a service that stands at no site, such as one order of blocks for all, and a site. */
    into(site: string): LinkStage {
        return this.#get(site).stages.down;
    }

    /** Adds what crossed between two sites to both; `up` is from the first to the second. */
    count({ from, to }: { readonly from: string; readonly to: string }, direction: Direction, byteCount: number): void {
        if (from === to) return;
        const [sender, receiver] = direction === 'up' ? [from, to] : [to, from];
        this.#get(sender).bytes.up += byteCount;
        this.countInto(receiver, byteCount);
    }

    countInto(site: string, byteCount: number): void {
        this.#get(site).bytes.down += byteCount;
    }

    isCut(site: string): boolean {
        return this.#get(site).line.isCut;
    }

    /** All of the site's links go dead: nothing crosses, and nobody is told. Throws SITE_UNKNOWN. */
    cut(site: string): void {
        this.#get(site).line.cut();
    }

    /** Throws SITE_UNKNOWN. */
    restore(site: string): void {
        this.#get(site).line.restore();
    }

    status(): LinkStatus[] {
        return [...this.#links].map(([site, { medium, line, bytes }]) => ({
            site,
            medium: medium.name,
            isCut: line.isCut,
            bytesUp: bytes.up,
            bytesDown: bytes.down,
        }));
    }

    #get(site: string): SiteLink {
        const link = this.#links.get(site);
        if (!link) throw new LinksError({ code: 'SITE_UNKNOWN', site, known: this.sites });
        return link;
    }
}

function newLink(
    { id, uplink }: Network['organizations'][number],
    { media, seed }: Pick<Network, 'media' | 'seed'>,
): SiteLink {
    const medium = media.find(({ name }) => name === uplink);
    if (!medium) {
        throw new LinksError({ code: 'UPLINK_UNKNOWN', site: id, uplink, known: media.map(({ name }) => name) });
    }
    const line = new LinkLine();
    const stage = (direction: Direction): LinkStage => {
        const random = new SeededRandom(seed, `uplink/${id}/${direction}`);
        return { schedule: new LinkSchedule(linkProfile(medium, direction), () => random.next()), line };
    };
    return { medium, line, stages: { up: stage('up'), down: stage('down') }, bytes: { up: 0, down: 0 } };
}
