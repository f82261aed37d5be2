import type { OwnedPeer } from '../admin/admin-session';
import { setAnchorPeers } from '../admin/set-anchor-peers';
import { isPeerServing, waitUntilWithdrawn } from '../admin/channel-readiness';
import type { PeerNode } from '../topology/network-model';
import { addPeer } from './add-peer';
import { endorsersOf, organizationById, peerByName, withPeers } from './change-network';
import type { PeersDesk } from './peers-desk';
import { PeersError } from './peers-errors';

export interface Migration {
    readonly from: OwnedPeer;
    readonly to: OwnedPeer;
}

/**
 * Moves a peer to another place without a break: a new peer of the same role gets the whole ledger first and, as an
 * endorser, the chaincode; clients that connect from then on are given it alone; the anchor moves with it; and only when it
 * has every block that the old one has, the old one is ended. What a client was told is committed is on both. The old one's
 * files stay. Throws BackendError NODE_UNKNOWN,
 * PeersError NOT_A_PEER, NODE_NOT_SERVING, and what `addPeer` throws.
 */
export async function migratePeer(
    desk: PeersDesk,
    node: string,
    { port }: { readonly port?: number | undefined } = {},
): Promise<Migration> {
    const from = peerByName(desk.network, node, 'move');
    const { name } = from.peer;
    const { mspId, id: organizationId } = from.organization;
    if (!(await isPeerServing(from.peer))) {
        throw new PeersError({ code: 'NODE_NOT_SERVING', node: name, forWhat: 'a planned move' });
    }
    const to = await addPeer(desk, { organizationId, role: from.peer.role, port });
    const { peers } = organizationById(desk.network, organizationId);
    const remaining = peers
        .filter((peer) => peer.name !== to.peer.name)
        .map((peer) => (peer.name === name ? to.peer : peer));
    await desk.announce(withPeers(desk.network, mspId, remaining));
    await setAnchorPeers(desk.session, mspId, endorsersOf(desk.network, mspId));
    await withdraw(desk, from);
    await waitUntilHasAllOf(desk, to, from);
    await desk.host.dropPeer(name);
    return { from, to };
}

/** Has an endorser serve on while other peers forget it: a client that is told of it until then still finds it there. */
async function withdraw(desk: PeersDesk, { organization, peer }: OwnedPeer): Promise<void> {
    if (peer.role !== 'endorser') return;
    const { mspId, id } = organization;
    const hidden: PeerNode = { ...peer, role: 'committer' };
    const { peers } = organizationById(desk.network, id);
    await desk.host.startPeer(withPeers(desk.network, mspId, [...peers, hidden]), peer.name);
    await waitUntilWithdrawn(desk.session, { organization, peer }, await desk.servingEndorsers());
}

/** The old one may have been given blocks meanwhile by its own connection to the orderers. */
async function waitUntilHasAllOf(desk: PeersDesk, to: OwnedPeer, from: OwnedPeer): Promise<void> {
    await desk.session.wait(`${to.peer.name} to have every block of ${from.peer.name}`, async () => {
        const wanted = (await desk.heightOf(from.peer)) ?? 0;
        return ((await desk.heightOf(to.peer)) ?? 0) >= wanted;
    });
}
