import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { findBackend } from '../../network/backends/find-backend';
import type { RunningNetwork } from '../../network/backends/running-network';
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
    console.log(`${running.network.name} is down. ${whatIsLeft(running)}`);
    return exitCodes.kept;
}

function whatIsLeft({ backend, runDirectory }: RunningNetwork): string {
    if (backend === 'embedded') return 'Its ledger was in memory and is gone.';
    if (backend === 'docker') return 'Its containers, networks and volumes are gone, and its ledgers with them.';
    return `Its ledgers and logs are left in ${runDirectory}: the next "up" takes them up again, "up --fresh" begins anew.`;
}
