import type { NetworkStatus } from '../../network/backends/network-backend';
import type { RunningNetwork } from '../../network/backends/running-network';

export const whereLedgersAre: Readonly<Record<NetworkStatus['stateIn'], string>> = {
    memory: 'Its ledger is in memory only: it is lost when the network goes down.',
    disk: 'Its ledgers lie in its run directory until the next "up".',
};

/** A line for each node, and one for the whole. */
export function describeNodes({ network, networkPid }: RunningNetwork, found: NetworkStatus): string {
    const width = Math.max(...found.nodes.map(({ name }) => name.length));
    const lines = found.nodes.map(({ name, kind, endpoint, height, hasChaincode }) => {
        const chaincode = kind === 'peer' ? (hasChaincode ? `, runs ${network.chaincode.name}` : ', no chaincode') : '';
        const blocks = height === undefined ? 'does not answer' : `${height} blocks`;
        return `  ${name.padEnd(width)}  ${endpoint}  ${blocks}${chaincode}`;
    });
    const process = `  process ${networkPid}, ${found.memoryMb.toFixed(0)} MB of memory`;
    return [`  channel ${network.channel.name}, chaincode ${network.chaincode.name}`, ...lines, process].join('\n');
}

export function describeBackendOf({ backend }: RunningNetwork): string {
    return backend === 'embedded'
        ? 'This is the embedded network, not Hyperledger Fabric.'
        : `This is Hyperledger Fabric (${backend}).`;
}
