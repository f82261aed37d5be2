import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { atPeersDesk } from '../../network/peers/at-peers-desk';
import { organizationByMspId } from '../../network/peers/change-network';
import { readBackup } from '../../network/peers/read-backup';
import { restorePeer } from '../../network/peers/restore-peer';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';
import { newPeerOptions, portOf, roleOf } from './new-peer-options';
import { requireRunningNetwork } from './require-running-network';

const options = { ...whichNetwork, ...newPeerOptions } as const;

export const restore: NetworkAct<typeof options> = {
    name: 'restore',
    words: ['FOLDER'],
    usage: 'adds a peer whose ledger is made from a backup (--org, --role, --port)',
    options,
    run: (values, [folder = '']) => run(values, folder),
};

async function run(values: ActValues<typeof options>, folder: string): Promise<ExitCode> {
    const [role, port] = [roleOf(values), portOf(values)];
    const running = await requireRunningNetwork(values);
    const restored = await atPeersDesk(running, 'be restored', async (desk) => {
        const backup = await readBackup(folder);
        const organizationId = values.org ?? organizationByMspId(desk.network, backup.manifest.node.mspId).id;
        return restorePeer(desk, backup, { organizationId, role, port });
    });
    const { peer, blocksFromBackup } = restored;
    console.log(`${peer.name} is up at ${peer.host}:${peer.port}: ${peer.role}, with every block.`);
    console.log(`It took block 0 and ${blocksFromBackup} more from the backup, the others from the orderers.`);
    return exitCodes.kept;
}
