import { join } from 'node:path';
import { metricOf, readMetrics } from '../../admin/read-operations';
import type { RaftOptions } from '../../wire/config-values';
import type { Network, OrdererNode, PeerNode } from '../../topology/network-model';
import { BackendError } from '../backend-errors';
import { buildChaincode } from '../build-chaincode';
import { cleanEnvironment } from '../clean-environment';
import { lastLinesOf } from '../last-lines';
import type { NetworkBackend, NetworkStatus, NodeStatus, StartOptions } from '../network-backend';
import { startInProcess, stopNetworkProcess, whyProcessEnded } from '../network-process';
import { prepareNetwork } from '../prepare-network';
import { isProcessAlive, runFiles } from '../running-network';
import type { RunningNetwork } from '../running-network';
import { findBinaries } from './find-binaries';
import type { NativeStart } from './native-start';
import { readUsage } from './process-usage';

/** Nodes that do not end when they are asked to are killed after 5 s. */
const stopDeadlineMs = 12_000;
const processFile = join(__dirname, 'native-process.ts');

/** Between processes of one machine a leader is missed after 1 s rather than 5. */
const raft: RaftOptions = {
    tickIntervalMs: 100,
    electionTicks: 10,
    heartbeatTicks: 1,
    maxInflightBlocks: 5,
    snapshotIntervalBytes: 16 * 1024 * 1024,
};

/**
 * Runs Fabric's own orderers and peers as processes of this machine, with the chaincode as a service beside them. Ledgers
 * lie in the run directory and are a new network's at each start.
 */
export const nativeBackend: NetworkBackend = {
    name: 'native',
    start,
    stop: (running) => stopNetworkProcess(running, stopDeadlineMs),
    whyEnded: (running) => Promise.resolve(whyProcessEnded(running) ?? whyNodeEnded(running)),
    status,
};

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    const environment = cleanEnvironment(options.environment);
    const binaries = await findBinaries(environment);
    return startInProcess(processFile, options, async (): Promise<NativeStart> => {
        const [order] = await Promise.all([
            prepareNetwork(network, options, { raft }),
            buildChaincode(options.chaincodeDirectory),
        ]);
        return { ...order, binaries, environment };
    });
}

/** NODE_ENDED for the first node that is no longer there, though nobody stopped it. */
function whyNodeEnded({ runDirectory, nodePids = {} }: RunningNetwork): BackendError | undefined {
    const dead = Object.entries(nodePids).find(([, pid]) => !isProcessAlive(pid));
    if (!dead) return undefined;
    const [node, pid] = dead;
    const logFile = runFiles.nodeLog(runDirectory, node);
    const reason = `process ${pid} is gone`;
    return new BackendError({ code: 'NODE_ENDED', node, reason, logFile, lastLines: lastLinesOf(logFile) });
}

async function status(running: RunningNetwork): Promise<NetworkStatus> {
    const { network, runDirectory, networkPid, nodePids = {}, chaincodePids, startedAtMs } = running;
    if (!isProcessAlive(networkPid)) throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    const channel = network.channel.name;
    const nodes = network.organizations.flatMap(({ orderer, peers }, index) => {
        const chaincodePid = chaincodePids[index];
        const hasChaincode = chaincodePid !== undefined && isProcessAlive(chaincodePid);
        return [
            readNode(orderer, channel, { kind: 'orderer', hasChaincode: false }),
            ...peers.map((peer) => readNode(peer, channel, { kind: 'peer', hasChaincode })),
        ];
    });
    const usage = await readUsage([networkPid, ...Object.values(nodePids), ...chaincodePids]);
    return { stateIn: 'disk', startedAtMs, ...usage, nodes: await Promise.all(nodes) };
}

/** The node's own word; a real node does not tell how many connections it accepted. */
async function readNode(
    node: OrdererNode | PeerNode,
    channel: string,
    known: Pick<NodeStatus, 'kind' | 'hasChaincode'>,
): Promise<NodeStatus> {
    const metrics = await readMetrics(node);
    const height =
        metrics === undefined ? undefined : metricOf(metrics, `ledger_blockchain_height{channel="${channel}"}`);
    return { ...known, name: node.name, endpoint: `${node.host}:${node.port}`, height, acceptedConnections: undefined };
}
