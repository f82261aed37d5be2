import { join } from 'node:path';
import { metricOf, readMetrics } from '../../admin/read-operations';
import { insideDocker, outsideDocker, serviceNames } from '../../generate/compose-names';
import type { Network, OrdererNode, PeerNode } from '../../topology/network-model';
import { BackendError } from '../backend-errors';
import type { NetworkBackend, NetworkStatus, NodeStatus, StartOptions } from '../network-backend';
import { nearRaft } from '../near-raft';
import { startInProcess, stopNetworkProcess, whyProcessEnded } from '../network-process';
import { prepareNetwork } from '../prepare-network';
import { findRunningNetwork, isProcessAlive } from '../running-network';
import type { RunningNetwork } from '../running-network';
import { ComposeProject } from './compose-project';
import { findDocker } from './docker-programs';
import type { DockerStart } from './docker-start';
import { whyContainerEnded } from './why-container-ended';

/** Images may have to be fetched and made. */
const defaultDeadlineMs = 20 * 60_000;
const stopDeadlineMs = 60_000;
const processFile = join(__dirname, 'docker-process.ts');

/** Runs Fabric's own images, and the chaincode in one of ours, by Compose; ledgers lie in volumes and go with `down`. */
export const dockerBackend: NetworkBackend = { name: 'docker', start, stop, whyEnded, status };

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    const programs = await findDocker(options.environment);
    await removeLeft(options.runDirectory);
    const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
    return startInProcess(processFile, { ...options, deadlineMs }, async (): Promise<DockerStart> => {
        const seenFromHere = outsideDocker(network);
        const order = await prepareNetwork(insideDocker(network), options, { raft: nearRaft, seenFromHere });
        return { ...order, programs, observers: options.observers ?? [] };
    });
}

/** What a process that was killed left of a Docker network in this run directory. */
async function removeLeft(runDirectory: string): Promise<void> {
    const left = await findRunningNetwork(runDirectory);
    if (left?.docker && !isProcessAlive(left.networkPid)) await projectOf(left)?.down();
}

async function stop(running: RunningNetwork): Promise<void> {
    const project = projectOf(running);
    await stopNetworkProcess(running, stopDeadlineMs);
    if (project && (await project.containers()).length > 0) await project.down();
}

async function whyEnded(running: RunningNetwork): Promise<BackendError | undefined> {
    const project = projectOf(running);
    return whyProcessEnded(running) ?? (project && (await whyContainerEnded(project)));
}

async function status(running: RunningNetwork): Promise<NetworkStatus> {
    const { network, runDirectory, startedAtMs } = running;
    const containers = (await projectOf(running)?.containers()) ?? [];
    if (containers.length === 0) throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    const runningServices = new Set(
        containers.filter(({ state }) => state === 'running').map(({ service }) => service),
    );
    const seen = await Promise.all(
        network.organizations.flatMap((organization) => {
            const hasChaincode = runningServices.has(serviceNames.chaincode(organization));
            return [
                readNode(organization.orderer, network, { kind: 'orderer', hasChaincode: false }),
                ...organization.peers.map((peer) => readNode(peer, network, { kind: 'peer', hasChaincode })),
            ];
        }),
    );
    const total = (value: (usage: NodeUsage) => number): number =>
        seen.reduce((sum, { usage }) => sum + value(usage), 0);
    return {
        stateIn: 'volumes',
        startedAtMs,
        memoryMb: Math.round(total(({ memoryMb }) => memoryMb)),
        cpuMs: total(({ cpuMs }) => cpuMs),
        nodes: seen.map(({ node }) => node),
    };
}

interface NodeUsage {
    readonly memoryMb: number;
    readonly cpuMs: number;
}

/** The node's own word of its height, memory and CPU: what runs in a container is no process of this machine everywhere. */
async function readNode(
    node: OrdererNode | PeerNode,
    { channel }: Network,
    known: Pick<NodeStatus, 'kind' | 'hasChaincode'>,
): Promise<{ readonly node: NodeStatus; readonly usage: NodeUsage }> {
    const metrics = (await readMetrics(node)) ?? '';
    const height = metricOf(metrics, `ledger_blockchain_height{channel="${channel.name}"}`);
    const { name, host, port } = node;
    return {
        node: { ...known, name, endpoint: `${host}:${port}`, height, acceptedConnections: undefined },
        usage: {
            memoryMb: (metricOf(metrics, 'process_resident_memory_bytes') ?? 0) / 1024 / 1024,
            cpuMs: (metricOf(metrics, 'process_cpu_seconds_total') ?? 0) * 1000,
        },
    };
}

function projectOf({ network, runDirectory, docker }: RunningNetwork): ComposeProject | undefined {
    return docker && new ComposeProject(network, runDirectory, docker);
}
