import type { OwnedPeer } from '../admin/admin-session';
import { isPeerServing, waitUntilWithdrawn } from '../admin/channel-readiness';
import type { PeerNode } from '../topology/network-model';
import { addPeer, offerEndorser } from './add-peer';
import { organizationById, withPeers } from './change-network';
import type { PeersDesk } from './peers-desk';
import { PeersError } from './peers-errors';

export interface ReprotectOptions {
    /** Names of the endorsers that are given up; left out, all that do not serve. One that serves again is not given up. */
    readonly lost?: readonly string[];
    /** Hears of each step when it is done. */
    readonly log?: (line: string) => void;
}

export interface Reprotection {
    /** Endorsers that no longer served; the network has them no more, and their files stay. */
    readonly failed: readonly string[];
    /** The backup that endorses now. */
    readonly broughtIn: OwnedPeer;
    /** The backup that was made for it. */
    readonly newBackup: OwnedPeer;
}

/**
 * Brings an organisation's backup in for an endorser that has failed, and makes a new backup. The order is: the failed one
 * is ended for certain, the backup gets the chaincode, becomes an anchor in the failed one's place and is offered to clients, and
 * only then another backup is added. Throws PeersError PRIMARY_SERVES, NO_BACKUP_PEER, ORGANIZATION_ID_UNKNOWN, and
 * what `addPeer` throws.
 */
export async function reprotect(
    desk: PeersDesk,
    organizationId: string,
    { lost, log = () => undefined }: ReprotectOptions = {},
): Promise<Reprotection> {
    const organization = organizationById(desk.network, organizationId);
    const { mspId, id } = organization;
    const states = await Promise.all(
        organization.peers.map(async (peer) => ({ peer, serves: await isPeerServing(peer) })),
    );
    const failed = states
        .filter(({ peer, serves }) => peer.role === 'endorser' && !serves && (lost?.includes(peer.name) ?? true))
        .map(({ peer }) => peer);
    const [someEndorser] = organization.peers;
    if (failed.length === 0) {
        throw new PeersError({ code: 'PRIMARY_SERVES', organization: id, node: someEndorser?.name ?? id });
    }
    const backup = states.find(({ peer, serves }) => peer.role === 'backup' && serves)?.peer;
    if (!backup) throw new PeersError({ code: 'NO_BACKUP_PEER', organization: id });
    for (const { name } of failed) await desk.host.dropPeer(name);
    log(`${failed.map(({ name }) => name).join(' and ')} is ended for certain`);
    const promoted: PeerNode = { ...backup, role: 'endorser' };
    const others = organization.peers.filter((peer) => peer !== backup && !failed.includes(peer));
    const network = withPeers(desk.network, mspId, [promoted, ...others]);
    const broughtIn = { organization, peer: promoted };
    await desk.host.startPeer(network, promoted.name);
    await desk.waitUntilLevel(broughtIn);
    await offerEndorser(desk, network, broughtIn);
    await desk.announce(network);
    log(`${promoted.name}, its backup, has every block and endorses in its place`);
    const serving = await desk.servingEndorsers();
    for (const peer of failed) await waitUntilWithdrawn(desk.session, { organization, peer }, serving);
    log(`no peer names ${failed.map(({ name }) => name).join(' or ')} to clients any more`);
    const newBackup = await addPeer(desk, { organizationId, role: 'backup' });
    log(`${newBackup.peer.name} is the new backup, with every block`);
    return { failed: failed.map(({ name }) => name), broughtIn, newBackup };
}
