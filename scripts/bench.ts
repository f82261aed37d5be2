/** Measures the acts, set and query on every topology and judges the limits: `npm run bench`. See scripts/README.md. */
import { join, resolve } from 'node:path';
import { exitCodeOf, exitCodes, type ExitCode } from '../caliper/report/exit-code';
import { renderTable } from '../caliper/report/render-table';
import { writeReport } from '../caliper/report/write-report';
import { runBenchmark } from '../caliper/run-benchmark';
import { benchmarkUsage, readBenchmarkArguments, type BenchmarkArguments } from '../caliper/run/benchmark-arguments';
import type { StartNetwork } from '../caliper/run/network-under-test';
import { newProgressDisplay } from '../caliper/run/show-progress';
import { startOnBackend } from '../caliper/run/start-on-backend';
import { startOnProfile } from '../caliper/run/start-on-profile';
import { cleanEnvironment } from '../network/backends/clean-environment';
import { findBackend } from '../network/backends/find-backend';
import { openProfile } from '../network/backends/profile-backend';
import { loadNetwork } from '../network/topology/load-network';
import type { Network } from '../network/topology/network-model';
import { projectRoot } from '../network/topology/project-root';
import { runScript } from './run-script';

async function main(args: string[]): Promise<ExitCode> {
    const asked = readBenchmarkArguments(args);
    if (asked.help) {
        console.log(benchmarkUsage);
        return exitCodes.kept;
    }
    const { networks, start } = await networksOf(asked, leaveProxiesBehind());
    const record = await runBenchmark({
        networks,
        suite: asked.suite,
        rates: asked.rates,
        transactions: asked.transactions,
        connector: asked.connector,
        withoutDrill: asked.withoutDrill,
        directory: asked.output === undefined ? join(projectRoot, '.run', 'bench') : resolve(asked.output, 'run'),
        projectRoot,
        environment: process.env,
        start,
        signal: abortedByInterrupt(),
        progress: newProgressDisplay((text) => process.stderr.write(text), process.stderr.isTTY),
    });
    const { report, jsonFile, htmlFile } = await writeReport(
        resolve(asked.output ?? join(projectRoot, 'reports')),
        record,
    );
    console.log(renderTable(report));
    console.log(`Written: ${jsonFile}\nWritten: ${htmlFile}`);
    return exitCodeOf(report);
}

/** The listeners of this process dial the nodes too: it must not take a detour any more than what it starts. */
function leaveProxiesBehind(): NodeJS.ProcessEnv {
    const clean = cleanEnvironment(process.env);
    for (const name of Object.keys(process.env)) {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- there is no other way to unset a variable
        if (!Object.hasOwn(clean, name)) delete process.env[name];
    }
    return clean;
}

async function networksOf(
    { topologies, profile, backend, basePort, seed }: BenchmarkArguments,
    environment: NodeJS.ProcessEnv,
): Promise<{ networks: [Network, ...Network[]]; start: StartNetwork }> {
    const seeded = (network: Network): Network => (seed === undefined ? network : { ...network, seed });
    if (profile !== undefined) {
        const profiled = await openProfile(profile);
        return { networks: [seeded(profiled.network)], start: startOnProfile(profiled) };
    }
    const start = startOnBackend(findBackend(backend), environment);
    const [first = 'wired', ...others] = topologies;
    // One is down before the next comes up.
    const placement = basePort === undefined ? {} : { basePort };
    const load = async (name: string): Promise<Network> => seeded(await loadNetwork(name, placement));
    const networks: [Network, ...Network[]] = [await load(first)];
    for (const name of others) networks.push(await load(name));
    return { networks, start };
}

/** The first Ctrl-C ends the run in order; the second ends this process, and with it whatever it started. */
function abortedByInterrupt(): AbortSignal {
    const controller = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.on(signal, () => {
            if (controller.signal.aborted) process.exit(exitCodes.lost);
            process.stderr.write('\nStopping: the rounds are ended and the network is taken down.\n');
            controller.abort();
        });
    }
    return controller.signal;
}

runScript(main);
