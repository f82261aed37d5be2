import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { BackendError } from '../../network/backends/backend-errors';
import { findBackend } from '../../network/backends/find-backend';
import { readWatch } from '../../network/peers/watch-record';
import { listChosenNetworks, runDirectoryOf } from '../run-directories';
import { describeLinks } from './describe-links';
import { describeBackendOf, describeNodes, whereLedgersAre } from './describe-network';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';

export const status: NetworkAct<typeof whichNetwork> = {
    name: 'status',
    usage: 'tells how it is',
    options: whichNetwork,
    run,
};

async function run(values: ActValues<typeof whichNetwork>): Promise<ExitCode> {
    const shown = await listChosenNetworks(values);
    if (shown.length === 0) {
        const runDirectory = runDirectoryOf(values.topology ?? '*');
        throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    }
    for (const running of shown) {
        const found = await findBackend(running.backend).status(running);
        console.log(`${running.network.name}: ${running.network.title}, up since ${ago(running.startedAtMs)}`);
        console.log([describeNodes(running, found), ...describeLinks(found.links)].join('\n'));
        const watch = await readWatch(running.runDirectory);
        if (watch) console.log(`  watched by process ${watch.pid}: ${watch.lastLine}`);
        console.log(`${describeBackendOf(running)} ${whereLedgersAre[found.stateIn]}`);
    }
    return exitCodes.kept;
}

function ago(startedAtMs: number): string {
    return `${new Date(startedAtMs).toISOString()} (${((Date.now() - startedAtMs) / 60_000).toFixed(1)} min)`;
}
