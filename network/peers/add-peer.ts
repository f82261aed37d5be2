import { readdir, rm } from 'node:fs/promises';
import type { OwnedPeer } from '../admin/admin-session';
import { waitUntilOffered } from '../admin/channel-readiness';
import { installChaincode } from '../admin/deploy-chaincode';
import { joinPeer } from '../admin/join-peer';
import { setAnchorPeers } from '../admin/set-anchor-peers';
import { getOrganization } from '../identities/find-identity';
import { identityFolders, writePeerIdentity } from '../identities/identity-store';
import { issuePeerIdentity } from '../identities/issue-identities';
import type { Network, Organization, PeerNode } from '../topology/network-model';
import { endorsersOf, organizationById, withPeers } from './change-network';
import { choosePlace } from './choose-place';
import type { PeersDesk } from './peers-desk';

export interface NewPeer {
    /** The organisation's short name, e.g. `primary`. */
    readonly organizationId: string;
    readonly role: PeerNode['role'];
    /** First of its three ports; chosen when left out. */
    readonly port?: number | undefined;
}

/**
 * Adds a peer to a running network: identity and TLS certificate from its organisation's authorities, a process, the channel
 * from block 0 on, and, for an endorser, the chaincode. It is announced when it has every block that the others have, and
 * other organisations' discovery names an endorser. After a failure nothing of it is left. Throws PeersError
 * ORGANIZATION_ID_UNKNOWN, ServiceError PORT_IN_USE, AdminError, BackendError WAITED_TOO_LONG.
 */
export async function addPeer(desk: PeersDesk, { organizationId, role, port }: NewPeer): Promise<OwnedPeer> {
    const organization = organizationById(desk.network, organizationId);
    const peer = await placePeer(desk, organization, { role, port });
    return bringUpPeer(desk, { organization, peer }, (network) =>
        followOrderers(desk, network, { organization, peer }),
    );
}

/** Starts a peer, has it join the channel, and waits until it has fetched every block from the orderers. */
async function followOrderers(desk: PeersDesk, network: Network, owned: OwnedPeer): Promise<void> {
    await desk.host.startPeer(network, owned.peer.name);
    await joinPeer(desk.session, owned, desk.options.genesisBlock);
    await desk.waitUntilLevel(owned);
}

/** Where a further peer of the organisation is going to be. */
export async function placePeer(
    desk: PeersDesk,
    organization: Organization,
    { role, port }: Pick<NewPeer, 'role' | 'port'>,
): Promise<PeerNode> {
    const folder = identityFolders.peers(desk.options.identitiesDirectory, organization.mspId);
    return choosePlace(desk.network, organization, { role, port, takenNames: await readdir(folder) });
}

/**
 * Makes a peer of a place: its identity, its ledger, which `fill` sees to in a network that has the peer, the chaincode for
 * an endorser, and the announcement. After a failure nothing of it is left.
 */
export async function bringUpPeer(
    desk: PeersDesk,
    owned: OwnedPeer,
    fill: (network: Network) => Promise<void>,
): Promise<OwnedPeer> {
    const { organization, peer } = owned;
    const network = withPeers(desk.network, organization.mspId, [...organization.peers, peer]);
    const { identities, identitiesDirectory, now } = desk.options;
    const issuer = getOrganization(identities, organization.mspId);
    try {
        await writePeerIdentity(identitiesDirectory, issuer, await issuePeerIdentity(issuer, peer, { now: now() }));
        await fill(network);
        if (peer.role === 'endorser') await offerEndorser(desk, network, owned);
        await desk.announce(network);
    } catch (error) {
        await desk.host.removePeer(peer.name);
        const folder = identityFolders.peer(identitiesDirectory, organization.mspId, peer.name);
        await rm(folder, { recursive: true, force: true });
        throw error;
    }
    return owned;
}

/**
 * Gives a peer that has the ledger the chaincode, makes it an anchor beside its organisation's other endorsers, and waits
 * until the endorsers that serve name it in discovery.
 */
export async function offerEndorser(desk: PeersDesk, network: Network, owned: OwnedPeer): Promise<void> {
    const { mspId, chaincodeService } = owned.organization;
    await desk.host.startChaincode(chaincodeService.name);
    await installChaincode(desk.session, owned, desk.packageOf(owned.organization));
    await setAnchorPeers(desk.session, mspId, endorsersOf(network, mspId));
    const others = await desk.servingEndorsers();
    await waitUntilOffered(desk.session, owned, [owned, ...others.filter(({ peer }) => peer.name !== owned.peer.name)]);
}
