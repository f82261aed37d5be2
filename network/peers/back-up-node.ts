import { fetchBlocks } from '../admin/fetch-blocks';
import { findNode } from '../backends/find-node';
import type { BackupManifest } from './backup-manifest';
import type { PeersDesk } from './peers-desk';
import { PeersError } from './peers-errors';
import { writeBackup } from './write-backup';

/**
 * Copies every block that a peer or an orderer has at this moment into a new folder, while the node goes on working. Throws
 * BackendError NODE_UNKNOWN, PeersError NO_LEDGER, NODE_NOT_SERVING, and what `writeBackup` throws; AdminError PROPOSAL_REFUSED.
 */
export async function backUpNode(desk: PeersDesk, name: string, folder: string): Promise<BackupManifest> {
    const holder = findNode(desk.network, name);
    const { kind, node, organization } = holder;
    if (kind === 'chaincode') {
        throw new PeersError({ code: 'NO_LEDGER', node: node.name });
    }
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
