import { join, resolve } from 'node:path';

import type { Network } from './network-model';

/** The folder of the whole project, from which a topology names its grid. */
export const projectRoot = join(__dirname, '..', '..');

/** Where the grid data of a network lie. */
export function gridFolderOf({ grid }: Pick<Network, 'grid'>): string {
    return resolve(projectRoot, grid.folder);
}
