import { createHash } from 'node:crypto';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';

/** A chaincode as a client names it when it asks who must endorse a call of it. */
export interface ChaincodeCall {
    readonly name: string;
    readonly collections: readonly string[];
    /** Nothing is read from the collections, so endorsers need not hold them. */
    readonly noPrivateReads?: boolean;
}

/** One question of a discovery request. Fabric v2.5.16: protos/discovery/protocol.proto, Query. */
export type DiscoveryQuery =
    | { readonly kind: 'config'; readonly channel: string }
    | { readonly kind: 'peers'; readonly channel: string; readonly filter: readonly ChaincodeCall[] }
    | {
          readonly kind: 'endorsers';
          readonly channel: string;
          readonly interests: readonly (readonly ChaincodeCall[])[];
      }
    | { readonly kind: 'local-peers'; readonly channel: string }
    | { readonly kind: 'unknown'; readonly channel: string };

export interface DiscoveryRequest {
    /** The bytes that the client signed. */
    readonly payload: Buffer;
    readonly signature: Buffer;
    /** SerializedIdentity; undefined when the request holds no authentication at all. */
    readonly clientIdentity: Buffer | undefined;
    readonly queries: readonly DiscoveryQuery[];
}

/** Reads a discovery.SignedRequest. Throws WIRE_MALFORMED. */
export function parseDiscoveryRequest(bytes: Uint8Array): DiscoveryRequest {
    const { payload, signature } = parseSigned(bytes);
    const reader = new FieldReader('Request', payload);
    let clientIdentity: Buffer | undefined;
    const queries: DiscoveryQuery[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) clientIdentity = parseBytesField('AuthInfo', reader.bytes());
        else if (tag === 0x12) queries.push(parseQuery(reader.bytes()));
        else reader.skip();
    }
    return { payload, signature, clientIdentity, queries };
}

function parseSigned(bytes: Uint8Array): { payload: Buffer; signature: Buffer } {
    const reader = new FieldReader('SignedRequest', bytes);
    const signed = { payload: Buffer.alloc(0) as Buffer, signature: Buffer.alloc(0) as Buffer };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) signed.payload = reader.bytes();
        else if (tag === 0x12) signed.signature = reader.bytes();
        else reader.skip();
    }
    return signed;
}

function parseBytesField(message: string, bytes: Uint8Array): Buffer {
    const reader = new FieldReader(message, bytes);
    let value: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) value = reader.bytes();
        else reader.skip();
    }
    return value;
}

function parseQuery(bytes: Uint8Array): DiscoveryQuery {
    const reader = new FieldReader('Query', bytes);
    let channel = '';
    let query: (channel: string) => DiscoveryQuery = (name) => ({ kind: 'unknown', channel: name });
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        switch (tag) {
            case 0x0a:
                channel = reader.string();
                break;
            case 0x12:
                reader.skip();
                query = (name) => ({ kind: 'config', channel: name });
                break;
            case 0x1a: {
                const filter = parseMessages('PeerMembershipQuery', reader.bytes()).flatMap(parseInterest);
                query = (name) => ({ kind: 'peers', channel: name, filter });
                break;
            }
            case 0x22: {
                const interests = parseMessages('ChaincodeQuery', reader.bytes()).map(parseInterest);
                query = (name) => ({ kind: 'endorsers', channel: name, interests });
                break;
            }
            case 0x2a:
                reader.skip();
                query = (name) => ({ kind: 'local-peers', channel: name });
                break;
            default:
                reader.skip();
        }
    }
    return query(channel);
}

/** Every field 1 of a message. */
function parseMessages(message: string, bytes: Uint8Array): Buffer[] {
    const reader = new FieldReader(message, bytes);
    const messages: Buffer[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) messages.push(reader.bytes());
        else reader.skip();
    }
    return messages;
}

function parseInterest(bytes: Uint8Array): ChaincodeCall[] {
    return parseMessages('ChaincodeInterest', bytes).map(parseChaincodeCall);
}

function parseChaincodeCall(bytes: Uint8Array): ChaincodeCall {
    const reader = new FieldReader('ChaincodeCall', bytes);
    let name = '';
    const collections: string[] = [];
    let noPrivateReads = false;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) name = reader.string();
        else if (tag === 0x12) collections.push(reader.string());
        else if (tag === 0x18) noPrivateReads = reader.bool();
        else reader.skip();
    }
    return noPrivateReads ? { name, collections, noPrivateReads } : { name, collections };
}

/** A peer as discovery tells of it. */
export interface DiscoveredPeer {
    readonly mspId: string;
    /** host:port */
    readonly endpoint: string;
    /** SerializedIdentity. */
    readonly identity: Buffer;
    /** Epoch milliseconds at which the peer started, and a count that rises. */
    readonly startedAtMs: number;
    readonly sequence: number;
    /** What the peer holds of the channel; left out in an answer about local peers. */
    readonly channel?: {
        readonly name: string;
        readonly ledgerHeight: number;
        /** `version` is the definition's sequence, in decimal. */
        readonly chaincodes: readonly { readonly name: string; readonly version: string }[];
    };
}

const gossipTag = { EMPTY: 1, CHAN_OR_ORG: 5 } as const;

/** The gossip layer's name of a peer: sha256(mspid ‖ certificate). Fabric v2.5.16: internal/pkg/peer/.../mcs. */
export function newPkiId(mspId: string, idBytes: Uint8Array): Buffer {
    return createHash('sha256').update(mspId).update(idBytes).digest();
}

function newPeer(peer: DiscoveredPeer, idBytesOf: (identity: Buffer) => Uint8Array): Buffer {
    const pkiId = newPkiId(peer.mspId, idBytesOf(peer.identity));
    const time = new FieldWriter()
        .uint(1, peer.startedAtMs * 1_000_000)
        .uint(2, peer.sequence)
        .finish();
    const member = new FieldWriter().string(1, peer.endpoint).bytes(3, pkiId).finish();
    const alive = new FieldWriter().message(1, member).message(2, time).finish();
    const aliveMessage = new FieldWriter().uint(3, gossipTag.EMPTY).message(5, alive).finish();
    const writer = new FieldWriter();
    if (peer.channel) {
        writer.message(1, newGossipEnvelope(newStateInfo(peer.channel, pkiId, time)));
    }
    return writer.message(2, newGossipEnvelope(aliveMessage)).bytes(3, peer.identity).finish();
}

function newStateInfo(channel: NonNullable<DiscoveredPeer['channel']>, pkiId: Buffer, time: Buffer): Buffer {
    const properties = new FieldWriter().uint(1, channel.ledgerHeight);
    for (const chaincode of channel.chaincodes) {
        properties.message(3, new FieldWriter().string(1, chaincode.name).string(2, chaincode.version).finish());
    }
    const mac = createHash('sha256').update(pkiId).update(channel.name).digest();
    const stateInfo = new FieldWriter()
        .message(2, time)
        .bytes(3, pkiId)
        .bytes(4, mac)
        .message(5, properties.finish())
        .finish();
    return new FieldWriter().uint(3, gossipTag.CHAN_OR_ORG).message(15, stateInfo).finish();
}

/** Clients do not verify gossip signatures, and no peer of ours gossips: the envelope carries none. */
function newGossipEnvelope(message: Uint8Array): Buffer {
    return new FieldWriter().bytes(1, message).finish();
}

function newMapEntry(key: string, value: Uint8Array): Buffer {
    return new FieldWriter().string(1, key).message(2, value).finish();
}

/** Certificates of a SerializedIdentity; handed in so that this file needs no MSP. */
export type IdBytesOf = (identity: Buffer) => Uint8Array;

function newPeers(peers: readonly DiscoveredPeer[], idBytesOf: IdBytesOf): Buffer {
    const writer = new FieldWriter();
    for (const peer of peers) {
        writer.message(1, newPeer(peer, idBytesOf));
    }
    return writer.finish();
}

/** Answer to a peer query: the peers by MSP id; each of the organisations is named, also when none of its peers fits. */
export function newMembershipResult(
    peers: readonly DiscoveredPeer[],
    idBytesOf: IdBytesOf,
    mspIds: Iterable<string> = peers.map((peer) => peer.mspId),
): Buffer {
    const members = new FieldWriter();
    for (const mspId of new Set(mspIds)) {
        const ofOrganization = peers.filter((peer) => peer.mspId === mspId);
        members.message(1, newMapEntry(mspId, newPeers(ofOrganization, idBytesOf)));
    }
    return new FieldWriter().message(4, members.finish()).finish();
}

/** Answer to a configuration query: each MSP (FabricMSPConfig bytes) and each organisation's orderers. */
export function newConfigResult(config: {
    readonly msps: ReadonlyMap<string, Uint8Array>;
    readonly orderers: ReadonlyMap<string, readonly { readonly host: string; readonly port: number }[]>;
}): Buffer {
    const writer = new FieldWriter();
    for (const [mspId, bytes] of config.msps) {
        writer.message(1, newMapEntry(mspId, bytes));
    }
    for (const [mspId, endpoints] of config.orderers) {
        const list = new FieldWriter();
        for (const { host, port } of endpoints) {
            list.message(1, new FieldWriter().string(1, host).uint(2, port).finish());
        }
        writer.message(2, newMapEntry(mspId, list.finish()));
    }
    return new FieldWriter().message(2, writer.finish()).finish();
}

/** Who must endorse: groups of exchangeable peers, and how many of each group satisfy the policy. */
export interface EndorsementDescriptor {
    readonly chaincode: string;
    readonly groups: ReadonlyMap<string, readonly DiscoveredPeer[]>;
    readonly layouts: readonly ReadonlyMap<string, number>[];
}

/** Answer to an endorser query, one descriptor for each interest. */
export function newEndorsersResult(descriptors: readonly EndorsementDescriptor[], idBytesOf: IdBytesOf): Buffer {
    const result = new FieldWriter();
    for (const descriptor of descriptors) {
        const writer = new FieldWriter().string(1, descriptor.chaincode);
        for (const [group, peers] of descriptor.groups) {
            writer.message(2, newMapEntry(group, newPeers(peers, idBytesOf)));
        }
        for (const layout of descriptor.layouts) {
            const quantities = new FieldWriter();
            for (const [group, quantity] of layout) {
                quantities.message(1, new FieldWriter().string(1, group).uint(2, quantity).finish());
            }
            writer.message(3, quantities.finish());
        }
        result.message(1, writer.finish());
    }
    return new FieldWriter().message(3, result.finish()).finish();
}

/** Answer to one query that could not be answered. */
export function newErrorResult(content: string): Buffer {
    return new FieldWriter().message(1, new FieldWriter().string(1, content).finish()).finish();
}

/** The whole answer: one result for each query, in the same order. */
export function newDiscoveryResponse(results: readonly Uint8Array[]): Buffer {
    const writer = new FieldWriter();
    for (const result of results) {
        writer.message(1, result);
    }
    return writer.finish();
}
