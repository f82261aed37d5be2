import { allocatePorts } from './allocate-ports';
import { checkTopologyAgainstGrid } from './check-topology-against-grid';
import type { GridData } from './grid-data';
import type { CollectionDefinition, Medium, Network, Organization } from './network-model';
import { selectTerminals } from './select-terminals';
import { TopologyError } from './topology-errors';
import { hashTopology } from './topology-hash';
import type { Topology, TopologyOrganization } from './topology-schema';

/** Where a network runs, if not where its file says. */
export interface Placement {
    /** Of every node for which the file names none; 127.0.0.1 when left out. */
    readonly host?: string | undefined;
    /** Instead of ports.base. */
    readonly basePort?: number | undefined;
}

/**
 * Makes a complete network of a topology and its grid: fills in ports, names and hosts, places the terminals.
 *
 * @throws TopologyError TOPOLOGY_INVALID when the topology does not fit the grid
 */
export function resolveTopology(topology: Topology, grid: GridData, placement: Placement = {}): Network {
    const findings = checkTopologyAgainstGrid(topology, grid);
    if (findings.length > 0) {
        throw new TopologyError({ code: 'TOPOLOGY_INVALID', file: topology.name, findings });
    }
    const { chaincode, channel, limits } = topology;
    const where = { host: placement.host ?? '127.0.0.1', basePort: placement.basePort ?? topology.ports.base };
    const network = {
        name: topology.name,
        title: topology.title,
        organizations: topology.organizations.map((organization, index) =>
            resolveOrganization(organization, index, { ...where, domain: topology.domain }),
        ),
        channel,
        chaincode: {
            ...chaincode,
            label: `${chaincode.name}_${chaincode.version}`,
            collections: resolveCollections(topology),
        },
        media: topology.media.map(resolveMedium),
        terminals: selectTerminals(topology, grid),
        roleHolders: topology.roleHolders,
        limits: {
            displacementMs: limits.displacement.ms,
            displacementRateTps: limits.displacement.rateTps,
            remoteControlMs: limits.remoteControl.ms,
            remoteControlRateTps: limits.remoteControl.rateTps,
        },
        grid: { folder: grid.folder, description: topology.grid.description },
        seed: topology.seed,
        workers: topology.workers,
    };
    return { ...network, topologyHash: hashTopology(network) };
}

function resolveOrganization(
    organization: TopologyOrganization,
    index: number,
    where: { readonly host: string; readonly basePort: number; readonly domain: string },
): Organization {
    const { id, mspId, displayName, role, uplink, orderer, peers, chaincode } = organization;
    const domain = `${id}.${where.domain}`;
    const ports = allocatePorts(organization, index, where.basePort);
    return {
        id,
        mspId,
        domain,
        displayName,
        role,
        uplink,
        orderer: {
            name: `orderer.${domain}`,
            host: orderer.host ?? where.host,
            ...ports.orderer,
            resources: orderer.resources,
        },
        peers: ports.peers.flatMap((peerPorts, at) =>
            peers.slice(at, at + 1).map((peer) => ({
                name: `peer${at}.${domain}`,
                host: peer.host ?? where.host,
                ...peerPorts,
                role: peer.role,
                resources: peer.resources,
            })),
        ),
        chaincodeService: {
            name: `chaincode.${domain}`,
            host: chaincode.host ?? where.host,
            ...ports.chaincode,
            resources: chaincode.resources,
        },
    };
}

/** Members may be named as organisations or by MSP id; Fabric knows the latter, each once. */
function resolveCollections({ chaincode, organizations }: Topology): CollectionDefinition[] {
    const mspIdOf = (member: string): string => organizations.find(({ id }) => id === member)?.mspId ?? member;
    return (chaincode.collections ?? []).map(({ endorsementPolicy, ...collection }) => ({
        ...collection,
        members: [...new Set(collection.members.map(mspIdOf))],
        ...(endorsementPolicy !== undefined && { endorsementPolicy }),
    }));
}

function resolveMedium({ origin, ...medium }: Topology['media'][number]): Medium {
    return { ...medium, origin: origin.map(({ figure, grade, text }) => `${figure} [${grade}]: ${text}`).join('; ') };
}
