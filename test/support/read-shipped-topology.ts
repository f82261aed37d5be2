import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { GridData } from '../../network/topology/grid-data';
import { loadTopology } from '../../network/topology/load-topology';
import { projectRoot } from '../../network/topology/project-root';
import { readGrid } from '../../network/topology/read-grid';
import type { Topology } from '../../network/topology/topology-schema';

/** The text of a topology file that ships. */
export async function readShippedText(name: 'wired' | 'wireless'): Promise<string> {
    return readFile(join(projectRoot, 'network', 'topologies', `${name}.yaml`), 'utf8');
}

/** A topology that ships, with its grid. */
export async function readShippedTopology(name: 'wired' | 'wireless'): Promise<{ topology: Topology; grid: GridData }> {
    const topology = loadTopology(await readShippedText(name), name);
    const grid = await readGrid(join(projectRoot, topology.grid.folder), topology.grid.folder);
    return { topology, grid };
}
