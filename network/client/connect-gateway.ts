import './prepare-sdk';
import { User } from 'fabric-common';
import { Gateway, type Network as FabricNetwork } from 'fabric-network';
import type { Call } from '../../chaincode/src/calls/call-api';
import type { Identity } from '../identities/identity';
import { CallSigner, type ChaincodeCall } from './call-proposal';
import { ChannelBlocks } from './channel-blocks';
import type { ChannelNodes } from './channel-nodes';
import { ClientError } from './client-errors';
import { CommitWatch } from './commit-watch';
import { loopbackDeadlines, nodeTimeoutOf, type Deadlines } from './deadlines';
import { isRefusal } from './discover-channel';
import { discoverNodes } from './discover-nodes';
import { epochClock, type EpochClock } from './epoch-clock';
import { NativeCryptoSuite } from './native-crypto-suite';
import { SdkCalls } from './sdk-calls';
import { newSdkClient, type NamedNodes } from './sdk-client';

/** What a client must know of a network: its names, and how its nodes are reached. */
export interface ReachableNetwork {
    /** By MSP id. */
    readonly connectionProfiles: Readonly<Record<string, object>>;
    /** There when its nodes are containers, which advertise names that are not known here. */
    readonly docker?: object;
    /** The nodes' advertised names are not reachable from here, but their ports on this machine are. */
    readonly asLocalhost?: boolean;
    readonly network: {
        readonly channel: { readonly name: string };
        readonly chaincode: {
            readonly name: string;
            readonly collections: readonly { readonly name: string; readonly members: readonly string[] }[];
        };
        /** Whose nodes discovery tells by address: their certificates are checked against their names. */
        readonly organizations?: NamedNodes;
    };
}

export interface GatewayOptions {
    readonly deadlines?: Deadlines;
    /**
     * Use the connections of this gateway and what it discovered: far fewer sockets, and none of the two discovery requests
     * that a gateway costs. Closing either closes both.
     */
    readonly sharing?: GatewayConnection;
    /** One whose stream stands already. Without it the first submit opens the stream of these connections. */
    readonly commitWatch?: CommitWatch;
    /** MSP ids of the organisations that are to endorse. Without it discovery tells who may, and any of those do. */
    readonly endorsers?: readonly string[];
    /** Instead of the network's own: the nodes' names are not reachable from here, but their ports on this machine are. */
    readonly asLocalhost?: boolean;
    /** An HTTP proxy that stands for the terminal's medium. The SDK's own connections read `grpc_proxy` for it. */
    readonly relayUrl?: string;
    readonly clock?: EpochClock;
}

/**
 * One identity's connection to the channel: an unmodified fabric-network gateway with discovery, for what it knows of the
 * nodes, and beside it our own connections to those, by which calls go and blocks come.
 */
export interface GatewayConnection {
    readonly identity: Identity;
    readonly deadlines: Deadlines;
    readonly fabric: FabricNetwork;
    readonly nodes: ChannelNodes;
    readonly sdkCalls: SdkCalls;
    readonly signer: CallSigner;
    readonly blocks: ChannelBlocks;
    readonly commitWatch: CommitWatch;
    readonly clock: EpochClock;
    /** MSP ids of the organisations that endorse; undefined where discovery tells. */
    readonly endorsers: readonly string[] | undefined;
    /** MSP ids of a collection's members, who alone may endorse what is private. Throws ClientError CALL_UNUSABLE. */
    membersOf(collection: string): readonly string[];
    /** Name of the deployed chaincode. */
    readonly chaincode: string;
    /** A call of the deployed chaincode as it goes over the wire. */
    chaincodeCall(call: Call): ChaincodeCall;
    /** Ends what is under way. May be called twice. */
    close(): void;
}

/**
 * Opens a gateway by a peer of the identity's own organisation, or where none lives by another one's, and asks it for the
 * channel. Throws ClientError: CLIENT_UNREACHABLE, CERTIFICATE_REFUSED, NO_CONNECTION_PROFILE.
 */
export async function connectGateway(
    target: ReachableNetwork,
    identity: Identity,
    options: GatewayOptions = {},
): Promise<GatewayConnection> {
    assertNativeCrypto();
    const { deadlines, endorsers } = inherited(options);
    const { clock = epochClock, sharing } = options;
    const { channel, chaincode } = target.network;
    const { fabric, nodes, sdkCalls } = await openFabric(target, identity, { ...options, deadlines });
    const signer = new CallSigner(identity, channel.name, clock);
    const blocks = sharing?.blocks ?? newChannelBlocks(nodes, signer, identity.mspId, deadlines);
    return {
        identity,
        deadlines,
        fabric,
        nodes,
        sdkCalls,
        signer,
        blocks,
        commitWatch: options.commitWatch ?? sharing?.commitWatch ?? new CommitWatch(blocks),
        clock,
        endorsers,
        chaincode: chaincode.name,
        membersOf: (collection) => membersOf(collection, target),
        chaincodeCall: ({ contract, transaction, args, privately }) => ({
            chaincode: chaincode.name,
            function: `${contract}:${transaction}`,
            args,
            ...(privately && { transient: privately.transient }),
        }),
        close: () => {
            blocks.close();
            nodes.close();
            disconnect(fabric.getGateway(), sdkCalls);
        },
    };
}

function newChannelBlocks(nodes: ChannelNodes, signer: CallSigner, mspId: string, deadlines: Deadlines): ChannelBlocks {
    return new ChannelBlocks({
        peers: {
            inTurn: () => nodes.peersInTurn(mspId),
            open: (address, path, events) => nodes.open(address, path, events),
            noteFailed: (address) => {
                nodes.noteFailed(address);
            },
            noteAnswered: (address) => {
                nodes.noteAnswered(address);
            },
        },
        seek: (start) => signer.seek(start),
        answerTimeoutMs: nodeTimeoutOf(deadlines),
        openTimeoutMs: deadlines.requestTimeoutMs,
    });
}

type Opened = Pick<GatewayConnection, 'fabric' | 'nodes' | 'sdkCalls'>;

/** The SDK's gateway with its nodes, those of the gateway whose connections are shared or its own. */
async function openFabric(
    target: ReachableNetwork,
    identity: Identity,
    options: GatewayOptions & { readonly deadlines: Deadlines },
): Promise<Opened> {
    const { sharing, deadlines } = options;
    const { requestTimeoutMs, commitTimeoutMs } = deadlines;
    const { certificatePem, privateKeyPem: keyPem, mspId } = identity;
    if (target.connectionProfiles[mspId] === undefined) {
        throw new ClientError({ code: 'NO_CONNECTION_PROFILE', mspId, known: Object.keys(target.connectionProfiles) });
    }
    const asLocalhost = options.asLocalhost ?? isOnLocalhost(target);
    const sdkCalls = sharing?.sdkCalls ?? new SdkCalls();
    const gateway = new Gateway();
    try {
        const organizations = target.network.organizations ?? [];
        const client =
            sharing?.fabric.getChannel().client ??
            newSdkClient({ identity, organizations, requestTimeoutMs, sdkCalls });
        await gateway.connect(client, {
            identity: {
                credentials: { certificate: certificatePem, privateKey: keyPem },
                mspId,
                type: 'X.509',
            } as { type: string; mspId: string },
            tlsInfo: { certificate: certificatePem, key: keyPem },
            // It would ask peers of the own organisation alone, if it has any.
            discovery: { enabled: false },
            eventHandlerOptions: { commitTimeout: commitTimeoutMs / 1000 },
        });
        const nodes =
            sharing?.nodes ?? (await discoverNodes(target, { ...options, asLocalhost, gateway, client, identity }));
        return { fabric: await gateway.getNetwork(target.network.channel.name), nodes, sdkCalls };
    } catch (cause) {
        if (sharing === undefined) disconnect(gateway, sdkCalls);
        throw whyNotConnected(cause, identity, target);
    }
}

/** Containers tell names that only they know; their doors are on this machine's loopback. */
function isOnLocalhost({ asLocalhost, docker }: ReachableNetwork): boolean {
    return asLocalhost ?? docker !== undefined;
}

/** The SDK's calls first, its channels in the next turn. */
function disconnect(gateway: Gateway, sdkCalls: SdkCalls): void {
    void sdkCalls.end().then(() => {
        gateway.disconnect();
    });
}

function membersOf(collection: string, { network }: ReachableNetwork): readonly string[] {
    const found = network.chaincode.collections.find(({ name }) => name === collection);
    if (found) return found.members;
    // Whoever else endorsed it would have seen it.
    const why = `The topology has no collection ${collection} under chaincode.collections, so nobody may be shown its data`;
    throw new ClientError({ code: 'CALL_UNUSABLE', why });
}

function whyNotConnected(cause: unknown, { name, mspId }: Identity, { network }: ReachableNetwork): ClientError {
    const why = cause instanceof Error ? cause.message : String(cause);
    if (isRefusal(cause)) return new ClientError({ code: 'CERTIFICATE_REFUSED', name, mspId, why }, { cause });
    const node = `The network of channel ${network.channel.name}`;
    return new ClientError({ code: 'CLIENT_UNREACHABLE', node, why }, { cause });
}

/** A gateway that shares another's connections has its deadlines and endorsers, unless it is given its own. */
function inherited({ sharing, ...own }: GatewayOptions): Pick<GatewayConnection, 'deadlines' | 'endorsers'> {
    return {
        deadlines: own.deadlines ?? sharing?.deadlines ?? loopbackDeadlines,
        endorsers: own.endorsers ?? sharing?.endorsers,
    };
}

function assertNativeCrypto(): void {
    if (!(User.newCryptoSuite() instanceof NativeCryptoSuite)) {
        throw new ClientError({ code: 'NATIVE_CRYPTO_NOT_LOADED' });
    }
}
