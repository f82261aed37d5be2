import './prepare-sdk';
import { User } from 'fabric-common';
import {
    DefaultEventHandlerStrategies,
    Gateway,
    type Contract,
    type Network as FabricNetwork,
    type TxEventHandlerFactory,
} from 'fabric-network';
import type { Call } from '../../chaincode/src/calls/call-api';
import type { Identity } from '../identities/identity';
import { CallSigner, type ChaincodeCall } from './call-proposal';
import { ChannelNodes } from './channel-nodes';
import { ClientError } from './client-errors';
import type { CommitWatch } from './commit-watch';
import { askForPlan, PlanSource } from './endorsement-plan';
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

/** Deadlines of a client, in ms. They belong to the medium: a narrow radio needs longer ones. */
export interface Deadlines {
    /** For one endorsement or one query. */
    readonly requestTimeoutMs: number;
    /** From the orderer's yes to the commit event. */
    readonly commitTimeoutMs: number;
    /**
     * For a node's connection to stand, and for one orderer's answer, before the next is given the same envelope; a quarter
     * of requestTimeoutMs if not told.
     */
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
     * Use the connections of this gateway and what it discovered: far fewer sockets, and none of the two discovery requests
     * that a gateway costs. Closing either closes both.
     */
    readonly sharing?: GatewayConnection;
    /** Hear of commits by one stream a process in place of one a gateway. Without it the SDK's own way is taken. */
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
 * One identity's connection to the channel: an unmodified fabric-network gateway with discovery, for events and for what
 * it knows of the nodes, and beside it our own connections to those, by which calls go.
 */
export interface GatewayConnection {
    readonly identity: Identity;
    readonly deadlines: Deadlines;
    readonly fabric: FabricNetwork;
    readonly nodes: ChannelNodes;
    readonly sdkCalls: SdkCalls;
    readonly signer: CallSigner;
    readonly commitHandlers: TxEventHandlerFactory;
    readonly clock: EpochClock;
    /** MSP ids of the organisations that endorse; undefined where discovery tells. */
    readonly endorsers: readonly string[] | undefined;
    /** MSP ids of a collection's members, who alone may endorse what is private. Throws ClientError CALL_UNUSABLE. */
    membersOf(collection: string): readonly string[];
    /** A contract of the deployed chaincode by its name: for its events. */
    contract(name: string): Contract;
    /** A call of the deployed chaincode as it goes over the wire. */
    chaincodeCall(call: Call): ChaincodeCall;
    /** Ends what is under way. May be called twice. */
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
    const { commitWatch, clock = epochClock } = options;
    const { channel, chaincode } = target.network;
    const { fabric, nodes, sdkCalls } = await openFabric(target, identity, { ...options, deadlines });
    return {
        identity,
        deadlines,
        fabric,
        nodes,
        sdkCalls,
        signer: new CallSigner(identity, channel.name, clock),
        commitHandlers:
            commitWatch?.handlerFactory(deadlines.commitTimeoutMs) ??
            DefaultEventHandlerStrategies.PREFER_MSPID_SCOPE_ALLFORTX,
        clock,
        endorsers,
        membersOf: (collection) => membersOf(collection, target),
        contract: (name) => fabric.getContract(chaincode.name, name),
        chaincodeCall: ({ contract, transaction, args, privately }) => ({
            chaincode: chaincode.name,
            function: `${contract}:${transaction}`,
            args,
            ...(privately && { transient: privately.transient }),
        }),
        close: () => {
            nodes.close();
            disconnect(fabric.getGateway(), sdkCalls);
        },
    };
}

type Opened = Pick<GatewayConnection, 'fabric' | 'nodes' | 'sdkCalls'>;

/** The SDK's gateway with its nodes, those of the gateway whose connections are shared or its own. */
async function openFabric(
    target: ReachableNetwork,
    identity: Identity,
    options: GatewayOptions & { readonly deadlines: Deadlines },
): Promise<Opened> {
    const { sharing, deadlines, relayUrl } = options;
    const { requestTimeoutMs, orderTimeoutMs = requestTimeoutMs / 4, commitTimeoutMs } = deadlines;
    const { certificatePem, privateKeyPem: keyPem, mspId } = identity;
    // Containers tell names that only they know; their doors are on this machine's loopback.
    const asLocalhost = options.asLocalhost ?? target.asLocalhost ?? target.docker !== undefined;
    const sdkCalls = sharing?.sdkCalls ?? new SdkCalls();
    const connectionProfile = profileOf(target, mspId);
    const gateway = new Gateway();
    try {
        const organizations = target.network.organizations ?? [];
        const client =
            sharing?.fabric.getChannel().client ??
            (await newSdkClient({ connectionProfile, identity, organizations, requestTimeoutMs, sdkCalls }));
        await gateway.connect(client, {
            identity: {
                credentials: { certificate: certificatePem, privateKey: keyPem },
                mspId,
                type: 'X.509',
            } as { type: string; mspId: string },
            tlsInfo: { certificate: certificatePem, key: keyPem },
            discovery: { enabled: sharing === undefined, asLocalhost },
            eventHandlerOptions: { commitTimeout: commitTimeoutMs / 1000 },
        });
        const { channel, chaincode } = target.network;
        const fabric = await gateway.getNetwork(channel.name);
        if (sharing) return { fabric, nodes: sharing.nodes, sdkCalls };
        const ask = { chaincode: chaincode.name, asLocalhost, timeoutMs: requestTimeoutMs };
        const plan = new PlanSource(() => askForPlan(fabric, ask));
        const nodes = new ChannelNodes({
            channel: fabric.getChannel(),
            plan,
            asLocalhost,
            ownTls: { certificatePem, keyPem },
            relayUrl,
            nodeTimeoutMs: orderTimeoutMs,
        });
        // While all nodes that discovery tells of are there. A channel may have no chaincode yet: the first submit asks again.
        await plan.plan().catch(() => undefined);
        return { fabric, nodes, sdkCalls };
    } catch (cause) {
        if (sharing === undefined) disconnect(gateway, sdkCalls);
        throw whyNotConnected(cause, identity, target);
    }
}

/** The SDK's calls first, its channels in the next turn. */
function disconnect(gateway: Gateway, sdkCalls: SdkCalls): void {
    void sdkCalls.end().then(() => {
        gateway.disconnect();
    });
}

function profileOf({ connectionProfiles }: ReachableNetwork, mspId: string): object {
    const profile = connectionProfiles[mspId];
    if (profile !== undefined) return profile;
    throw new ClientError({ code: 'NO_CONNECTION_PROFILE', mspId, known: Object.keys(connectionProfiles) });
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

function assertNativeCrypto(): void {
    if (!(User.newCryptoSuite() instanceof NativeCryptoSuite)) {
        throw new ClientError({ code: 'NATIVE_CRYPTO_NOT_LOADED' });
    }
}
