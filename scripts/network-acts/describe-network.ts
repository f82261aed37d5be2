import type { NetworkStatus, NodeStatus, ProcessStatus } from '../../network/backends/network-backend';
import type { RunningNetwork } from '../../network/backends/running-network';

export const whereLedgersAre: Readonly<Record<NetworkStatus['stateIn'], string>> = {
    memory: 'Its ledger is in memory only: it is lost when the network goes down.',
    disk: 'Its ledgers lie in its run directory; "down" leaves them there.',
    volumes: 'Its ledgers lie in volumes of Docker and go with the network.',
};

/** A line for each node and each chaincode service, and one for the whole. */
export function describeNodes({ network, networkPid }: RunningNetwork, found: NetworkStatus): string {
    const { nodes, chaincodes = [] } = found;
    const rows = [
        ...nodes.map((node) => [
            node.name,
            node.endpoint,
            node.raft ?? node.role,
            stateOf(node, heightOf(node)),
            describeUse(node),
            node.kind === 'peer' && node.state === 'up' ? describeChaincode(network.chaincode.name, node) : '',
        ]),
        ...chaincodes.map((service) => [
            service.name,
            service.endpoint,
            'chaincode',
            stateOf(service, 'up'),
            describeUse(service),
            '',
        ]),
    ];
    const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const lines = rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
    const whole = `  process ${networkPid}, ${found.memoryMb.toFixed(0)} MB of memory, ${seconds(found.cpuMs)} of CPU in all`;
    return [`  channel ${network.channel.name}, chaincode ${network.chaincode.name}`, ...lines, whole].join('\n');
}

function stateOf({ state, lastLine }: ProcessStatus, whenUp: string): string {
    if (state === 'up') return whenUp;
    if (state === 'stopped') return 'stopped';
    return `ended by itself${lastLine === undefined ? '' : ` (${lastLine.slice(0, 160)})`}`;
}

function heightOf({ height }: NodeStatus): string {
    return height === undefined ? 'does not answer' : `${height} blocks`;
}

/** What it uses of the machine, where it is a process of its own. */
function describeUse({ pid, memoryMb = 0, cpuMs = 0 }: ProcessStatus): string {
    return pid === undefined ? '' : `process ${pid}, ${memoryMb.toFixed(0)} MB, ${seconds(cpuMs)} CPU`;
}

function describeChaincode(name: string, { hasChaincode }: NodeStatus): string {
    return hasChaincode ? `runs ${name}` : 'no chaincode';
}

function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(1)} s`;
}

export function describeBackendOf({ backend }: RunningNetwork): string {
    return backend === 'embedded'
        ? 'This is the embedded network, not Hyperledger Fabric.'
        : `This is Hyperledger Fabric (${backend}).`;
}
