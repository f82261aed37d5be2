import type { Network, OrdererNode, Organization, PeerNode } from '../topology/network-model';

/** Images of others, each at one version. */
export const images = {
    orderer: 'hyperledger/fabric-orderer:2.5.16',
    peer: 'hyperledger/fabric-peer:2.5.16',
    prometheus: 'prom/prometheus:v2.53.3',
    explorer: 'ghcr.io/hyperledger-labs/explorer:2.0.0',
    explorerDatabase: 'ghcr.io/hyperledger-labs/explorer-db:2.0.0',
} as const;

/** The image that chaincode/Dockerfile makes. */
export function chaincodeImage({ chaincode }: Network): string {
    return `feeder-ledger-chaincode:${chaincode.version.toLowerCase().replace(/[^a-z0-9_.-]/g, '-')}`;
}

/** Containers, networks and volumes of a network carry this name. */
export function projectName({ name, organizations }: Network): string {
    // No two networks of one machine share a port, so no two share a name.
    return `feeder-${name}-${organizations[0]?.orderer.port ?? 0}`;
}

/** Names of an organisation's services in the compose file. */
export const serviceNames = {
    orderer: ({ id }: Organization): string => `${id}-orderer`,
    /** `peer0.dispatch.feeder.example` is `dispatch-peer0`. */
    peer: ({ id }: Organization, { name }: PeerNode): string => `${id}-${name.split('.')[0] ?? name}`,
    chaincode: ({ id }: Organization): string => `${id}-chaincode`,
    operationsDoor: 'operations-door',
    prometheus: 'prometheus',
    explorer: 'explorer',
    explorerDatabase: 'explorer-database',
    explorerDoor: 'explorer-door',
} as const;

/** The service of the orderer, peer or chaincode of that name; undefined when there is none. */
export function serviceOfNode({ organizations }: Network, node: string): string | undefined {
    const services = organizations.flatMap((organization) => [
        [organization.orderer.name, serviceNames.orderer(organization)] as const,
        ...organization.peers.map((peer) => [peer.name, serviceNames.peer(organization, peer)] as const),
        [organization.chaincodeService.name, serviceNames.chaincode(organization)] as const,
    ]);
    return new Map(services).get(node);
}

/** A name of that node on the management plane and on no other, so that a listener can be bound to the plane by it. */
export function managementName(node: string): string {
    return `management.${node}`;
}

/** The network as its containers see it: every node is reached by its own name, at the port it has everywhere. */
export function insideDocker(network: Network): Network {
    return withHosts(network, ({ name }) => name);
}

/** The network as this machine sees it: what Docker publishes is on loopback, at the same ports. */
export function outsideDocker(network: Network): Network {
    return withHosts(network, () => '127.0.0.1');
}

function withHosts(network: Network, hostOf: (node: { readonly name: string }) => string): Network {
    const placed = <T extends { readonly name: string; readonly host: string }>(node: T): T => ({
        ...node,
        host: hostOf(node),
    });
    return {
        ...network,
        organizations: network.organizations.map((organization) => ({
            ...organization,
            orderer: placed<OrdererNode>(organization.orderer),
            peers: organization.peers.map((peer) => placed<PeerNode>(peer)),
            chaincodeService: placed(organization.chaincodeService),
        })),
    };
}
