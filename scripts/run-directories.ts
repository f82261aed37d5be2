import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findRunningNetwork, type RunningNetwork } from '../network/backends/running-network';
import { projectRoot } from '../network/topology/project-root';
import { UsageError } from './run-script';

const runs = join(projectRoot, '.run');

/** Where a network of that name keeps its files while it is up. */
export function runDirectoryOf(networkName: string): string {
    return join(runs, networkName);
}

/** The networks that are up, by name. */
export async function listRunningNetworks(): Promise<RunningNetwork[]> {
    const entries = existsSync(runs) ? readdirSync(runs, { withFileTypes: true }) : [];
    const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    const found = await Promise.all(names.map((name) => findRunningNetwork(runDirectoryOf(name))));
    return found.filter((running) => running !== undefined);
}

/** What is asked for of a network that is up; left out, it may be any. */
export interface RunningChoice {
    readonly topology?: string | undefined;
    readonly backend?: string | undefined;
}

/** Every network that is up and is meant. */
export async function listChosenNetworks({ topology, backend }: RunningChoice): Promise<RunningNetwork[]> {
    const all = await listRunningNetworks();
    return all.filter(
        (running) =>
            (topology === undefined || running.network.name === topology) &&
            (backend === undefined || running.backend === backend),
    );
}

/** The network that is up: the named one, or the only one. Throws UsageError when that is not clear. */
export async function chooseRunningNetwork(choice: RunningChoice): Promise<RunningNetwork | undefined> {
    const chosen = await listChosenNetworks(choice);
    const names = chosen.map(({ network }) => network.name);
    if (chosen.length > 1)
        throw new UsageError(`Several networks are up: add --topology ${names.join(' or --topology ')}.`);
    return chosen[0];
}
