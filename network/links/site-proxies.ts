import type { Network } from '../topology/network-model';
import { startConnectProxy } from './connect-proxy';
import type { ConnectProxy } from './connect-proxy';
import type { LinkClock } from './link-profile';
import type { SiteLinks } from './site-links';

/** The way out of every site, for nodes that are processes of this machine. */
export interface SiteProxies {
    /** What `HTTPS_PROXY` of the site's nodes is set to. */
    urlOf(site: string): string;
    /** Closes every connection; may be called twice. */
    stop(): Promise<void>;
}

/**
 * A CONNECT proxy for each site. The nodes of a site dial the others by their names, which resolve nowhere but here: so
 * whatever reaches another site has crossed both sites' links. Throws LinksError when no port is free.
 */
export async function startSiteProxies(network: Network, links: SiteLinks, clock: LinkClock): Promise<SiteProxies> {
    const proxies = new Map<string, ConnectProxy>();
    const stop = async (): Promise<void> => {
        await Promise.all([...proxies.values()].map((proxy) => proxy.stop()));
    };
    try {
        for (const from of links.sites) {
            const proxy = await startConnectProxy({
                name: from,
                clock,
                find: (target) => {
                    const node = findNode(network, target);
                    if (!node) return undefined;
                    const { site: to, host, port } = node;
                    const ends = { from, to };
                    return {
                        key: target,
                        host,
                        port,
                        stages: links.between(from, to),
                        onBytes: (direction, count) => {
                            links.count(ends, direction, count);
                        },
                    };
                },
            });
            proxies.set(from, proxy);
        }
    } catch (error) {
        await stop();
        throw error;
    }
    return { urlOf: (site) => proxies.get(site)?.url ?? '', stop };
}

interface DialledNode {
    readonly site: string;
    readonly host: string;
    readonly port: number;
}

/**
 * The node behind a `name:port` under which the channel's configuration or gossip tells of it. A name stands for a port of
 * its organisation, whether the network had the node when it began or was given it since.
 */
function findNode({ organizations }: Network, target: string): DialledNode | undefined {
    const { name = '', port = '' } = /^[a-z0-9-]+\.(?<name>[^:]+):(?<port>\d{1,5})$/.exec(target)?.groups ?? {};
    const organization = organizations.find(({ domain }) => domain === name);
    return organization && { site: organization.id, host: organization.orderer.host, port: Number(port) };
}
