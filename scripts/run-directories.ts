import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readKeptNetwork } from '../network/backends/kept-network';
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
    const found = await Promise.all(listRunDirectories().map(findRunningNetwork));
    return found.filter((running) => running !== undefined);
}

function listRunDirectories(): string[] {
    const entries = existsSync(runs) ? readdirSync(runs, { withFileTypes: true }) : [];
    return entries.filter((entry) => entry.isDirectory()).map(({ name }) => runDirectoryOf(name));
}

/** What is asked for of a network that is up; left out, it may be any. */
export interface RunningChoice {
    readonly topology?: string | undefined;
    readonly backend?: string | undefined;
}

/** Every network that is up and is meant. */
export async function listChosenNetworks(choice: RunningChoice): Promise<RunningNetwork[]> {
    return (await listRunningNetworks()).filter((running) => isChosen(choice, running));
}

/** The network that is up: the named one, or the only one. Throws UsageError when that is not clear. */
export async function chooseRunningNetwork(choice: RunningChoice): Promise<RunningNetwork | undefined> {
    const chosen = await listChosenNetworks(choice);
    const names = chosen.map(({ network }) => network.name);
    if (chosen.length > 1)
        throw new UsageError(`Several networks are up: add --topology ${names.join(' or --topology ')}.`);
    return chosen[0];
}

/** The network that is up, or else the one that is kept while it is down. Throws UsageError when that is not clear. */
export async function chooseKnownNetwork(
    choice: RunningChoice,
): Promise<Pick<RunningNetwork, 'backend' | 'network' | 'runDirectory'> | undefined> {
    const running = await chooseRunningNetwork(choice);
    if (running !== undefined) return running;
    const kept = await Promise.all(
        listRunDirectories().map(async (runDirectory) => ({ runDirectory, kept: await readKeptNetwork(runDirectory) })),
    );
    const chosen = kept.flatMap(({ runDirectory, kept: found }) =>
        found && isChosen(choice, found) ? [{ runDirectory, backend: found.backend, network: found.network }] : [],
    );
    if (chosen.length > 1) {
        const names = chosen.map(({ network }) => network.name).join(' or --topology ');
        throw new UsageError(`Several networks are kept: add --topology ${names}.`);
    }
    return chosen[0];
}

function isChosen({ topology, backend }: RunningChoice, there: Pick<RunningNetwork, 'backend' | 'network'>): boolean {
    return (
        (topology === undefined || there.network.name === topology) &&
        (backend === undefined || there.backend === backend)
    );
}
