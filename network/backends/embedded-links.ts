import type { EmbeddedLinks } from '../embedded/embedded-options';
import { LinkLane } from '../links/link-lane';
import type { LinkClock } from '../links/link-profile';
import type { SiteLinks } from '../links/site-links';

/**
 * The sites' links as the embedded network sees them: its order of blocks stands at no site, so a block crosses the link
 * into the peer's site only; an orderer is of use to its clients as long as its site and a majority are joined.
 */
export function newEmbeddedLinks(links: SiteLinks, clock: LinkClock): EmbeddedLinks {
    const lanes = new Map<string, LinkLane>();
    const laneTo = (site: string, peer: string): LinkLane => {
        const present = lanes.get(peer);
        if (present) return present;
        const options = { ...links.into(site), clock, connection: lanes.size + 1, onDrained: () => undefined };
        const lane = new LinkLane(options);
        lanes.set(peer, lane);
        return lane;
    };
    const joined = (): number => links.sites.filter((site) => !links.isCut(site)).length;
    return {
        carry: (site, peer, byteCount, arrive) => {
            laneTo(site, peer).send(byteCount, () => {
                links.countInto(site, byteCount);
                arrive();
            });
        },
        areJoined: (one, other) => one === other || (!links.isCut(one) && !links.isCut(other)),
        hasQuorum: (site) => !links.isCut(site) && joined() > links.sites.length / 2,
        close: () => {
            for (const lane of lanes.values()) lane.close();
        },
    };
}
