import type { ServerDuplexStream, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { parseEnvelope, parseSignedPayload } from '../../wire/envelope';
import type { ParsedEnvelope } from '../../wire/envelope';
import { FieldWriter } from '../../wire/field-writer';
import { newBlockAndPrivateData, type PrivateWrites } from '../../wire/private-rwset';
import { parseSeekInfo } from '../../wire/seek';
import type { SeekInfo } from '../../wire/seek';
import { WireError } from '../../wire/wire-errors';
import type { Clock } from '../clock';
import { deliverStatus, openBlockFeed } from '../deliver/block-feed';
import type { BlockFeed, BlockSource } from '../deliver/block-feed';
import { filteredBlockResponse, fullBlockResponse, newStatusResponse } from '../deliver/deliver-response';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import type { StoredBlock } from '../ledger/stored-block';
import { policyPaths } from '../msp/channel-policies';
import { MspError } from '../msp/msp-errors';
import type { MspRegistry } from '../msp/msp-registry';
import type { Policy, SignedData } from '../msp/policy';
import { unreadableMessageStatus } from './grpc-status';
import { rawMethod } from './raw-method';

export const deliverMethods: ServiceDefinition = {
    Deliver: rawMethod('/protos.Deliver/Deliver', 'stream'),
    DeliverFiltered: rawMethod('/protos.Deliver/DeliverFiltered', 'stream'),
    DeliverWithPrivateData: rawMethod('/protos.Deliver/DeliverWithPrivateData', 'stream'),
};

/** What a delivery reads from and who may read it. */
export interface Delivery<B extends { readonly number: number }> {
    readonly channelId: string;
    readonly source: BlockSource<B>;
    readonly readers: Pick<Policy, 'evaluate'>;
    readonly msps: Pick<MspRegistry, 'identity'>;
    readonly clock: Clock;
    /** A block as the client is sent it, who proved itself by the claim. */
    readonly encode: (block: B, reader: SignedData) => Buffer;
}

/** A request that is older or younger than this is refused. Fabric v2.5.16: peer.authentication.timewindow. */
const timeWindowMs = 15 * 60 * 1000;

/** protos.Deliver of one peer: whole blocks, filtered ones, and whole ones with the private data of this peer. */
export function newDeliverService(peer: EndorsingPeer): UntypedServiceImplementation {
    const delivery = (encode: Delivery<StoredBlock>['encode']): Delivery<StoredBlock> => ({
        channelId: peer.channelId,
        source: peer.ledger,
        readers: peer.policies.policy(policyPaths.applicationReaders),
        msps: peer.msps,
        clock: peer.clock,
        encode,
    });
    return {
        Deliver: deliverTo(delivery(fullBlockResponse)),
        DeliverFiltered: deliverTo(delivery(filteredBlockResponse)),
        DeliverWithPrivateData: deliverTo(delivery((block, reader) => privateDataResponse(block, reader, peer))),
    };
}

/**
 * DeliverResponse{block_and_private_data}: what the peer holds, less what the reader may not read.
 * Fabric v2.5.16: core/peer/deliverevents.go, CheckCollectionPolicy.
 */
function privateDataResponse(block: StoredBlock, reader: SignedData, { ledger, collections }: EndorsingPeer): Buffer {
    const readable = new Map<number, readonly PrivateWrites[]>();
    for (const [txNumber, writes] of ledger.privateData.writesOf(block.number)) {
        const left = writes.filter(({ namespace, collection }) => collections.mayRead(namespace, collection, reader));
        if (left.length > 0) readable.set(txNumber, left);
    }
    return new FieldWriter().message(4, newBlockAndPrivateData(block.bytes, readable)).finish();
}

type DeliverStream = Pick<ServerDuplexStream<Buffer, Buffer>, 'write' | 'end'> & {
    on(event: 'data', listener: (bytes: Buffer) => void): unknown;
    on(event: 'end' | 'cancelled' | 'error', listener: () => void): unknown;
    /** Ends the stream with this status. */
    emit(event: 'error', status: typeof unreadableMessageStatus): unknown;
};

/** Serves the deliver streams of one node. */
export function deliverTo<B extends { readonly number: number }>(
    delivery: Delivery<B>,
): (stream: DeliverStream) => void {
    return (stream) => {
        new DeliverSession(stream, delivery).serve();
    };
}

/**
 * One deliver stream: seek after seek, each answered to its end with a status. A client that has closed its own side is
 * still served; only cancellation stops a delivery. Any status but SUCCESS ends the stream, and so does what is no
 * envelope, with gRPC's INTERNAL.
 * Fabric v2.5.16: common/deliver/deliver.go, Handle.
 */
class DeliverSession<B extends { readonly number: number }> {
    readonly #stream: DeliverStream;
    readonly #delivery: Delivery<B>;
    readonly #waiting: Buffer[] = [];
    #feed: BlockFeed | undefined;
    #isServing = false;
    #isHalfClosed = false;
    #isOver = false;

    constructor(stream: DeliverStream, delivery: Delivery<B>) {
        this.#stream = stream;
        this.#delivery = delivery;
    }

    serve(): void {
        const abandon = (): void => {
            this.#isOver = true;
            this.#feed?.cancel();
        };
        this.#stream.on('data', (bytes) => {
            this.#waiting.push(bytes);
            this.#serveNext();
        });
        this.#stream.on('end', () => {
            this.#isHalfClosed = true;
            this.#serveNext();
        });
        this.#stream.on('cancelled', abandon);
        this.#stream.on('error', abandon);
    }

    #serveNext(): void {
        if (this.#isServing || this.#isOver) {
            return;
        }
        const envelope = this.#waiting.shift();
        if (envelope && !isEnvelope(envelope)) {
            this.#isOver = true;
            this.#stream.emit('error', unreadableMessageStatus);
        } else if (envelope) {
            this.#open(envelope);
        } else if (this.#isHalfClosed) {
            this.#finish();
        }
    }

    #open(envelope: Buffer): void {
        this.#isServing = true;
        const feed = openSeek(envelope, this.#delivery, {
            send: (bytes) => this.#stream.write(bytes),
            end: (status) => {
                this.#isServing = false;
                this.#feed = undefined;
                this.#stream.write(newStatusResponse(status));
                if (status === deliverStatus.success) this.#serveNext();
                else this.#finish();
            },
        });
        this.#keep(feed);
    }

    /** A seek that has ended already leaves the place to the one that followed it. */
    #keep(feed: BlockFeed | undefined): void {
        if (this.#isServing) this.#feed ??= feed;
    }

    #finish(): void {
        this.#isOver = true;
        this.#stream.end();
    }
}

function isEnvelope(bytes: Buffer): boolean {
    try {
        parseSignedPayload(bytes);
        return true;
    } catch (error) {
        if (error instanceof WireError) return false;
        throw error;
    }
}

/** Checks a seek and starts it; `end` is called with the status, before this returns when it is refused. */
function openSeek<B extends { readonly number: number }>(
    envelopeBytes: Buffer,
    delivery: Delivery<B>,
    { send, end }: { readonly send: (bytes: Buffer) => void; readonly end: (status: number) => void },
): BlockFeed | undefined {
    const seek = checkSeek(envelopeBytes, delivery);
    if (typeof seek === 'number') {
        end(seek);
        return undefined;
    }
    return openBlockFeed({
        source: delivery.source,
        seek: seek.info,
        send: (block) => {
            send(delivery.encode(block, seek.claim));
        },
        end,
        mayRead: () => delivery.clock.nowMs() <= seek.expiresAtMs,
    });
}

/** The seek and until when its sender may read, or the status that refuses it. */
function checkSeek(
    envelopeBytes: Buffer,
    delivery: Pick<Delivery<never>, 'channelId' | 'readers' | 'msps' | 'clock'>,
): { readonly info: SeekInfo; readonly expiresAtMs: number; readonly claim: SignedData } | number {
    const nowMs = delivery.clock.nowMs();
    try {
        const envelope = parseEnvelope(envelopeBytes);
        const { header } = envelope;
        if (!header.timestamp || Math.abs(header.timestampMs - nowMs) > timeWindowMs) {
            return deliverStatus.badRequest;
        }
        if (header.channelId !== delivery.channelId) {
            return deliverStatus.notFound;
        }
        const info = parseSeekInfo(envelope.data);
        const expiresAtMs = expiryOf(envelope, delivery.msps);
        const claim = { identity: header.creator, message: envelope.payloadBytes, signature: envelope.signature };
        const mayRead = expiresAtMs >= nowMs && delivery.readers.evaluate([claim]).satisfied;
        return mayRead ? { info, expiresAtMs, claim } : deliverStatus.forbidden;
    } catch (error) {
        if (error instanceof WireError) return deliverStatus.badRequest;
        throw error;
    }
}

/** An identity of nobody does not expire: the policy refuses it. */
function expiryOf({ header }: ParsedEnvelope, msps: Pick<MspRegistry, 'identity'>): number {
    try {
        return msps.identity(header.creator).notAfterMs;
    } catch (error) {
        if (error instanceof MspError) return Infinity;
        throw error;
    }
}
