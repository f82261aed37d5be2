import { LinksError } from '../links/links-errors';
import type { LinkStatus } from '../links/site-links';
import { askForLinks, askToTurnLink } from './ask-control';
import type { NetworkStatus } from './network-backend';
import type { RunningNetwork } from './running-network';

/** The part of a network's status that tells of its links; empty where they are not modelled. */
export async function linksOf(running: RunningNetwork): Promise<Pick<NetworkStatus, 'links'>> {
    return running.links ? { links: await askForLinks(running) } : {};
}

/**
 * Cuts or restores all links of a site of a running network, and gives how all links are now; twice is as once. Throws
 * LinksError SITE_UNKNOWN and LINKS_NOT_MODELLED, BackendError NETWORK_NOT_UP.
 */
export async function turnSiteLink(
    running: RunningNetwork,
    turn: 'cut' | 'restore',
    site: string,
): Promise<LinkStatus[]> {
    const { network } = running;
    const known = network.organizations.map(({ id }) => id);
    if (!known.includes(site)) throw new LinksError({ code: 'SITE_UNKNOWN', site, known });
    if (!running.links) throw new LinksError({ code: 'LINKS_NOT_MODELLED', network: network.name });
    return askToTurnLink(running, turn, site);
}
