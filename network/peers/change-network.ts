import { findNode } from '../backends/find-node';
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

/** The organisation of that MSP id. Throws PeersError ORGANIZATION_ID_UNKNOWN. */
export function organizationByMspId({ organizations }: Network, mspId: string): Organization {
    const found = organizations.find((organization) => organization.mspId === mspId);
    if (!found) {
        const known = organizations.map((organization) => organization.mspId);
        throw new PeersError({ code: 'ORGANIZATION_ID_UNKNOWN', id: mspId, known });
    }
    return found;
}

/**
 * The peer of that name, with its organisation; `step` completes "only a peer can …". Throws BackendError NODE_UNKNOWN,
 * PeersError NOT_A_PEER.
 */
export function peerByName(network: Network, name: string, step: string): OwnedPeer {
    const found = findNode(network, name);
    if (found.kind !== 'peer') {
        throw new PeersError({ code: 'NOT_A_PEER', node: found.node.name, kind: found.kind, step });
    }
    return { organization: found.organization, peer: found.node };
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
    return { ...network, organizations, topologyHash: hashTopology({ ...network, organizations }) };
}
