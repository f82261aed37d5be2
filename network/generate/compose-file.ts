import { posix } from 'node:path';
import { stringify } from 'yaml';
import type { Network, NodeResources, OrdererNode, Organization, PeerNode } from '../topology/network-model';
import { chaincodeImage, images, insideDocker, managementName, serviceNames } from './compose-names';
import { containerPaths, dockerFiles, nodeIdentityFolders } from './compose-paths';
import { newDoor } from './compose-door';
import { newExplorerServices, newMonitoringServices } from './compose-observers';
import type { ComposeFile, ComposeMount, ComposeService } from './compose-model';

export interface ComposeOptions {
    /** The run directory, absolute or from the project's root, where the compose file is used. */
    readonly runDirectory: string;
    /** By MSP id: the id under which the organisation's peers know its chaincode service. */
    readonly packageIds: Readonly<Record<string, string>>;
}

const header = [
    '# Every container of one network; for Compose 1.29 and 2. "npm run network -- up --backend docker" makes what is',
    '# mounted here, starts it and joins the nodes; docs/docker.md draws the planes.',
    '',
].join('\n');

/** The compose file as YAML, with what it is on top. */
export function renderComposeFile(network: Network, options: ComposeOptions): string {
    return header + stringify(newComposeFile(network, options), { lineWidth: 118, aliasDuplicateObjects: false });
}

/**
 * A network as containers. Planes are networks: nodes, chaincode and clients meet on `business`; databases and who asks
 * them on `storage`; operations and administration listeners are bound to `management` alone.
 */
export function newComposeFile(network: Network, options: ComposeOptions): ComposeFile {
    const inside = insideDocker(network);
    const nodes = inside.organizations.flatMap((organization) => [
        newOrderer(inside, organization, options),
        ...organization.peers.map((peer) => newPeer(organization, peer, options)),
        newChaincode(inside, organization, options.packageIds[organization.mspId] ?? ''),
    ]);
    const services = Object.fromEntries([
        ...nodes,
        [serviceNames.operationsDoor, newDoor(inside, listDoorPorts(inside))] as const,
        ...newMonitoringServices(options.runDirectory),
        ...newExplorerServices(inside, options.runDirectory),
    ]);
    return {
        services,
        networks: { business: {}, storage: { internal: true }, management: {} },
        volumes: Object.fromEntries(listVolumes(services).map((name) => [name, {}])),
    };
}

function newOrderer(
    network: Network,
    organization: Organization,
    { runDirectory }: ComposeOptions,
): readonly [string, ComposeService] {
    const { orderer, mspId } = organization;
    const service = serviceNames.orderer(organization);
    const mspIds = network.organizations.map((each) => each.mspId);
    const folders = nodeIdentityFolders({ kind: 'orderer', mspId, name: orderer.name }, mspIds);
    return [service, newNode({ image: images.orderer, service, node: orderer, folders, runDirectory })];
}

function newPeer(
    organization: Organization,
    peer: PeerNode,
    { runDirectory }: ComposeOptions,
): readonly [string, ComposeService] {
    const service = serviceNames.peer(organization, peer);
    const folders = nodeIdentityFolders({ kind: 'peer', mspId: organization.mspId, name: peer.name }, []);
    return [service, newNode({ image: images.peer, service, node: peer, folders, runDirectory })];
}

interface NodeService {
    readonly image: string;
    readonly service: string;
    readonly node: OrdererNode | PeerNode;
    /** Of the identities, from their folder. */
    readonly folders: readonly string[];
    readonly runDirectory: string;
}

function newNode({ image, service, node, folders, runDirectory }: NodeService): ComposeService {
    const identities = folders.map((folder) =>
        readOnly(`${runDirectory}/identities/${folder}`, posix.join(containerPaths.identities, folder)),
    );
    return {
        image,
        networks: {
            business: { aliases: [node.name] },
            management: { aliases: [managementName(node.name)] },
        },
        ports: [`\${FEEDER_PUBLISH_ADDRESS:-127.0.0.1}:${node.port}:${node.port}`],
        environment: { FABRIC_LOGGING_SPEC: '${FABRIC_LOGGING_SPEC:-INFO}' },
        volumes: [
            readOnly(`${runDirectory}/${dockerFiles.nodeConfig(service)}`, containerPaths.config),
            ...identities,
            { type: 'volume', source: `${service}-ledger`, target: containerPaths.data },
        ],
        healthcheck: {
            test: ['CMD', 'bash', '-c', askHealth(managementName(node.name), node.operationsPort)],
            ...healthTimes,
        },
        ...limitsOf(node.resources),
        ...leastPrivilege,
        // Fabric's images run as root; keys are readable by their owner alone.
        cap_add: ['DAC_OVERRIDE'],
        restart: 'unless-stopped',
    };
}

function newChaincode(
    network: Network,
    organization: Organization,
    packageId: string,
): readonly [string, ComposeService] {
    const { name, port, resources } = organization.chaincodeService;
    const dial = `require('net').connect(${port}, '${name}').once('connect', () => process.exit(0))`;
    return [
        serviceNames.chaincode(organization),
        {
            image: chaincodeImage(network),
            build: { context: '.', dockerfile: 'chaincode/Dockerfile' },
            networks: { business: { aliases: [name] } },
            environment: {
                CHAINCODE_SERVER_ADDRESS: `${name}:${port}`,
                CHAINCODE_ID: packageId,
                CORE_CHAINCODE_LOGGING_LEVEL: '${CORE_CHAINCODE_LOGGING_LEVEL:-error}',
                CORE_CHAINCODE_LOGGING_SHIM: '${CORE_CHAINCODE_LOGGING_SHIM:-error}',
            },
            healthcheck: {
                test: ['CMD', 'node', '-e', `${dial}.once('error', () => process.exit(1))`],
                ...healthTimes,
                // Not published, so that this is how one knows that it serves.
                interval: '2s',
            },
            ...limitsOf(resources),
            ...leastPrivilege,
            read_only: true,
            tmpfs: ['/tmp'],
            restart: 'unless-stopped',
        },
    ];
}

/** Fabric's images hold bash and neither curl nor wget. */
function askHealth(host: string, port: number): string {
    const ask = `exec 3<>/dev/tcp/${host}/${port} && printf 'GET /healthz HTTP/1.0\\r\\n\\r\\n' >&3`;
    return `${ask} && read -r _ status _ <&3 && [ "$$status" = 200 ]`;
}

const healthTimes = { interval: '5s', timeout: '4s', retries: 6, start_period: '10s' } as const;

const leastPrivilege = { cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] } as const;

function limitsOf({ cpus, memoryMb }: NodeResources): Pick<ComposeService, 'cpus' | 'mem_limit'> {
    return { cpus, mem_limit: `${memoryMb}m` };
}

function readOnly(source: string, target: string): ComposeMount {
    return { type: 'bind', source, target, read_only: true };
}

/** What the operations door lets this machine reach: health, metrics and the channel participation API. */
function listDoorPorts({ organizations }: Network): { port: number; host: string }[] {
    return organizations.flatMap(({ orderer, peers }) => [
        { port: orderer.adminPort, host: managementName(orderer.name) },
        { port: orderer.operationsPort, host: managementName(orderer.name) },
        ...peers.map(({ name, operationsPort }) => ({ port: operationsPort, host: managementName(name) })),
    ]);
}

function listVolumes(services: Readonly<Record<string, ComposeService>>): string[] {
    const mounts = Object.values(services).flatMap(({ volumes = [] }) => volumes);
    return mounts.flatMap((mount) => (mount.type === 'volume' ? [mount.source] : []));
}
