import type { Network } from '../topology/network-model';

/**
 * The network with every node under its DNS name instead of its address: what a channel's configuration must say for
 * nodes to dial each other through their site's proxy. Go's programs never ask a proxy for a loopback address
 * (golang.org/x/net/http/httpproxy, useProxy), and leave a name to the proxy to resolve.
 */
export function advertiseNames(network: Network): Network {
    return {
        ...network,
        organizations: network.organizations.map((organization) => ({
            ...organization,
            orderer: { ...organization.orderer, host: organization.orderer.name },
            peers: organization.peers.map((peer) => ({ ...peer, host: peer.name })),
        })),
    };
}
