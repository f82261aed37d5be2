import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { findBackend } from '../../network/backends/find-backend';
import { chooseRunningNetwork } from '../run-directories';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';

export const down: NetworkAct<typeof whichNetwork> = {
    name: 'down',
    usage: 'takes it down',
    options: whichNetwork,
    run,
};

async function run(values: ActValues<typeof whichNetwork>): Promise<ExitCode> {
    const running = await chooseRunningNetwork(values);
    if (running === undefined) {
        console.log('No network is up: nothing to take down.');
        return exitCodes.kept;
    }
    await findBackend(running.backend).stop(running);
    const left =
        running.backend === 'embedded'
            ? 'Its ledger was in memory and is gone.'
            : `Its ledgers and logs are left in ${running.runDirectory}: the next "up" takes them up again, "up --fresh" begins anew.`;
    console.log(`${running.network.name} is down. ${left}`);
    return exitCodes.kept;
}
