import type { ChaincodeService, Network, OrdererNode, Organization, PeerNode } from './network-model';

/** A node of a network with the organisation that runs it. */
export type OwnedNode = { readonly organization: Organization } & (
    | { readonly kind: 'orderer'; readonly node: OrdererNode }
    | { readonly kind: 'peer'; readonly node: PeerNode }
    | { readonly kind: 'chaincode'; readonly node: ChaincodeService }
);

/** Every orderer, peer and chaincode service, organisation by organisation. */
export function listNodes({ organizations }: Pick<Network, 'organizations'>): OwnedNode[] {
    return organizations.flatMap((organization): OwnedNode[] => [
        { organization, kind: 'orderer', node: organization.orderer },
        ...organization.peers.map((node) => ({ organization, kind: 'peer' as const, node })),
        { organization, kind: 'chaincode', node: organization.chaincodeService },
    ]);
}
