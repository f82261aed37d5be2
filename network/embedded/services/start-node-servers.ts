import { getOrganization } from '../../identities/find-identity';
import type { NodeIdentity, OrganizationIdentities } from '../../identities/identity';
import type { ParsedChannelConfig } from '../../wire/channel-config';
import type { EmbeddedOptions } from '../embedded-options';
import type { EmbeddedPeer } from '../embedded-peer';
import { ChannelPolicies } from '../msp/channel-policies';
import { MspRegistry } from '../msp/msp-registry';
import type { VerifiedSignatures } from '../msp/verified-signatures';
import type { Sequencer } from '../order/sequencer';
import { atomicBroadcastMethods, newAtomicBroadcastService } from './broadcast-service';
import { deliverMethods, newDeliverService } from './deliver-service';
import { discoveryMethods, newDiscoveryService } from './discovery-service';
import { endorserMethods, newEndorserService } from './endorser-service';
import { NodeServer } from './node-server';
import { OperationsService } from './operations-service';

/** One node, as its operations port tells of it. */
export interface NodeStatus {
    readonly name: string;
    readonly kind: 'orderer' | 'peer';
    /** host:port */
    readonly endpoint: string;
    /** Number of blocks. */
    readonly height: number;
    /** Connections accepted since the start. */
    readonly acceptedConnections: number;
    /** Whether a peer has its chaincode; true for an orderer, which has none. */
    readonly hasChaincode: boolean;
}

/** What the servers of all nodes are started with. */
export interface NodeServerParts {
    readonly options: EmbeddedOptions;
    readonly config: ParsedChannelConfig;
    readonly peers: readonly EmbeddedPeer[];
    readonly sequencer: Sequencer;
    readonly verified: VerifiedSignatures;
    readonly startedAtMs: number;
    /** The whole network's status, told at the first peer's operations port under /status. */
    readonly status: () => unknown;
}

export interface NodeServers {
    status(): readonly NodeStatus[];
    stop(): Promise<void>;
}

interface StartedNode {
    readonly server: NodeServer;
    readonly operations: OperationsService;
    readonly status: () => NodeStatus;
}

/** Starts the servers of every orderer and peer, or none: throws ServiceError when a port is taken. */
export async function startNodeServers(parts: NodeServerParts): Promise<NodeServers> {
    const nodes = [...newOrderers(parts), ...newPeers(parts)];
    const stop = async (): Promise<void> => {
        await Promise.all(nodes.flatMap(({ server, operations }) => [server.stop(), operations.stop()]));
    };
    try {
        await Promise.all(nodes.flatMap(({ server, operations }) => [server.start(), operations.start()]));
    } catch (error) {
        await stop();
        throw error;
    }
    return { status: () => nodes.map(({ status }) => status()), stop };
}

function newOrderers(parts: NodeServerParts): StartedNode[] {
    const { options, config, sequencer, verified } = parts;
    const msps = MspRegistry.fromChannelConfig(config, verified);
    const policies = ChannelPolicies.fromChannelConfig(config, msps);
    const { clock } = options;
    return options.network.organizations.map(({ mspId, orderer }) => {
        const organization = getOrganization(options.identities, mspId);
        const server = newServer(orderer, organization.orderer, organization);
        const channel = { channelId: config.channelId, sequencer, msps, policies, clock };
        server.add(atomicBroadcastMethods, newAtomicBroadcastService(channel));
        const height = (): number => sequencer.height;
        return newNode('orderer', orderer, { server, options, height, hasChaincode: () => true, reads: {} });
    });
}

function newPeers(parts: NodeServerParts): StartedNode[] {
    const { options, config, peers, startedAtMs, status } = parts;
    const reachable = peers.map(({ endorsing: peer, node }) => ({ peer, endpoint: `${node.host}:${node.port}` }));
    const channel = { config, peers: reachable, startedAtMs };
    return peers.map(({ endorsing, node, stream }, index) => {
        const organization = getOrganization(options.identities, endorsing.mspId);
        const server = newServer(node, organization.peers[node.name], organization);
        const onBug = (error: unknown): void => {
            options.log(`${node.name} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        };
        server.add(endorserMethods, newEndorserService(endorsing, onBug));
        server.add(deliverMethods, newDeliverService(endorsing));
        server.add(discoveryMethods, newDiscoveryService(endorsing, channel));
        return newNode('peer', node, {
            server,
            options,
            height: () => endorsing.ledger.height,
            hasChaincode: () => stream.isConnected,
            reads: index === 0 ? { '/status': status } : {},
        });
    });
}

interface Place {
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly operationsPort: number;
}

function newServer(
    { name, host, port }: Place,
    identity: NodeIdentity | undefined,
    { tlsCa }: OrganizationIdentities,
): NodeServer {
    const { tlsCertificatePem = '', tlsPrivateKeyPem = '' } = identity ?? {};
    return new NodeServer({
        name,
        host,
        port,
        tlsCertificatePem,
        tlsPrivateKeyPem,
        tlsRootPem: tlsCa.certificatePem,
    });
}

function newNode(
    kind: NodeStatus['kind'],
    { name, host, port, operationsPort }: Place,
    parts: {
        readonly server: NodeServer;
        readonly options: EmbeddedOptions;
        readonly height: () => number;
        readonly hasChaincode: () => boolean;
        readonly reads: Readonly<Record<string, () => unknown>>;
    },
): StartedNode {
    const { server, options, height, hasChaincode, reads } = parts;
    const { clock, version } = options;
    const status = (): NodeStatus => ({
        name,
        kind,
        endpoint: `${host}:${port}`,
        height: height(),
        acceptedConnections: server.acceptedConnections,
        hasChaincode: hasChaincode(),
    });
    const operations = new OperationsService({ name, host, port: operationsPort, clock, version, reads });
    return { server, operations, status };
}
