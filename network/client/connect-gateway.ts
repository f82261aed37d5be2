import './prepare-sdk';
import { User, type Client } from 'fabric-common';
import { DefaultEventHandlerStrategies, Gateway, type Contract, type Network as FabricNetwork } from 'fabric-network';
import type { Identity } from '../identities/identity';
import { ClientError } from './client-errors';
import type { CommitWatch } from './commit-watch';
import { epochClock, type EpochClock } from './epoch-clock';
import { NativeCryptoSuite } from './native-crypto-suite';
import { PhaseRecorder } from './phase-recorder';

/** What a client must know of a network: its names, and how its nodes are reached. */
export interface ReachableNetwork {
    /** By MSP id. */
    readonly connectionProfiles: Readonly<Record<string, object>>;
    /** There when its nodes are containers, which advertise names that are not known here. */
    readonly docker?: object;
    readonly network: {
        readonly channel: { readonly name: string };
        readonly chaincode: { readonly name: string };
    };
}

/** Deadlines of a client, in ms. They belong to the medium: a narrow radio needs longer ones. */
export interface Deadlines {
    /** For one endorsement or one query. */
    readonly requestTimeoutMs: number;
    /** From the orderer's yes to the commit event. */
    readonly commitTimeoutMs: number;
}

export const loopbackDeadlines: Deadlines = { requestTimeoutMs: 30_000, commitTimeoutMs: 30_000 };

export interface GatewayOptions {
    readonly deadlines?: Deadlines;
    /**
     * Use the connections of this gateway and the nodes it discovered: far fewer sockets, and none of the two discovery
     * requests that a gateway costs. Every known peer is then asked to endorse. Closing either closes both.
     */
    readonly sharing?: GatewayConnection;
    /** Hear of commits by one stream a process in place of one a gateway. Without it the SDK's own way is taken. */
    readonly commitWatch?: CommitWatch;
    /** The nodes' advertised names are not reachable from here, but their ports on this machine are. */
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
    const deadlines = options.deadlines ?? options.sharing?.deadlines ?? loopbackDeadlines;
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
            discovery: { enabled: options.sharing === undefined, asLocalhost: options.asLocalhost ?? target.docker !== undefined },
            eventHandlerOptions: {
                endorseTimeout: wholeSeconds(deadlines.requestTimeoutMs),
                commitTimeout: deadlines.commitTimeoutMs / 1000,
                strategy: phases.around(handler),
            },
            queryHandlerOptions: { timeout: wholeSeconds(deadlines.requestTimeoutMs) },
            // The SDK reads requestTimeout, not the request-timeout of its own settings, and gives up after 3 s else.
            'connection-options': {
                requestTimeout: deadlines.requestTimeoutMs,
                'grpc-wait-for-ready-timeout': deadlines.requestTimeoutMs,
            },
        });
        const fabric = await gateway.getNetwork(target.network.channel.name);
        return {
            identity,
            deadlines,
            fabric,
            clock,
            phases,
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

function whyNotConnected(cause: unknown, { name, mspId }: Identity, { network }: ReachableNetwork): ClientError {
    const why = cause instanceof Error ? cause.message : String(cause);
    // Discovery's word for a signer that the channel's MSPs do not take.
    if (why.includes('access denied'))
        return new ClientError({ code: 'CERTIFICATE_REFUSED', name, mspId, why }, { cause });
    const node = `The network of channel ${network.channel.name}`;
    return new ClientError({ code: 'CLIENT_UNREACHABLE', node, why }, { cause });
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
