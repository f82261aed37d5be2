import { hashTopology } from '../topology/topology-hash';
import type { Network, Organization, PeerNode } from '../topology/network-model';
import type { OwnedPeer } from '../admin/admin-session';
import { PeersError } from './peers-errors';

/** The organisation of that short name. Throws PeersError ORGANIZATION_ID_UNKNOWN. */
export function organizationById({ organizations }: Network, id: string): Organization {
    const found = organizations.find((organization) => organization.id === id);
    if (!found) {
        const known = organizations.map((organization) => organization.id);
        throw new PeersError({ code: 'ORGANIZATION_ID_UNKNOWN', id, known });
    }
    return found;
}

/** The peer of that name, with its organisation. Throws PeersError NODE_UNKNOWN. */
export function peerByName({ organizations }: Network, name: string): OwnedPeer {
    const all = organizations.flatMap((organization) => organization.peers.map((peer) => ({ organization, peer })));
    const found = all.find(({ peer }) => peer.name === name);
    if (!found) {
        throw new PeersError({ code: 'NODE_UNKNOWN', node: name, known: all.map(({ peer }) => peer.name) });
    }
    return found;
}

/** The endorsers of an organisation. */
export function endorsersOf({ organizations }: Network, mspId: string): PeerNode[] {
    const own = organizations.filter((organization) => organization.mspId === mspId);
    return own.flatMap(({ peers }) => peers.filter(({ role }) => role === 'endorser'));
}

/** The network with other peers in one organisation. */
export function withPeers(network: Network, mspId: string, peers: readonly PeerNode[]): Network {
    const organizations = network.organizations.map((organization) =>
        organization.mspId === mspId ? { ...organization, peers } : organization,
    );
    const changed = { ...network, organizations };
    const { topologyHash: _, ...described } = changed;
    return { ...changed, topologyHash: hashTopology(described) };
}
