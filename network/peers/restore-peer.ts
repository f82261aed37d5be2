import type { OwnedPeer } from '../admin/admin-session';
import { joinPeer } from '../admin/join-peer';
import { getOrganization } from '../identities/find-identity';
import type { Network } from '../topology/network-model';
import { blockHeaderHash, parseBlock } from '../wire/block';
import { backupFiles } from './backup-manifest';
import { bringUpPeer, placePeer } from './add-peer';
import type { NewPeer } from './add-peer';
import { organizationById } from './change-network';
import type { PeersDesk } from './peers-desk';
import { PeersError } from './peers-errors';
import type { Backup } from './read-backup';
import { serveBackup } from './serve-backup';

/** Blocks offered beyond what the peer has: so many lie in memory. */
const blocksAhead = 200;

export interface Restored extends OwnedPeer {
    /** Blocks that it fetched from the backup: all but block 0, with which it joined. */
    readonly blocksFromBackup: number;
}

/**
 * Adds a peer whose ledger is made from a backup: the backup is served to it in the orderers' place until it has all of its
 * blocks, each of which it checks and validates itself; then it follows the orderers like any other. Throws PeersError
 * BACKUP_INVALID, and what `addPeer` throws.
 */
export async function restorePeer(desk: PeersDesk, backup: Backup, wanted: NewPeer): Promise<Restored> {
    requireSameChannel(desk, backup);
    const organization = organizationById(desk.network, wanted.organizationId);
    const owned = { organization, peer: await placePeer(desk, organization, wanted) };
    let blocksFromBackup = 0;
    await bringUpPeer(desk, owned, async (network) => {
        blocksFromBackup = await fillFromBackup(desk, backup, { network, owned });
        await desk.host.startPeer(network, owned.peer.name);
        await desk.waitUntilLevel(owned);
    });
    return { ...owned, blocksFromBackup };
}

/** Gives the number of blocks that the backup handed out; block 0 is what the peer joined with. */
async function fillFromBackup(
    desk: PeersDesk,
    backup: Backup,
    { network, owned }: { readonly network: Network; readonly owned: OwnedPeer },
): Promise<number> {
    const { identities, genesisBlock, now } = desk.options;
    const server = await serveBackup(backup, getOrganization(identities, owned.organization.mspId), now());
    try {
        await desk.host.startPeer(network, owned.peer.name, { host: server.host, port: server.port });
        await joinPeer(desk.session, owned, genesisBlock);
        const { height } = backup.manifest;
        let reached = 0;
        while (reached < height) {
            server.offerUpTo(reached + blocksAhead);
            const before = reached;
            reached = await desk.session.wait(`${owned.peer.name} to take the backup's blocks`, async () => {
                const now = (await desk.heightOf(owned.peer)) ?? 0;
                return now > before && now;
            });
        }
        return server.delivered;
    } finally {
        await server.stop();
    }
}

/** Block 0 is signed by nobody: it must be this channel's. */
function requireSameChannel({ options: { genesisBlock }, network }: PeersDesk, { folder, manifest }: Backup): void {
    const wanted = blockHeaderHash(parseBlock(genesisBlock).header).toString('hex');
    if (manifest.genesisHash !== wanted) {
        const reason = `it is of another channel than ${network.channel.name} of this network`;
        throw new PeersError({ code: 'BACKUP_INVALID', file: backupFiles.manifest(folder), reason });
    }
}
