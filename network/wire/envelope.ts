import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { parseChannelHeader, parseSignatureHeader, type ChannelHeader, type SignatureHeader } from './headers';
import { malformed } from './wire-errors';

/** common.Envelope: a signed payload. Both parts are views of the bytes that came and are never encoded again. */
export interface SignedPayload {
    readonly payloadBytes: Buffer;
    readonly signature: Buffer;
}

/** common.Payload with its Header opened one level: the inner headers stay bytes, because they are hashed. */
export interface Payload {
    /** undefined when the payload carries no header. */
    readonly header: { readonly channelHeaderBytes: Buffer; readonly signatureHeaderBytes: Buffer } | undefined;
    readonly data: Buffer;
}

export interface EnvelopeHeader extends ChannelHeader, SignatureHeader {
    /** Epoch milliseconds of the header's timestamp; 0 when it carries none. */
    readonly timestampMs: number;
    readonly channelHeaderBytes: Buffer;
    readonly signatureHeaderBytes: Buffer;
}

export interface ParsedEnvelope extends SignedPayload {
    readonly header: EnvelopeHeader;
    readonly data: Buffer;
}

const empty = Buffer.alloc(0);

/** Reads an envelope with payload and headers. Throws WIRE_MALFORMED, also when a header is missing. */
export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
    const signed = parseSignedPayload(bytes);
    const { header, data } = parsePayload(signed.payloadBytes);
    if (header === undefined) throw malformed('Payload', 'it has no header');
    return { ...signed, header: parseHeader(header), data };
}

/** Reads the two halves of an envelope and nothing within. Throws WIRE_MALFORMED. */
export function parseSignedPayload(bytes: Uint8Array): SignedPayload {
    const reader = new FieldReader('Envelope', bytes);
    let payloadBytes: Buffer = empty;
    let signature: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) payloadBytes = reader.bytes();
        else if (tag === 0x12) signature = reader.bytes();
        else reader.skip();
    }
    return { payloadBytes, signature };
}

/** Reads an envelope's payload. Throws WIRE_MALFORMED. */
export function parsePayload(bytes: Uint8Array): Payload {
    const reader = new FieldReader('Payload', bytes);
    let header: Payload['header'];
    let data: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) header = parseHeaderBytes(reader.message('Header'));
        else if (tag === 0x12) data = reader.bytes();
        else reader.skip();
    }
    return { header, data };
}

/** Reads both inner headers. Throws WIRE_MALFORMED. */
export function parseHeader(header: NonNullable<Payload['header']>): EnvelopeHeader {
    const { channelHeaderBytes, signatureHeaderBytes } = header;
    const channelHeader = parseChannelHeader(channelHeaderBytes);
    const { creator, nonce } = parseSignatureHeader(signatureHeaderBytes);
    const { timestamp } = channelHeader;
    // Field by field: spreading objects costs several microseconds, and every peer does this for every transaction.
    return {
        type: channelHeader.type,
        version: channelHeader.version,
        timestamp,
        channelId: channelHeader.channelId,
        txId: channelHeader.txId,
        epoch: channelHeader.epoch,
        extension: channelHeader.extension,
        tlsCertHash: channelHeader.tlsCertHash,
        creator,
        nonce,
        timestampMs: timestamp === undefined ? 0 : timestamp.seconds * 1000 + timestamp.nanos / 1_000_000,
        channelHeaderBytes,
        signatureHeaderBytes,
    };
}

/** common.Envelope around a payload and its signature, both as they are. */
export function newEnvelope(payloadBytes: Uint8Array, signature: Uint8Array): Buffer {
    return new FieldWriter().bytes(1, payloadBytes).bytes(2, signature).finish();
}

/** The payload that a client signs: headers as they are, and the data. */
export function newPayload(channelHeader: Uint8Array, signatureHeader: Uint8Array, data: Uint8Array): Buffer {
    const header = new FieldWriter().bytes(1, channelHeader).bytes(2, signatureHeader).finish();
    return new FieldWriter().message(1, header).bytes(2, data).finish();
}

function parseHeaderBytes(reader: FieldReader): NonNullable<Payload['header']> {
    let channelHeaderBytes: Buffer = empty;
    let signatureHeaderBytes: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) channelHeaderBytes = reader.bytes();
        else if (tag === 0x12) signatureHeaderBytes = reader.bytes();
        else reader.skip();
    }
    return { channelHeaderBytes, signatureHeaderBytes };
}
