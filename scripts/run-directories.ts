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

/** The network that is up: the named one, or the only one. Throws UsageError when that is not clear. */
export async function chooseRunningNetwork(name: string | undefined): Promise<RunningNetwork | undefined> {
    const all = await listRunningNetworks();
    if (name !== undefined) return all.find(({ network }) => network.name === name);
    const names = all.map(({ network }) => network.name);
    if (all.length > 1)
        throw new UsageError(`Several networks are up: add --topology ${names.join(' or --topology ')}.`);
    return all[0];
}
