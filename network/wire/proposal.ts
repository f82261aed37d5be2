import { createHash } from 'node:crypto';
import { FieldReader, asBuffer } from './field-reader';
import { FieldWriter } from './field-writer';
import {
    headerTypes,
    newChaincodeHeaderExtension,
    newChaincodeId,
    newChannelHeader,
    newSignatureHeader,
    parseChaincodeHeaderExtension,
    parseChannelHeader,
    parseSignatureHeader,
    readChaincodeId,
    timestampFromMs,
} from './headers';
import type { ChannelHeader, SignatureHeader } from './headers';
import { newTransactionId } from './transaction-id';

/** The arguments of a chaincode call. */
export interface ProposalInput {
    readonly args: readonly Buffer[];
    readonly isInit: boolean;
    /** ChaincodeInput as it arrived; what the chaincode is given. */
    readonly bytes: Buffer;
}

/** What a client asks a peer to endorse; every part that is hashed or signed stays the bytes that arrived. */
export interface SignedProposal extends ChannelHeader, SignatureHeader {
    readonly bytes: Buffer;
    readonly proposalBytes: Buffer;
    readonly signature: Buffer;
    readonly channelHeaderBytes: Buffer;
    readonly signatureHeaderBytes: Buffer;
    /** From the header extension, which is what decides (not the name in the invocation spec); undefined without one. */
    readonly chaincodeName: string | undefined;
    /** The name in the invocation spec, which only system chaincodes look at; undefined without a spec. */
    readonly specChaincodeName: string | undefined;
    readonly input: ProposalInput | undefined;
    /** sha256 of channel header, signature header and the payload without its transient data. */
    readonly proposalHash: Buffer;
}

/**
 * Reads a SignedProposal down to the chaincode's arguments. Throws WIRE_MALFORMED when a part is no protobuf; what a
 * proposal must hold is the endorser's question. Fabric v2.5.16: core/endorser/msgvalidation.go, UnpackProposal.
 */
export function parseSignedProposal(bytes: Uint8Array): SignedProposal {
    const signed = parseBytesFields('SignedProposal', bytes);
    const proposal = parseBytesFields('Proposal', signed[1]);
    const header = parseBytesFields('Header', proposal[1]);
    const channelHeader = parseChannelHeader(header[1]);
    const signatureHeader = parseSignatureHeader(header[2]);
    const chaincodeName = parseChaincodeHeaderExtension(channelHeader.extension)?.name;
    const payload = parseBytesFields('ChaincodeProposalPayload', proposal[2]);
    const { specChaincodeName, input } = parseInvocation(payload[1]);
    return {
        bytes: asBuffer(bytes),
        proposalBytes: signed[1],
        signature: signed[2],
        channelHeaderBytes: header[1],
        signatureHeaderBytes: header[2],
        ...channelHeader,
        ...signatureHeader,
        chaincodeName,
        specChaincodeName,
        input,
        proposalHash: newProposalHash(header[1], header[2], payload[1]),
    };
}

/** What an endorsement's proposal hash covers of a proposal. */
export interface HashedProposal {
    readonly channelHeaderBytes: Buffer;
    readonly signatureHeaderBytes: Buffer;
    /** ChaincodeInvocationSpec. */
    readonly inputBytes: Buffer;
}

/** Reads of a proposal what its endorsers put their names to. Throws WIRE_MALFORMED. */
export function parseHashedProposal(proposalBytes: Uint8Array): HashedProposal {
    const proposal = parseBytesFields('Proposal', proposalBytes);
    const header = parseBytesFields('Header', proposal[1]);
    const payload = parseBytesFields('ChaincodeProposalPayload', proposal[2]);
    return { channelHeaderBytes: header[1], signatureHeaderBytes: header[2], inputBytes: payload[1] };
}

/** The arguments in a ChaincodeInvocationSpec, the function's name first; empty without any. Throws WIRE_MALFORMED. */
export function parseInvocationArguments(inputBytes: Uint8Array): readonly Buffer[] {
    return parseInvocation(inputBytes).input?.args ?? [];
}

/** sha256(channel header ‖ signature header ‖ ChaincodeProposalPayload holding nothing but the input). */
export function newProposalHash(channelHeader: Uint8Array, signatureHeader: Uint8Array, input: Uint8Array): Buffer {
    const hash = createHash('sha256').update(channelHeader).update(signatureHeader);
    return hash.update(new FieldWriter().bytes(1, input).finish()).digest();
}

/** What a client puts into a proposal. `timestampMs` is epoch milliseconds. */
export interface ProposalContent {
    /** One of `headerTypes`; an endorser transaction when left out. */
    readonly type?: number;
    /** Empty for a call that belongs to no channel. */
    readonly channelId: string;
    readonly chaincodeName: string;
    readonly args: readonly (string | Uint8Array)[];
    readonly creator: Uint8Array;
    readonly nonce: Uint8Array;
    readonly timestampMs: number;
    /** Told to the endorsers and never ordered: name → text. */
    readonly transient?: Readonly<Record<string, string>>;
}

/** A proposal as the client that made it keeps it: its parts become the transaction's. */
export interface Proposal {
    readonly txId: string;
    /** What the client signs. */
    readonly proposalBytes: Buffer;
    readonly channelHeaderBytes: Buffer;
    readonly signatureHeaderBytes: Buffer;
    /** ChaincodeProposalPayload, without transient data. */
    readonly chaincodeProposalPayloadBytes: Buffer;
}

/** Builds the bytes that a client signs, and the transaction id that follows from nonce and creator. */
export function newProposal(content: ProposalContent): Proposal {
    const txId = newTransactionId(content.nonce, content.creator);
    const channelHeaderBytes = newChannelHeader({
        type: content.type ?? headerTypes.endorserTransaction,
        version: 1,
        timestamp: timestampFromMs(content.timestampMs),
        channelId: content.channelId,
        txId,
        extension: newChaincodeHeaderExtension(content.chaincodeName),
    });
    const signatureHeaderBytes = newSignatureHeader(content.creator, content.nonce);
    const chaincodeId = newChaincodeId({ name: content.chaincodeName, version: '' });
    const input = new FieldWriter();
    for (const arg of content.args) {
        input.bytesAlways(1, typeof arg === 'string' ? Buffer.from(arg) : arg);
    }
    const spec = new FieldWriter().uint(1, 1).message(2, chaincodeId).message(3, input.finish()).finish();
    const invocation = new FieldWriter().message(1, spec).finish();
    const chaincodeProposalPayloadBytes = new FieldWriter().bytes(1, invocation).finish();
    const proposalBytes = new FieldWriter()
        .bytes(1, new FieldWriter().bytes(1, channelHeaderBytes).bytes(2, signatureHeaderBytes).finish())
        .bytes(2, Buffer.concat([chaincodeProposalPayloadBytes, newTransientMap(content.transient ?? {})]))
        .finish();
    return { txId, proposalBytes, channelHeaderBytes, signatureHeaderBytes, chaincodeProposalPayloadBytes };
}

/** ChaincodeProposalPayload.TransientMap, which no hash and no transaction holds. */
function newTransientMap(values: Readonly<Record<string, string>>): Buffer {
    const writer = new FieldWriter();
    for (const [name, value] of Object.entries(values)) {
        writer.message(2, new FieldWriter().string(1, name).string(2, value).finish());
    }
    return writer.finish();
}

/** Puts a signature to the bytes of a proposal. */
export function newSignedProposal(proposalBytes: Uint8Array, signature: Uint8Array): Buffer {
    return new FieldWriter().bytes(1, proposalBytes).bytes(2, signature).finish();
}

const none: Buffer = Buffer.alloc(0);

/** Fields 1 and 2 of a message in which both are bytes; others are stepped over. */
function parseBytesFields(message: string, bytes: Uint8Array): { readonly 1: Buffer; readonly 2: Buffer } {
    const reader = new FieldReader(message, bytes);
    const fields = { 1: none, 2: none };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) fields[1] = reader.bytes();
        else if (tag === 0x12) fields[2] = reader.bytes();
        else reader.skip();
    }
    return fields;
}

function parseInvocation(bytes: Uint8Array): Pick<SignedProposal, 'specChaincodeName' | 'input'> {
    const spec = messageField('ChaincodeInvocationSpec', bytes, 0x0a);
    if (!spec) {
        return { specChaincodeName: undefined, input: undefined };
    }
    const chaincodeId = messageField('ChaincodeSpec', spec, 0x12);
    const input = messageField('ChaincodeSpec', spec, 0x1a);
    return {
        specChaincodeName: chaincodeId ? readChaincodeId(new FieldReader('ChaincodeID', chaincodeId)).name : '',
        input: input && parseInput(input),
    };
}

function messageField(message: string, bytes: Uint8Array, wanted: number): Buffer | undefined {
    const reader = new FieldReader(message, bytes);
    let found: Buffer | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === wanted) found = reader.bytes();
        else reader.skip();
    }
    return found;
}

function parseInput(bytes: Buffer): ProposalInput {
    const reader = new FieldReader('ChaincodeInput', bytes);
    const args: Buffer[] = [];
    let isInit = false;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) args.push(reader.bytes());
        else if (tag === 0x18) isInit = reader.bool();
        else reader.skip();
    }
    return { args, isInit, bytes };
}
