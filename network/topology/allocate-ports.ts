import type { Topology, TopologyOrganization } from './topology-schema';

/** Ports that an organisation takes from ports.base on. */
export const portsPerOrganization = 20;

export interface OrganizationPorts {
    readonly orderer: { readonly port: number; readonly adminPort: number; readonly operationsPort: number };
    readonly chaincode: { readonly port: number };
    readonly peers: readonly {
        readonly port: number;
        readonly chaincodePort: number;
        readonly operationsPort: number;
    }[];
}

/**
 * The ports of an organisation: what the file says, else by its place in the file. From the organisation's first port
 * on: orderer, its admin and its operations port, the chaincode service, then three for each peer.
 */
export function allocatePorts(organization: TopologyOrganization, index: number, basePort: number): OrganizationPorts {
    const first = basePort + index * portsPerOrganization;
    const { orderer, chaincode, peers } = organization;
    return {
        orderer: {
            port: orderer.port ?? first,
            adminPort: orderer.adminPort ?? first + 1,
            operationsPort: orderer.operationsPort ?? first + 2,
        },
        chaincode: { port: chaincode.port ?? first + 3 },
        peers: peers.map((peer, at) => ({
            port: peer.port ?? first + 4 + at * 3,
            chaincodePort: peer.chaincodePort ?? first + 5 + at * 3,
            operationsPort: peer.operationsPort ?? first + 6 + at * 3,
        })),
    };
}

/** One listener: where the file speaks of it, on which host, at which port. */
export interface Listener {
    readonly path: string;
    readonly host: string;
    readonly port: number;
}

/** Every listener of the network. */
export function listListeners(
    organizations: Topology['organizations'],
    placement: { readonly host: string; readonly basePort: number },
): Listener[] {
    return organizations.flatMap((organization, index) => {
        const ports = allocatePorts(organization, index, placement.basePort);
        const at = (path: string, host: string | undefined, values: Readonly<Record<string, number>>): Listener[] =>
            Object.entries(values).map(([name, port]) => ({
                path: `organizations.${index}.${path}.${name}`,
                host: host ?? placement.host,
                port,
            }));
        return [
            ...at('orderer', organization.orderer.host, ports.orderer),
            ...at('chaincode', organization.chaincode.host, ports.chaincode),
            ...ports.peers.flatMap((peer, peerAt) => at(`peers.${peerAt}`, organization.peers[peerAt]?.host, peer)),
        ];
    });
}
