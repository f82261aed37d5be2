import { isIP } from 'node:net';
import type { Channel, ServiceEndpoint } from 'fabric-common';
import { parseProposalResponse } from '../wire/proposal-response';
import { WireError } from '../wire/wire-errors';
import { BroadcastStream } from './broadcast-stream';
import type { EndorsementPlan, PlannedPeer, PlanSource } from './endorsement-plan';
import type { GrpcTarget, TlsTrust } from '../grpc/dial';
import { GrpcConnection } from '../grpc/grpc-connection';
import { grpcStatuses, newFailure, notConnected } from '../grpc/grpc-status';
import { OrderingService } from './ordering-service';
import type { PeerAnswer } from './peer-answer';
import { Suspects } from './suspects';

export interface ChannelNodesOptions {
    /** The SDK's, which knows the nodes' addresses and certificates by profile and discovery. */
    readonly channel: Channel;
    readonly plan: PlanSource;
    /** The nodes' ports are on this machine, whatever host they tell. */
    readonly asLocalhost: boolean;
    /** Shown to a node that asks for a client's certificate. */
    readonly ownTls: Pick<TlsTrust, 'certificatePem' | 'keyPem'>;
    readonly relayUrl: string | undefined;
    /** How long a connection may take to stand, and one orderer to answer. */
    readonly nodeTimeoutMs: number;
}

/** What is read of the SDK's endpoint. fabric-common: lib/Endpoint.js. */
interface SdkEndpoint {
    /** `host:port` */
    readonly addr: string;
    readonly options: { readonly pem?: string; readonly 'ssl-target-name-override'?: string };
    isTLS(): boolean;
}

const endorsePath = '/protos.Endorser/ProcessProposal';

/** The nodes of a channel, each by one HTTP/2 connection. Gateways that share connections share this. */
export class ChannelNodes {
    readonly ordering: OrderingService;
    readonly #options: ChannelNodesOptions;
    readonly #connections = new Map<string, GrpcConnection>();
    readonly #orderers = new Map<string, BroadcastStream>();
    readonly #suspects = new Suspects();
    #isClosed = false;

    constructor(options: ChannelNodesOptions) {
        this.#options = options;
        this.ordering = new OrderingService({
            orderTimeoutMs: options.nodeTimeoutMs,
            orderers: () => options.channel.getCommitters().map((orderer) => this.#broadcastTo(orderer)),
            random: () => Math.random(),
        });
    }

    /** Who may endorse. Rejects with the SDK's own error when discovery cannot be asked. */
    async plan(): Promise<EndorsementPlan> {
        return this.#options.plan.plan();
    }

    isSuspect(address: string): boolean {
        return this.#suspects.has(address);
    }

    /** Addresses of an organisation's peers, those that failed lately last; of all peers when it has none that is known. */
    peersOf(mspId: string): string[] {
        const { channel } = this.#options;
        const own = channel.getEndorsers(mspId);
        const peers = own.length > 0 ? own : channel.getEndorsers();
        return peers
            .map((peer) => endpointOf(peer).addr)
            .sort((one, other) => Number(this.isSuspect(one)) - Number(this.isSuspect(other)));
    }

    /** The address by which a peer is dialled that discovery tells of. */
    addressOf({ address }: PlannedPeer): string {
        return this.#options.asLocalhost ? `localhost:${address.slice(address.lastIndexOf(':') + 1)}` : address;
    }

    /** Has one peer answer a SignedProposal. */
    async ask(address: string, signedProposal: Uint8Array, timeoutMs: number): Promise<PeerAnswer> {
        const peer = this.#options.channel.getEndorsers().find((known) => endpointOf(known).addr === address);
        const connection = peer && this.#connectionTo(peer);
        if (connection === undefined) {
            return { peer: address, failure: notConnected('it was not there when the gateway was opened') };
        }
        const answer = await connection.call(endorsePath, signedProposal, timeoutMs);
        const read: PeerAnswer =
            'message' in answer ? readResponse(address, answer.message) : { peer: address, failure: answer.failure };
        if ('response' in read) this.#suspects.clear(address);
        else this.#suspects.note(address);
        return read;
    }

    /** Ends every call under way, and lets none begin. May be called twice. */
    close(): void {
        this.#isClosed = true;
        this.ordering.close();
        for (const connection of this.#connections.values()) connection.close();
    }

    #broadcastTo(orderer: ServiceEndpoint): BroadcastStream {
        const present = this.#orderers.get(orderer.name);
        if (present) return present;
        const made = new BroadcastStream(orderer.name, this.#connectionTo(orderer));
        this.#orderers.set(orderer.name, made);
        return made;
    }

    #connectionTo(node: ServiceEndpoint): GrpcConnection {
        const endpoint = endpointOf(node);
        const present = this.#connections.get(endpoint.addr);
        if (present) return present;
        const { ownTls, relayUrl, nodeTimeoutMs } = this.#options;
        const made = new GrpcConnection(targetOf(endpoint, ownTls, relayUrl), nodeTimeoutMs);
        if (this.#isClosed) made.close();
        this.#connections.set(endpoint.addr, made);
        return made;
    }
}

/** A peer's answer that is none is a failure of that peer. */
function readResponse(peer: string, message: Buffer): PeerAnswer {
    try {
        return { peer, response: parseProposalResponse(message) };
    } catch (error) {
        if (error instanceof WireError) return { peer, failure: newFailure(grpcStatuses.internal, error.message) };
        throw error;
    }
}

function endpointOf({ endpoint }: ServiceEndpoint): SdkEndpoint {
    return endpoint as unknown as SdkEndpoint;
}

function targetOf(
    endpoint: SdkEndpoint,
    ownTls: ChannelNodesOptions['ownTls'],
    relayUrl: string | undefined,
): GrpcTarget {
    const { hostname: host, port } = new URL(`http://${endpoint.addr}`);
    const { pem: rootsPem = '', 'ssl-target-name-override': name } = endpoint.options;
    const serverName = name !== undefined && isIP(name) === 0 ? { serverName: name } : {};
    return {
        host,
        port: Number(port),
        ...(endpoint.isTLS() && { tls: { rootsPem, ...serverName, ...ownTls } }),
        ...(relayUrl !== undefined && { relayUrl }),
    };
}
