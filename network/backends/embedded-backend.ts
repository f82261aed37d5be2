import { get } from 'node:http';
import { join } from 'node:path';
import type { Network } from '../topology/network-model';
import { BackendError } from './backend-errors';
import { buildChaincode } from './build-chaincode';
import type { NetworkBackend, NetworkStatus, StartOptions } from './network-backend';
import { startInProcess, stopNetworkProcess, whyProcessEnded } from './network-process';
import { prepareNetwork } from './prepare-network';
import type { RunningNetwork } from './running-network';

const stopDeadlineMs = 5_000;
const statusDeadlineMs = 5_000;
const processFile = join(__dirname, 'embedded-process.ts');

/** Runs the network in one process of its own, written here, with its chaincodes beside it. State is in memory. */
export const embeddedBackend: NetworkBackend = {
    name: 'embedded',
    start,
    stop: (running) => stopNetworkProcess(running, stopDeadlineMs),
    whyEnded: (running) => Promise.resolve(whyProcessEnded(running)),
    status,
};

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    return startInProcess(processFile, options, async () => {
        const [order] = await Promise.all([
            prepareNetwork(network, options),
            buildChaincode(options.chaincodeDirectory),
        ]);
        return order;
    });
}

async function status(running: RunningNetwork): Promise<NetworkStatus> {
    const [peer] = running.network.organizations[0]?.peers ?? [];
    const { runDirectory } = running;
    return new Promise((resolve, reject) => {
        const failed = (cause: unknown): void => {
            reject(new BackendError({ code: 'NETWORK_NOT_UP', runDirectory }, { cause }));
        };
        const target = { host: peer?.host, port: peer?.operationsPort, path: '/status', timeout: statusDeadlineMs };
        get(target, (response) => {
            response.setEncoding('utf8');
            let text = '';
            response.on('data', (chunk: string) => (text += chunk));
            response.on('end', () => {
                resolve(JSON.parse(text) as NetworkStatus);
            });
        }).on('error', failed);
    });
}
