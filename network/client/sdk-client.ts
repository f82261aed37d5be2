import { isIP } from 'node:net';
import './prepare-sdk';
import {
    Client,
    type Committer,
    type ConnectOptions,
    type Discoverer,
    type Endorser,
    type Endpoint,
    type Eventer,
} from 'fabric-common';
import { loadFromConfig } from 'fabric-network/lib/impl/ccp/networkconfig';
import type { Identity } from '../identities/identity';
import type { OrdererNode, PeerNode } from '../topology/network-model';
import type { SdkCalls } from './sdk-calls';
import { tellRefusedNodes } from './tell-refused-nodes';

/** The nodes of a network, as far as their names and addresses go. */
export type NamedNodes = readonly {
    readonly orderer: Pick<OrdererNode, 'name' | 'host' | 'port'>;
    readonly peers: readonly Pick<PeerNode, 'name' | 'host' | 'port'>[];
}[];

/** `host:port` → the DNS name in the node's TLS certificate. */
function namesByAddress(organizations: NamedNodes): ReadonlyMap<string, string> {
    const nodes = organizations.flatMap(({ orderer, peers }) => [orderer, ...peers]);
    return new Map(nodes.map(({ name, host, port }) => [`${host}:${port}`, name]));
}

/**
 * The SDK's client, which knows nodes by name that discovery tells by address only: their certificates are then checked
 * against that name. The SDK would send the address as TLS server name, which RFC 6066 section 3 forbids.
 */
class NamingClient extends Client {
    readonly #names: ReadonlyMap<string, string>;

    constructor(name: string, names: ReadonlyMap<string, string>) {
        super(name);
        this.#names = names;
    }

    override newEndpoint(options: ConnectOptions): Endpoint {
        const told = options['ssl-target-name-override'];
        const named = this.#names.get(new URL(String(options.url)).host);
        if (named === undefined || (told !== undefined && isIP(told) === 0)) return super.newEndpoint(options);
        return super.newEndpoint({ ...options, 'ssl-target-name-override': named });
    }

    /** The SDK makes the nodes of a connection profile by these, and not by those below. */
    override getEndorser(name: string, mspid?: string): Endorser {
        return tellRefusedNodes(super.getEndorser(name, mspid));
    }

    override getCommitter(name: string, mspid?: string): Committer {
        return tellRefusedNodes(super.getCommitter(name, mspid));
    }

    override newEndorser(name: string, mspid?: string): Endorser {
        return tellRefusedNodes(super.newEndorser(name, mspid));
    }

    override newCommitter(name: string, mspid?: string): Committer {
        return tellRefusedNodes(super.newCommitter(name, mspid));
    }

    override newEventer(name: string, mspid?: string): Eventer {
        return tellRefusedNodes(super.newEventer(name, mspid));
    }

    override newDiscoverer(name: string, mspid?: string): Discoverer {
        return tellRefusedNodes(super.newDiscoverer(name, mspid));
    }
}

export interface SdkClientOptions {
    readonly identity: Identity;
    readonly organizations: NamedNodes;
    readonly requestTimeoutMs: number;
    readonly sdkCalls: SdkCalls;
}

/** A node of a new gateway that says nothing is not waited for longer; one that refuses is given up at once. */
const connectTimeoutMs = 10_000;

/** The SDK's client, without nodes yet. Gateway.connect would make one of its own, of another kind. */
export function newSdkClient({ identity, organizations, requestTimeoutMs, sdkCalls }: SdkClientOptions): Client {
    const client = new NamingClient(identity.name, namesByAddress(organizations));
    // Without it a key and certificate are made in JavaScript for every gateway; no server here asks for one.
    client.setTlsClientCertAndKey(identity.certificatePem, identity.privateKeyPem);
    client.setCentralizedConnectionOptions({
        // The SDK reads requestTimeout, not the request-timeout of its own settings, and gives up after 3 s else.
        requestTimeout: requestTimeoutMs,
        'grpc-wait-for-ready-timeout': Math.min(requestTimeoutMs, connectTimeoutMs),
        // grpc-js keeps a record of every call for a debugger that nobody attaches.
        'grpc.enable_channelz': 0,
        interceptors: [sdkCalls.intercept],
    });
    return client;
}

/**
 * Gives a client the nodes of a connection profile, and tells which of its peers can be reached. Read by the SDK's own
 * function, which it exports by its file only.
 */
export async function addProfile(client: Client, connectionProfile: object): Promise<Endorser[]> {
    const before = new Set(client.getEndorsers());
    await loadFromConfig(client, connectionProfile);
    return client.getEndorsers().filter((peer) => !before.has(peer) && isConnected(peer));
}

/** fabric-common: lib/ServiceEndpoint.js. */
function isConnected(peer: Endorser): boolean {
    return (peer as unknown as { readonly connected: boolean }).connected;
}
