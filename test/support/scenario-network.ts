import type { RunningNetwork } from '../../network/backends/running-network';
import { waitUntil } from '../../network/backends/wait-until';
import type { Medium, Network } from '../../network/topology/network-model';
import { aTerminal } from './a-network';
import { aNetworkOnFreePorts } from './a-network-on-free-ports';
import type { BackEnd } from './back-ends';

const everybody = ['DispatchMSP', 'PrimaryMSP', 'SwitchingMSP'];

export const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};

/** Three organisations, all of which may have dispatchers, with a feeder terminal in each substation. */
export async function aControlledNetwork(): Promise<Network> {
    const network = await aNetworkOnFreePorts({
        media: [epon],
        terminals: [
            { ...aTerminal('FTU-S001', 'PrimaryMSP'), kind: 'FTU', line: '12' },
            { ...aTerminal('FTU-S002', 'SwitchingMSP'), kind: 'FTU', line: '13' },
        ],
        roleHolders: { operator: everybody, dispatcher: everybody, supervisor: ['DispatchMSP'] },
    });
    const blockCutting = { ...network.channel.blockCutting, timeoutMs: 50 };
    return { ...network, channel: { ...network.channel, blockCutting } };
}

/** Waits until something was found, at most as long as the test may take. */
export async function until<T>(forWhat: string, found: () => T | undefined | false): Promise<T> {
    return waitUntil(found, { deadlineMs: 30_000, forWhat });
}

/** Waits until all peers have the same blocks: a commit was heard of one, and the next call may be endorsed by others. */
export async function peersInStep({ backend }: BackEnd, running: RunningNetwork): Promise<void> {
    const isEven = async (): Promise<boolean> => {
        const { nodes } = await backend.status(running);
        return new Set(nodes.filter(({ kind }) => kind === 'peer').map(({ height }) => height)).size === 1;
    };
    await waitUntil(isEven, { deadlineMs: 10_000, forWhat: 'all peers to be at one height' });
}
