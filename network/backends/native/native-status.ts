import { metricOf, readMetrics } from '../../admin/read-operations';
import type { OperationsEndpoint } from '../../admin/read-operations';
import { listNodes } from '../../topology/list-nodes';
import type { OwnedNode } from '../../topology/list-nodes';
import { BackendError } from '../backend-errors';
import { lastLinesOf } from '../last-lines';
import type { NetworkStatus, NodeStatus, ProcessStatus } from '../network-backend';
import { isProcessAlive, refreshRunningNetwork, runFiles } from '../running-network';
import type { RunningNetwork } from '../running-network';
import { linksOf } from '../site-links-of';
import { readUsage, sumUsage } from './process-usage';
import type { ProcessUsage } from './process-usage';

/** How a native network is, by its record, the kernel, and each node's own word. Throws NETWORK_NOT_UP. */
export async function readNativeStatus(given: RunningNetwork): Promise<NetworkStatus> {
    const running = await refreshRunningNetwork(given);
    const { network, runDirectory, networkPid, startedAtMs } = running;
    if (!isProcessAlive(networkPid)) throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory });
    const owned = listNodes(network);
    const processes = new Map(
        await Promise.all(owned.map(async ({ node }) => [node.name, await readProcess(running, node)] as const)),
    );
    const isUp = ({ name }: { readonly name: string }): boolean => processes.get(name)?.state === 'up';
    const nodes = owned.flatMap((each) => {
        const process = processes.get(each.node.name);
        if (each.kind === 'chaincode' || !process) return [];
        const endorses = each.kind === 'peer' && each.node.role === 'endorser';
        const hasChaincode = endorses && isUp(each.organization.chaincodeService);
        return [readNode(each, network.channel.name, process, hasChaincode)];
    });
    const usages = [...processes.values()].map(({ memoryMb = 0, cpuMs = 0 }): ProcessUsage => ({ memoryMb, cpuMs }));
    const total = sumUsage([await readUsage(networkPid), ...usages]);
    const services = owned.filter(({ kind }) => kind === 'chaincode').map(({ node }) => processes.get(node.name));
    return {
        stateIn: 'disk',
        startedAtMs,
        ...total,
        nodes: await Promise.all(nodes),
        chaincodes: services.filter((service) => service !== undefined),
        ...(await linksOf(running)),
    };
}

async function readProcess(
    { runDirectory, nodePids = {}, stoppedNodes = [] }: RunningNetwork,
    { name, host, port }: OwnedNode['node'],
): Promise<ProcessStatus> {
    const place = { name, endpoint: `${host}:${port}` };
    const pid = nodePids[name];
    if (pid === undefined || stoppedNodes.includes(name)) return { ...place, state: 'stopped' };
    if (!isProcessAlive(pid)) {
        const lastLine = lastLinesOf(runFiles.nodeLog(runDirectory, name)).at(-1);
        return { ...place, state: 'ended', ...(lastLine === undefined ? {} : { lastLine }) };
    }
    return { ...place, state: 'up', pid, ...(await readUsage(pid)) };
}

/** The node's own word; a real node does not tell how many connections it accepted. */
async function readNode(
    { kind, node }: Exclude<OwnedNode, { readonly kind: 'chaincode' }>,
    channel: string,
    process: ProcessStatus,
    hasChaincode: boolean,
): Promise<NodeStatus> {
    const metrics = process.state === 'up' ? await readMetrics(node satisfies OperationsEndpoint) : undefined;
    const read = (metric: string): number | undefined =>
        metrics === undefined ? undefined : metricOf(metrics, `${metric}{channel="${channel}"}`);
    const common = {
        ...process,
        height: read('ledger_blockchain_height'),
        acceptedConnections: undefined,
        hasChaincode,
    };
    if (kind === 'peer') return { ...common, kind, role: node.role };
    const leads = read('consensus_etcdraft_is_leader');
    return {
        ...common,
        kind,
        role: 'orderer',
        ...(leads === undefined ? {} : { raft: leads === 1 ? 'leader' : 'follower' }),
    };
}
