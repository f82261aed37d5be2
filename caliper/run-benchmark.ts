import { join } from 'node:path';
import type { Network } from '../network/topology/network-model';
import { planDrill } from './drill/plan-drill';
import type { RunRecord } from './report/run-record';
import { runRecordSchema } from './report/run-record';
import type { ConnectorKind } from './rounds/operations';
import type { Suite } from './rounds/plan-rounds';
import { planRounds } from './rounds/plan-rounds';
import { takeBenchmarkLock } from './run/benchmark-lock';
import type { ShowProgress } from './run/benchmark-progress';
import { readMachine, readVersions } from './run/machine-facts';
import type { StartNetwork } from './run/network-under-test';
import { runTopology } from './run/run-topology';
import type { TopologyOutcome } from './run/run-topology';

export interface BenchmarkOptions {
    /** One after the other; their `seed` is the run's. */
    readonly networks: readonly [Network, ...Network[]];
    readonly suite: Suite;
    /** In place of the suite's; transactions a second. */
    readonly rates?: readonly number[] | undefined;
    /** Of each round. */
    readonly transactions: number;
    readonly connector: ConnectorKind;
    /** Why no run ends with a drill; undefined where each that can does. */
    readonly withoutDrill: string | undefined;
    /** Files of the run; absolute. */
    readonly directory: string;
    readonly projectRoot: string;
    /** Handed to every process that is started: without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    readonly start: StartNetwork;
    /** Aborted: everything that was started is ended, and CaliperError `BENCH_INTERRUPTED` is thrown. */
    readonly signal: AbortSignal;
    readonly progress: ShowProgress;
}

/**
 * Measures the acts, set and query on each topology, and what its main station's loss costs. All rounds are planned before anything starts, so bad input costs nothing.
 * Gives the record of what was measured; what it is worth, the report decides. Throws CaliperError, and whatever the back
 * end and the client throw when the network does not come up.
 */
export async function runBenchmark(options: BenchmarkOptions): Promise<RunRecord> {
    const { networks, suite, connector, rates, transactions, withoutDrill: without } = options;
    const planned = networks.map((network) => {
        const plan = planRounds({ network, suite, connector, rates, transactions });
        return { network, plan, drill: planDrill({ network, suite, connector, without }) };
    });
    const lock = takeBenchmarkLock(join(options.directory, 'benchmark.lock'));
    const startedAt = new Date().toISOString();
    try {
        const outcomes: TopologyOutcome[] = [];
        for (const { network, plan, drill } of planned) {
            const directory = join(options.directory, network.name);
            outcomes.push(await runTopology({ ...options, network, plan, drill, directory }));
        }
        return newRunRecord(options, outcomes, startedAt);
    } finally {
        lock.release();
    }
}

function newRunRecord(options: BenchmarkOptions, outcomes: readonly TopologyOutcome[], startedAt: string): RunRecord {
    const { networks, suite, connector, projectRoot } = options;
    const [{ limits, seed }] = networks;
    return runRecordSchema.parse({
        schemaVersion: 1,
        startedAt,
        finishedAt: new Date().toISOString(),
        backend: outcomes[0]?.backend,
        seed,
        suite,
        connector,
        versions: readVersions(projectRoot),
        machine: readMachine(),
        topologies: outcomes.map(({ topology }) => topology),
        limits: { displacementMs: limits.displacementMs, remoteControlMs: limits.remoteControlMs },
        rounds: outcomes.flatMap(({ rounds }) => rounds),
        drills: outcomes.flatMap(({ drill }) => drill ?? []),
    } satisfies Record<keyof RunRecord, unknown>);
}
