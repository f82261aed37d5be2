import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { atPeersDesk } from '../../network/peers/at-peers-desk';
import { reprotect as protectAgain } from '../../network/peers/reprotect';
import { whichNetwork, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

export const reprotect: NetworkAct<typeof whichNetwork> = {
    name: 'reprotect',
    words: ['ORG'],
    usage: "brings an organisation's backup in for an endorser that failed, and makes a new backup",
    options: whichNetwork,
    run: async (values, [organization = '']): Promise<ExitCode> => {
        const running = await requireRunningNetwork(values);
        const act = 'bring a backup in';
        const { failed, broughtIn, newBackup } = await atPeersDesk(running, act, (desk) =>
            protectAgain(desk, organization),
        );
        console.log(`${broughtIn.peer.name} endorses in place of ${failed.join(' and ')}.`);
        console.log(`${newBackup.peer.name} is its new backup, with every block.`);
        return exitCodes.kept;
    },
};
