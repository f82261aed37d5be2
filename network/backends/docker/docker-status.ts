import { metricOf, readMetrics } from '../../admin/read-operations';
import { serviceOfNode } from '../../generate/compose-names';
import { listNodes } from '../../topology/list-nodes';
import type { OwnedNode } from '../../topology/list-nodes';
import { BackendError } from '../backend-errors';
import type { NetworkStatus, NodeState, NodeStatus, ProcessStatus } from '../network-backend';
import { refreshRunningNetwork } from '../running-network';
import type { RunningNetwork } from '../running-network';
import type { ComposeProject } from './compose-project';

/**
 * How a network in containers is, by Docker and by each node's own word: memory and CPU are what orderers and peers tell
 * of themselves, since a container is not everywhere a process of this machine. Throws NETWORK_NOT_UP.
 */
export async function readDockerStatus(
    given: RunningNetwork,
    project: ComposeProject | undefined,
): Promise<NetworkStatus> {
    const running = await refreshRunningNetwork(given);
    const { network, runDirectory, startedAtMs, stoppedNodes = [] } = running;
    const containers = (await project?.containers()) ?? [];
    if (containers.length === 0) throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    const up = new Set(containers.filter(({ state }) => state === 'running').map(({ service }) => service));
    const stateOf = (node: string): NodeState => {
        if (up.has(serviceOfNode(network, node) ?? node)) return 'up';
        return stoppedNodes.includes(node) ? 'stopped' : 'ended';
    };
    const owned = listNodes(network).map((each): [OwnedNode, ProcessStatus] => {
        const { name, host, port } = each.node;
        return [each, { name, endpoint: `${host}:${port}`, state: stateOf(name) }];
    });
    const reading = owned.flatMap(([each, process]) => {
        if (each.kind === 'chaincode') return [];
        const hasChaincode = each.kind === 'peer' && stateOf(each.organization.chaincodeService.name) === 'up';
        return [readNode(each, network.channel.name, process, hasChaincode)];
    });
    const nodes = await Promise.all(reading);
    return {
        stateIn: 'volumes',
        startedAtMs,
        memoryMb: nodes.reduce((sum, { memoryMb = 0 }) => sum + memoryMb, 0),
        cpuMs: nodes.reduce((sum, { cpuMs = 0 }) => sum + cpuMs, 0),
        nodes,
        chaincodes: owned.filter(([{ kind }]) => kind === 'chaincode').map(([, process]) => process),
    };
}

async function readNode(
    { kind, node }: Exclude<OwnedNode, { readonly kind: 'chaincode' }>,
    channel: string,
    process: ProcessStatus,
    hasChaincode: boolean,
): Promise<NodeStatus> {
    const metrics = process.state === 'up' ? await readMetrics(node) : undefined;
    const read = (series: string): number | undefined =>
        metrics === undefined ? undefined : metricOf(metrics, series);
    const memoryBytes = read('process_resident_memory_bytes');
    const cpuSeconds = read('process_cpu_seconds_total');
    const common = {
        ...process,
        height: read(`ledger_blockchain_height{channel="${channel}"}`),
        acceptedConnections: undefined,
        hasChaincode,
        ...(memoryBytes === undefined ? {} : { memoryMb: Math.round(memoryBytes / 1024 / 1024) }),
        ...(cpuSeconds === undefined ? {} : { cpuMs: cpuSeconds * 1000 }),
    };
    if (kind === 'peer') return { ...common, kind, role: node.role };
    const leads = read(`consensus_etcdraft_is_leader{channel="${channel}"}`);
    const raft = leads === 1 ? ('leader' as const) : ('follower' as const);
    return { ...common, kind, role: 'orderer', ...(leads === undefined ? {} : { raft }) };
}
