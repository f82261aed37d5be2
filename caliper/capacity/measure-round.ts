import type { RunningNetwork } from '../../network/backends/running-network';
import { processCpuMs } from './process-cpu';
import { runInFlight } from './run-in-flight';

/** Whose CPU a round is asked for. */
export type CpuOf = 'client' | 'network' | 'chaincode';

/** What was carried, in how long, and the CPU of the processes in ms for one transaction. */
export interface Round extends Readonly<Record<CpuOf, number>> {
    readonly total: number;
    readonly seconds: number;
    readonly tps: number;
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
    return newRound(total, seconds, (name) => after[name] - before[name]);
}

/** Several rounds of the same as one: all they carried, in the sum of their times. */
export function asOneRound(rounds: readonly Round[]): Round {
    const sum = (of: (round: Round) => number): number => rounds.reduce((total, round) => total + of(round), 0);
    return newRound(
        sum(({ total }) => total),
        sum(({ seconds }) => seconds),
        (name) => sum((round) => round[name] * round.total),
    );
}

function newRound(total: number, seconds: number, cpuMs: (name: CpuOf) => number): Round {
    const each = (name: CpuOf): number => cpuMs(name) / total;
    const cpu = { client: each('client'), network: each('network'), chaincode: each('chaincode') };
    return { total, seconds, tps: total / seconds, ...cpu };
}

function readCpu({ networkPid, chaincodePids }: RunningNetwork): Record<CpuOf, number> {
    const { user, system } = process.cpuUsage();
    return {
        client: (user + system) / 1000,
        network: processCpuMs(networkPid),
        chaincode: chaincodePids.reduce((sum, pid) => sum + processCpuMs(pid), 0),
    };
}
