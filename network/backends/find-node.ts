import { listNodes } from '../topology/list-nodes';
import type { OwnedNode } from '../topology/list-nodes';
import { nearNames } from '../topology/near-names';
import type { Network } from '../topology/network-model';
import { BackendError } from './backend-errors';

/**
 * The node of that name, or of that beginning where only one begins so (`peer0.primary`). Throws NODE_UNKNOWN with the
 * names that come near.
 */
export function findNode(network: Pick<Network, 'organizations'>, name: string): OwnedNode {
    const nodes = listNodes(network);
    const exact = nodes.find(({ node }) => node.name === name);
    if (exact) return exact;
    const [beginning, ...others] = nodes.filter(({ node }) => name !== '' && node.name.startsWith(`${name}.`));
    if (beginning && others.length === 0) return beginning;
    const known = nodes.map(({ node }) => node.name);
    const short = nearNames(name, known.map(shortOf));
    const near = known.filter((full) => short.includes(shortOf(full)) || nearNames(name, [full]).length > 0);
    throw new BackendError({ code: 'NODE_UNKNOWN', name, near: near.slice(0, 5) });
}

/** `peer0.primary` of `peer0.primary.feeder.example` */
function shortOf(name: string): string {
    return name.split('.').slice(0, 2).join('.');
}
