import type { RunningNetwork } from '../../network/backends/running-network';
import { processCpuMs } from './process-cpu';
import { runInFlight } from './run-in-flight';

/** One round: what it carried, and the CPU of the processes in ms for one transaction. */
export interface Round {
    readonly tps: number;
    readonly client: number;
    readonly network: number;
    readonly chaincode: number;
}

/** Sends so many, always so many of them at once, on a network that carries nothing else. */
export async function measureRound(
    running: RunningNetwork,
    { total, inFlight }: { readonly total: number; readonly inFlight: number },
    send: (index: number) => Promise<unknown>,
): Promise<Round> {
    const before = readCpu(running);
    const startedMs = performance.now();
    await runInFlight({ total, inFlight }, send);
    const seconds = (performance.now() - startedMs) / 1000;
    const after = readCpu(running);
    const each = (name: keyof typeof after): number => (after[name] - before[name]) / total;
    return { tps: total / seconds, client: each('client'), network: each('network'), chaincode: each('chaincode') };
}

function readCpu({ networkPid, chaincodePids }: RunningNetwork): Record<'client' | 'network' | 'chaincode', number> {
    const { user, system } = process.cpuUsage();
    return {
        client: (user + system) / 1000,
        network: processCpuMs(networkPid),
        chaincode: chaincodePids.reduce((sum, pid) => sum + processCpuMs(pid), 0),
    };
}
