import { join } from 'node:path';
import type { Network } from '../topology/network-model';
import { askForChange, askForStatus } from './ask-control';
import { BackendError } from './backend-errors';
import { buildChaincode } from './build-chaincode';
import { findNode } from './find-node';
import type { NetworkBackend, NodeAct, NodeChange, StartOptions } from './network-backend';
import { startInProcess, stopNetworkProcess, whyProcessEnded } from './network-process';
import { prepareNetwork } from './prepare-network';
import { renewServices } from './renew-services';
import { runFiles } from './running-network';
import type { RunningNetwork } from './running-network';
import { servicePackages } from './service-packages';
import { linksOf } from './site-links-of';

const stopDeadlineMs = 5_000;
const processFile = join(__dirname, 'embedded-process.ts');

/** Runs the network in one process of its own, written here, with its chaincodes beside it. State is in memory. */
export const embeddedBackend: NetworkBackend = {
    name: 'embedded',
    start,
    stop: (running) => stopNetworkProcess(running, stopDeadlineMs),
    whyEnded: (running) => Promise.resolve(whyProcessEnded(running)),
    status: async (running) => ({ ...(await askForStatus(running)), ...(await linksOf(running)) }),
    change,
    logOf,
    renewChaincode: (running, directory) => renewServices(running, directory, change),
    packagesOf: servicePackages,
};

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    return startInProcess(processFile, options, async () => {
        const [order] = await Promise.all([
            prepareNetwork(network, options, {}, runFiles.embedded(options.runDirectory)),
            buildChaincode(options.chaincodeDirectory),
        ]);
        return order;
    });
}

async function change(running: RunningNetwork, act: NodeAct, name: string): Promise<NodeChange> {
    const { kind, node } = findNode(running.network, name);
    if (kind !== 'orderer') return askForChange(running, act, node.name);
    const because = 'one sequencer stands for all its orderers';
    throw new BackendError({ code: 'NOT_ON_EMBEDDED', step: `${act} ${node.name} alone`, because });
}

function logOf({ network, runDirectory }: Pick<RunningNetwork, 'network' | 'runDirectory'>, name: string): string {
    const because = `all its nodes write one log, which is ${runFiles.log(runDirectory)}`;
    const step = `show the log of ${findNode(network, name).node.name} alone`;
    throw new BackendError({ code: 'NOT_ON_EMBEDDED', step, because });
}
