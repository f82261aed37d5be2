import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

import { checkTopologyAgainstGrid } from './check-topology-against-grid';
import type { GridData } from './grid-data';
import { readTopology } from './load-topology';
import type { Network } from './network-model';
import { projectRoot } from './project-root';
import { readGrid } from './read-grid';
import { resolveTopology } from './resolve-topology';
import type { Placement } from './resolve-topology';
import { TopologyError } from './topology-errors';
import type { Finding } from './topology-errors';
import type { Topology } from './topology-schema';

export interface NetworkOptions extends Placement {
    /** Instead of terminals.count. */
    readonly terminalCount?: number | undefined;
}

const shippedFolder = join(projectRoot, 'network', 'topologies');

/** The names of the topologies that ship. */
export async function listShippedTopologies(): Promise<string[]> {
    const files = await readdir(shippedFolder);
    return files
        .filter((file) => file.endsWith('.yaml'))
        .map((file) => basename(file, '.yaml'))
        .sort();
}

/**
 * Reads a topology and its grid, and resolves them.
 *
 * @param nameOrFile a name that ships (`wired`), or the path of a YAML file
 * @throws TopologyError TOPOLOGY_NOT_FOUND; TOPOLOGY_INVALID with all findings of the file and of its fit to the grid;
 * GRID_DATA_INVALID
 */
export async function loadNetwork(nameOrFile: string, options: NetworkOptions = {}): Promise<Network> {
    const isName = /^[a-z0-9-]+$/.test(nameOrFile);
    const file = isName ? join(shippedFolder, `${nameOrFile}.yaml`) : resolve(nameOrFile);
    const shown = isName ? `network/topologies/${nameOrFile}.yaml` : nameOrFile;
    const { sections, findings } = readTopology(await readText(file, shown));
    const topology = withCount(sections, options.terminalCount);
    const { grid, findings: gridFindings } = await fitGrid(topology, dirname(file));
    const all = [...findings, ...gridFindings];
    if (all.length > 0 || grid === undefined) {
        throw new TopologyError({ code: 'TOPOLOGY_INVALID', file: shown, findings: all });
    }
    return resolveTopology(topology as Topology, grid, options);
}

async function readText(file: string, shown: string): Promise<string> {
    try {
        return await readFile(file, 'utf8');
    } catch (cause) {
        throw new TopologyError(
            { code: 'TOPOLOGY_NOT_FOUND', file: shown, known: await listShippedTopologies() },
            { cause },
        );
    }
}

function withCount(sections: Partial<Topology>, count: number | undefined): Partial<Topology> {
    return sections.terminals && count !== undefined
        ? { ...sections, terminals: { ...sections.terminals, count } }
        : sections;
}

/** The grid, and what does not fit it, as far as the sections that speak of it could be read. */
async function fitGrid(
    sections: Partial<Topology>,
    fileFolder: string,
): Promise<{ readonly grid?: GridData; readonly findings: readonly Finding[] }> {
    const { grid: source, organizations, terminals, media, workers } = sections;
    if (!source) {
        return { findings: [] };
    }
    const path = resolve(source.folder.startsWith('.') ? fileFolder : projectRoot, source.folder);
    const grid = await readGrid(path, relative(projectRoot, path));
    const findings =
        organizations && terminals && media && workers
            ? checkTopologyAgainstGrid({ grid: source, organizations, terminals, media, workers }, grid)
            : [];
    return { grid, findings };
}
