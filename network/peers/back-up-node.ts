import { fetchBlocks } from '../admin/fetch-blocks';
import type { BlockHolder } from '../admin/fetch-blocks';
import type { BackupManifest } from './backup-manifest';
import type { PeersDesk } from './peers-desk';
import { PeersError } from './peers-errors';
import { writeBackup } from './write-backup';

/**
 * Copies every block that a peer or an orderer has at this moment into a new folder, while the node goes on working. Throws
 * PeersError NODE_NOT_SERVING, and what `writeBackup` throws; AdminError BLOCKS_REFUSED.
 */
export async function backUpNode(desk: PeersDesk, holder: BlockHolder, folder: string): Promise<BackupManifest> {
    const { kind, node, organization } = holder;
    if ((await desk.heightOf(node)) === undefined) {
        throw new PeersError({ code: 'NODE_NOT_SERVING', node: node.name, forWhat: 'a backup of it' });
    }
    const source = {
        network: desk.network.name,
        channel: desk.network.channel.name,
        node: { name: node.name, kind, mspId: organization.mspId },
        blocks: fetchBlocks(desk.session, holder),
    };
    return writeBackup(source, folder, { now: desk.options.now() });
}
