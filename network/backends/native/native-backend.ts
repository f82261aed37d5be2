import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newPrometheusFiles } from '../../generate/prometheus-files';
import { writeGenerated } from '../../generate/write-generated';
import { advertiseNames } from '../../links/advertise-names';
import type { Network } from '../../topology/network-model';
import { askForChange } from '../ask-control';
import type { BackendError } from '../backend-errors';
import { buildChaincode } from '../build-chaincode';
import { cleanEnvironment } from '../clean-environment';
import { findNode } from '../find-node';
import { nearRaft } from '../near-raft';
import type { NetworkBackend, NodeAct, NodeChange, StartOptions } from '../network-backend';
import { startInProcess, stopNetworkProcess, whyProcessEnded } from '../network-process';
import { prepareKeptNetwork } from '../prepare-network';
import { renewServices } from '../renew-services';
import { isProcessAlive, refreshRunningNetwork, runFiles } from '../running-network';
import type { RunningNetwork } from '../running-network';
import { servicePackages } from '../service-packages';
import { checkBinaries } from './check-binaries';
import { findBinaries } from './find-binaries';
import type { NativeStart } from './native-start';
import { readNativeStatus } from './native-status';
import { newNodeEnded } from './node-ended';
import { nativeFolders } from './node-plan';

/** Nodes that do not end when they are asked to are killed after 5 s. */
const stopDeadlineMs = 12_000;
const processFile = join(__dirname, 'native-process.ts');

/**
 * Runs Fabric's own orderers and peers as processes of this machine, with the chaincode as a service beside them. Ledgers
 * lie in the run directory, from where the next start takes them up again unless it is to begin anew.
 */
export const nativeBackend: NetworkBackend = {
    name: 'native',
    start,
    stop: (running) => stopNetworkProcess(running, stopDeadlineMs),
    whyEnded,
    status: readNativeStatus,
    change,
    logOf: ({ network, runDirectory }, node) => runFiles.nodeLog(runDirectory, findNode(network, node).node.name),
    renewChaincode: (running, directory) => renewServices(running, directory, change),
    packagesOf: servicePackages,
};

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    const { runDirectory } = options;
    const environment = cleanEnvironment(options.environment);
    const binaries = await findBinaries(environment);
    return startInProcess(processFile, options, async (): Promise<NativeStart> => {
        const clear = async (): Promise<void> => {
            await Promise.all(
                nativeFolders.all(runDirectory).map((folder) => rm(folder, { recursive: true, force: true })),
            );
        };
        const [order] = await Promise.all([
            prepareKeptNetwork('native', network, options, {
                raft: nearRaft,
                clear,
                ...(options.links && { advertised: advertiseNames(network) }),
            }),
            buildChaincode(options.chaincodeDirectory),
            checkBinaries(binaries),
            writeScrapeFiles(network, options.runDirectory),
        ]);
        return { ...order, binaries, environment };
    });
}

/** For a Prometheus of this machine. */
async function writeScrapeFiles(network: Network, runDirectory: string): Promise<void> {
    const files = newPrometheusFiles(network, ({ host, operationsPort }) => `${host}:${operationsPort}`);
    await writeGenerated(runDirectory, files, { check: false });
}

async function whyEnded(running: RunningNetwork): Promise<BackendError | undefined> {
    const networkEnded = whyProcessEnded(running);
    if (networkEnded) return networkEnded;
    const { runDirectory, nodePids = {} } = await refreshRunningNetwork(running);
    const dead = Object.entries(nodePids).find(([, pid]) => !isProcessAlive(pid));
    if (!dead) return undefined;
    const [node, pid] = dead;
    return newNodeEnded(node, `process ${pid} is gone`, runFiles.nodeLog(runDirectory, node));
}

async function change(running: RunningNetwork, act: NodeAct, name: string): Promise<NodeChange> {
    return askForChange(running, act, findNode(running.network, name).node.name);
}
