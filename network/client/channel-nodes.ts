import { isIP } from 'node:net';
import type { Channel, ServiceEndpoint } from 'fabric-common';
import { parseProposalResponse } from '../wire/proposal-response';
import { WireError } from '../wire/wire-errors';
import { BroadcastStream } from './broadcast-stream';
import type { EndorsementPlan, PlannedPeer, PlanSource } from './endorsement-plan';
import type { GrpcTarget, TlsTrust } from '../grpc/dial';
import type { CallEvents, GrpcCall } from '../grpc/grpc-call';
import { GrpcConnection } from '../grpc/grpc-connection';
import { grpcStatuses, newFailure, notConnected, type GrpcFailure } from '../grpc/grpc-status';
import { endpointOf, type KnownPeers, type SdkEndpoint } from './known-peers';
import { OrderingService } from './ordering-service';
import type { PeerAnswer } from './peer-answer';

export interface ChannelNodesOptions {
    /** The SDK's, which knows the nodes' addresses and certificates by profile and discovery. */
    readonly channel: Channel;
    readonly peers: KnownPeers;
    readonly plan: PlanSource;
    /** The nodes' ports are on this machine, whatever host they tell. */
    readonly asLocalhost: boolean;
    /** Shown to a node that asks for a client's certificate. */
    readonly ownTls: Pick<TlsTrust, 'certificatePem' | 'keyPem'>;
    readonly relayUrl: string | undefined;
    /** How long a connection may take to stand, and one orderer to answer. */
    readonly nodeTimeoutMs: number;
}

const endorsePath = '/protos.Endorser/ProcessProposal';

/** The nodes of a channel, each by one HTTP/2 connection. Gateways that share connections share this. */
export class ChannelNodes {
    readonly ordering: OrderingService;
    readonly #options: ChannelNodesOptions;
    readonly #connections = new Map<string, GrpcConnection>();
    readonly #orderers = new Map<string, BroadcastStream>();
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

    /** Has discovery asked anew, unless it has just been, and answers when what is known now is known. */
    async renew(): Promise<void> {
        if (!this.#isClosed) await this.#options.plan.renew();
    }

    isSuspect(address: string): boolean {
        return this.#options.peers.isSuspect(address);
    }

    /** Addresses of the channel's peers, as a client of this organisation turns to them: its own first. */
    peersInTurn(mspId: string): string[] {
        return this.#options.peers.inTurn(mspId).map((peer) => endpointOf(peer).addr);
    }

    /** The address by which a peer is dialled that discovery tells of. */
    addressOf({ address }: PlannedPeer): string {
        return this.#options.asLocalhost ? `localhost:${address.slice(address.lastIndexOf(':') + 1)}` : address;
    }

    /** Has one peer answer a SignedProposal. */
    async ask(address: string, signedProposal: Uint8Array, timeoutMs: number): Promise<PeerAnswer> {
        const connection = this.#peerAt(address);
        if ('unsent' in connection) return { peer: address, failure: connection };
        const answer = await connection.call(endorsePath, signedProposal, timeoutMs);
        const read: PeerAnswer =
            'message' in answer ? readResponse(address, answer.message) : { peer: address, failure: answer.failure };
        if ('response' in read) this.noteAnswered(address);
        else this.noteFailed(address);
        return read;
    }

    /** Opens a call to a peer that stays open, or tells why it cannot. */
    async open(address: string, path: string, events: CallEvents): Promise<GrpcCall | GrpcFailure> {
        const connection = this.#peerAt(address);
        return 'unsent' in connection ? connection : connection.open(path, events);
    }

    noteFailed(address: string): void {
        this.#options.peers.noteFailed(address);
    }

    noteAnswered(address: string): void {
        this.#options.peers.noteAnswered(address);
    }

    /** Ends every call under way, and lets none begin. May be called twice. */
    close(): void {
        this.#isClosed = true;
        this.ordering.close();
        for (const connection of this.#connections.values()) connection.close();
    }

    /** One that the SDK could not connect to when discovery told of it may be there the next time. */
    #peerAt(address: string): GrpcConnection | GrpcFailure {
        const peer = this.#options.peers.at(address);
        if (peer !== undefined) return this.#connectionTo(peer);
        this.noteFailed(address);
        void this.renew();
        return notConnected('it was not there when discovery told of it');
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
        // It may have moved, and others may have come.
        const onRefused = (): void => void this.renew();
        const made = new GrpcConnection(targetOf(endpoint, ownTls, relayUrl), nodeTimeoutMs, onRefused);
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
