import { listNodes } from '../topology/list-nodes';
import type { Network } from '../topology/network-model';
import { BackendError } from './backend-errors';
import type { NodeAct, NodeChange } from './network-backend';

/** Does something to one node of a network that is up, as `NetworkBackend.change` does. */
export type ChangeNode = (act: NodeAct, node: string) => Promise<NodeChange>;

/** What became of an organisation's nodes. */
export interface OrganizationLoss {
    /** Killed, by name. */
    readonly killed: readonly string[];
    /** Those that the back end cannot kill, and why. */
    readonly left: readonly { readonly node: string; readonly why: string }[];
}

/**
 * Kills orderer, peers and chaincode of an organisation, one right after the other; what the back end does not run as a node
 * of its own (NOT_ON_EMBEDDED) is left. Throws BackendError when a node cannot be killed otherwise.
 */
export async function killOrganization(
    network: Pick<Network, 'organizations'>,
    organizationId: string,
    change: ChangeNode,
): Promise<OrganizationLoss> {
    const killed: string[] = [];
    const left: { node: string; why: string }[] = [];
    const own = listNodes(network).filter(({ organization }) => organization.id === organizationId);
    for (const { node } of own) {
        try {
            await change('kill', node.name);
            killed.push(node.name);
        } catch (error) {
            if (!(error instanceof BackendError) || error.fault.code !== 'NOT_ON_EMBEDDED') throw error;
            left.push({ node: node.name, why: error.fault.because });
        }
    }
    return { killed, left };
}
