import './prepare-sdk';
import { User, type Channel, type Client } from 'fabric-common';
import { DefaultEventHandlerStrategies, Gateway, type Contract, type Network as FabricNetwork } from 'fabric-network';
import type { Identity } from '../identities/identity';
import { ClientError } from './client-errors';
import type { CommitWatch } from './commit-watch';
import { epochClock, type EpochClock } from './epoch-clock';
import { NativeCryptoSuite } from './native-crypto-suite';
import { passOverLostEndorsers } from './node-readiness';
import { useOrderingService } from './ordering-service';
import { PhaseRecorder } from './phase-recorder';
import { repeatUntilCommitted } from './repeat-until-committed';

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
    };
}

/** Deadlines of a client, in ms. They belong to the medium: a narrow radio needs longer ones. */
export interface Deadlines {
    /** For one endorsement or one query. */
    readonly requestTimeoutMs: number;
    /** From the orderer's yes to the commit event. */
    readonly commitTimeoutMs: number;
    /** For one orderer's answer, before the next is given the same envelope; a quarter of requestTimeoutMs if not told. */
    readonly orderTimeoutMs?: number;
}

export const loopbackDeadlines: Deadlines = {
    requestTimeoutMs: 30_000,
    commitTimeoutMs: 30_000,
    orderTimeoutMs: 2_000,
};

export interface GatewayOptions {
    readonly deadlines?: Deadlines;
    /**
     * Use the connections of this gateway and the nodes it discovered: far fewer sockets, and none of the two discovery
     * requests that a gateway costs. Every known peer is then asked to endorse. Closing either closes both.
     */
    readonly sharing?: GatewayConnection;
    /** Ask discovery though connections are shared, and so have only as many peers endorse as the policy wants. */
    readonly discovery?: boolean;
    /** Hear of commits by one stream a process in place of one a gateway. Without it the SDK's own way is taken. */
    readonly commitWatch?: CommitWatch;
    /**
     * MSP ids of the organisations that are to endorse. Without it discovery chooses, and may choose one whose chaincode is
     * lost: the SDK then submits with too few endorsements.
     */
    readonly endorsers?: readonly string[];
    /** Instead of the network's own: the nodes' names are not reachable from here, but their ports on this machine are. */
    readonly asLocalhost?: boolean;
    readonly clock?: EpochClock;
}

/** One identity's connection to the channel, by an unmodified fabric-network gateway with discovery. */
export interface GatewayConnection {
    readonly identity: Identity;
    readonly deadlines: Deadlines;
    readonly fabric: FabricNetwork;
    readonly clock: EpochClock;
    readonly phases: PhaseRecorder;
    /** MSP ids of the organisations that endorse; undefined where discovery chooses. */
    readonly endorsers: readonly string[] | undefined;
    /** MSP ids of a collection's members, who alone may endorse what is private. Throws ClientError CALL_UNUSABLE. */
    membersOf(collection: string): readonly string[];
    /** A contract of the deployed chaincode by its name. */
    contract(name: string): Contract;
    /** May be called twice. */
    close(): void;
}

/**
 * Opens a gateway and asks discovery for the channel. The first submit opens the commit stream: fabric-network loses
 * commit events of a burst before that, so let one call complete first (see warmGateway).
 * Throws ClientError: CLIENT_UNREACHABLE, CERTIFICATE_REFUSED, NO_CONNECTION_PROFILE.
 */
export async function connectGateway(
    target: ReachableNetwork,
    identity: Identity,
    options: GatewayOptions = {},
): Promise<GatewayConnection> {
    assertNativeCrypto();
    const { deadlines, endorsers } = inherited(options);
    const clock = options.clock ?? epochClock;
    const phases = new PhaseRecorder(clock);
    const handler =
        options.commitWatch?.handlerFactory(deadlines.commitTimeoutMs) ??
        DefaultEventHandlerStrategies.PREFER_MSPID_SCOPE_ALLFORTX;
    const client = clientOf(target, identity.mspId, options.sharing);
    const gateway = new Gateway();
    try {
        await gateway.connect(client, {
            identity: {
                credentials: { certificate: identity.certificatePem, privateKey: identity.privateKeyPem },
                mspId: identity.mspId,
                type: 'X.509',
            } as { type: string; mspId: string },
            // Without it a key and certificate are made in JavaScript for every gateway; no server here asks for one.
            tlsInfo: { certificate: identity.certificatePem, key: identity.privateKeyPem },
            discovery: discoveryOf(target, options),
            eventHandlerOptions: {
                endorseTimeout: wholeSeconds(deadlines.requestTimeoutMs),
                commitTimeout: deadlines.commitTimeoutMs / 1000,
                strategy: phases.around(repeatUntilCommitted(handler, deadlines.commitTimeoutMs)),
            },
            queryHandlerOptions: { timeout: wholeSeconds(deadlines.requestTimeoutMs) },
            // The SDK reads requestTimeout, not the request-timeout of its own settings, and gives up after 3 s else.
            'connection-options': {
                requestTimeout: deadlines.requestTimeoutMs,
                'grpc-wait-for-ready-timeout': Math.min(deadlines.requestTimeoutMs, connectTimeoutMs),
                // grpc-js keeps a record of every call for a debugger that nobody attaches.
                'grpc.enable_channelz': 0,
            },
        });
        const fabric = await gateway.getNetwork(target.network.channel.name);
        outliveLostNodes(fabric.getChannel(), deadlines);
        return {
            identity,
            deadlines,
            fabric,
            clock,
            phases,
            endorsers,
            membersOf: (collection) => membersOf(collection, target),
            contract: (name) => fabric.getContract(target.network.chaincode.name, name),
            close: () => {
                gateway.disconnect();
            },
        };
    } catch (cause) {
        if (options.sharing === undefined) gateway.disconnect();
        throw whyNotConnected(cause, identity, target);
    }
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
    // Discovery's word for a signer that the channel's MSPs do not take.
    if (why.includes('access denied'))
        return new ClientError({ code: 'CERTIFICATE_REFUSED', name, mspId, why }, { cause });
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

function discoveryOf(
    target: ReachableNetwork,
    { sharing, discovery, asLocalhost }: GatewayOptions,
): { enabled: boolean; asLocalhost: boolean } {
    return {
        enabled: discovery ?? sharing === undefined,
        // Containers tell names that only they know; their doors are on this machine's loopback.
        asLocalhost: asLocalhost ?? target.asLocalhost ?? target.docker !== undefined,
    };
}

/** A node of a new gateway that is not there is not waited for longer. */
const connectTimeoutMs = 10_000;

/** Orderers and peers that are lost are passed over, and tried again behind the caller's back. */
function outliveLostNodes(
    channel: Channel,
    { requestTimeoutMs, orderTimeoutMs = requestTimeoutMs / 4 }: Deadlines,
): void {
    useOrderingService(channel, orderTimeoutMs);
    passOverLostEndorsers(channel, orderTimeoutMs);
}

/** The SDK takes whole seconds; a deadline is never shortened. */
function wholeSeconds(ms: number): number {
    return Math.ceil(ms / 1000);
}

function clientOf(
    target: ReachableNetwork,
    mspId: string,
    sharing: GatewayConnection | undefined,
): Client | Record<string, unknown> {
    if (sharing !== undefined) return sharing.fabric.getChannel().client;
    const profile = target.connectionProfiles[mspId];
    if (profile === undefined) {
        throw new ClientError({
            code: 'NO_CONNECTION_PROFILE',
            mspId,
            known: Object.keys(target.connectionProfiles),
        });
    }
    return profile as Record<string, unknown>;
}

function assertNativeCrypto(): void {
    if (!(User.newCryptoSuite() instanceof NativeCryptoSuite)) {
        throw new ClientError({ code: 'NATIVE_CRYPTO_NOT_LOADED' });
    }
}
