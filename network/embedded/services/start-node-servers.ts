import { getOrganization } from '../../identities/find-identity';
import type { NodeIdentity, OrganizationIdentities } from '../../identities/identity';
import type { PeerNode } from '../../topology/network-model';
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
    readonly state: 'up' | 'stopped';
    readonly role: 'orderer' | PeerNode['role'];
    /** Connections accepted since the node's start. */
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
    /** Closes a peer's listeners and whatever is open there; gives false when they were closed. */
    stopPeer(name: string): Promise<boolean>;
    /** Opens them again; gives false when they were open. Throws ServiceError. */
    startPeer(name: string): Promise<boolean>;
    stop(): Promise<void>;
}

/** What listens for a node. A gRPC server serves once: each start makes new ones. */
interface Listeners {
    readonly server: NodeServer;
    readonly operations: OperationsService;
}

interface Node {
    readonly name: string;
    readonly newListeners: () => Listeners;
    readonly status: (open: Listeners | undefined) => NodeStatus;
}

/** Starts the servers of every orderer and peer, or none: throws ServiceError when a port is taken. */
export async function startNodeServers(parts: NodeServerParts): Promise<NodeServers> {
    const peers = newPeers(parts);
    const nodes = [...newOrderers(parts), ...peers];
    const open = new Map<string, Listeners>();
    const stopOne = async (name: string): Promise<boolean> => {
        const listeners = open.get(name);
        open.delete(name);
        await Promise.all([listeners?.server.stop(), listeners?.operations.stop()]);
        return listeners !== undefined;
    };
    const startOne = async ({ name, newListeners }: Node): Promise<boolean> => {
        if (open.has(name)) return false;
        const listeners = newListeners();
        open.set(name, listeners);
        try {
            await Promise.all([listeners.server.start(), listeners.operations.start()]);
        } catch (error) {
            await stopOne(name);
            throw error;
        }
        return true;
    };
    const stop = async (): Promise<void> => {
        await Promise.all(nodes.map(({ name }) => stopOne(name)));
    };
    try {
        await Promise.all(nodes.map(startOne));
    } catch (error) {
        await stop();
        throw error;
    }
    const findPeer = (name: string): Node | undefined => peers.find((peer) => peer.name === name);
    return {
        status: () => nodes.map(({ name, status }) => status(open.get(name))),
        stopPeer: async (name) => findPeer(name) !== undefined && stopOne(name),
        startPeer: async (name) => {
            const peer = findPeer(name);
            return peer !== undefined && startOne(peer);
        },
        stop,
    };
}

function newOrderers(parts: NodeServerParts): Node[] {
    const { options, config, sequencer, verified } = parts;
    const msps = MspRegistry.fromChannelConfig(config, verified);
    const policies = ChannelPolicies.fromChannelConfig(config, msps);
    const { clock } = options;
    return options.network.organizations.map(({ id, mspId, orderer }) => {
        const organization = getOrganization(options.identities, mspId);
        const hasQuorum = (): boolean => options.links?.hasQuorum(id) ?? true;
        const channel = { channelId: config.channelId, sequencer, msps, policies, clock, hasQuorum };
        const service = newAtomicBroadcastService(channel);
        const newServerOfNode = (): NodeServer => {
            const server = newServer(orderer, organization.orderer, organization);
            server.add(atomicBroadcastMethods, service);
            return server;
        };
        const height = (): number => sequencer.height;
        const kind = { kind: 'orderer', role: 'orderer' } as const;
        return newNode(kind, orderer, { newServerOfNode, options, height, hasChaincode: () => true, reads: {} });
    });
}

function newPeers(parts: NodeServerParts): Node[] {
    const { options, config, peers, startedAtMs, status } = parts;
    // As in Fabric, where a peer without an external endpoint is known to nobody else.
    const endorsers = peers
        .filter(({ node }) => node.role === 'endorser')
        .map(({ endorsing: peer, node, site }) => ({ peer, endpoint: `${node.host}:${node.port}`, site }));
    return peers.map((peer, index) => {
        const { endorsing, node, site } = peer;
        const channel = {
            config,
            startedAtMs,
            get peers() {
                return endorsers.filter((other) => options.links?.areJoined(site, other.site) ?? true);
            },
        };
        const organization = getOrganization(options.identities, endorsing.mspId);
        const onBug = (error: unknown): void => {
            options.log(`${node.name} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
        };
        const newServerOfNode = (): NodeServer => {
            const server = newServer(node, organization.peers[node.name], organization);
            server.add(endorserMethods, newEndorserService(endorsing, onBug));
            server.add(deliverMethods, newDeliverService(endorsing));
            server.add(discoveryMethods, newDiscoveryService(endorsing, channel));
            return server;
        };
        return newNode({ kind: 'peer', role: node.role }, node, {
            newServerOfNode,
            options,
            height: () => endorsing.ledger.height,
            hasChaincode: () => peer.hasChaincode(options.network.chaincode.name),
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
    kind: Pick<NodeStatus, 'kind' | 'role'>,
    { name, host, port, operationsPort }: Place,
    parts: {
        readonly newServerOfNode: () => NodeServer;
        readonly options: EmbeddedOptions;
        readonly height: () => number;
        readonly hasChaincode: () => boolean;
        readonly reads: Readonly<Record<string, () => unknown>>;
    },
): Node {
    const { newServerOfNode, options, height, hasChaincode, reads } = parts;
    const { clock, version } = options;
    return {
        name,
        newListeners: () => ({
            server: newServerOfNode(),
            operations: new OperationsService({ name, host, port: operationsPort, clock, version, reads }),
        }),
        status: (open) => ({
            ...kind,
            name,
            endpoint: `${host}:${port}`,
            state: open ? 'up' : 'stopped',
            height: height(),
            acceptedConnections: open?.server.acceptedConnections ?? 0,
            hasChaincode: hasChaincode(),
        }),
    };
}
