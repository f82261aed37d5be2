import { join, resolve } from 'node:path';
import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { atPeersDesk } from '../../network/peers/at-peers-desk';
import { backUpNode } from '../../network/peers/back-up-node';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

const options = {
    ...whichNetwork,
    to: { type: 'string', value: 'FOLDER', usage: 'where backup writes; left out: below the run directory' },
} as const;

export const backup: NetworkAct<typeof options> = {
    name: 'backup',
    words: ['NODE'],
    usage: "copies a peer's or an orderer's blocks into a folder, each checked",
    options,
    run: (values, [node = '']) => run(values, node),
};

async function run(values: ActValues<typeof options>, node: string): Promise<ExitCode> {
    const running = await requireRunningNetwork(values);
    const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
    const folder = resolve(values.to ?? join(running.runDirectory, 'backups', `${node}-${time}`));
    const manifest = await atPeersDesk(running, 'be backed up', (desk) => backUpNode(desk, node, folder));
    console.log(
        `${manifest.height} blocks of ${manifest.node.name} are in ${folder}, newest hash ${manifest.newestHash}.`,
    );
    return exitCodes.kept;
}
