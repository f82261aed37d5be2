import { createHash } from 'node:crypto';
import { newEnvelope, newPayload } from './envelope';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { newChaincodeId, readChaincodeId, parseSignatureHeader, type ChaincodeId } from './headers';
import { malformed } from './wire-errors';

export interface Endorsement {
    /** The endorsing peer's SerializedIdentity. */
    readonly endorser: Buffer;
    /** Over the proposal response payload followed by `endorser`. */
    readonly signature: Buffer;
}

/** What the endorsers signed for one transaction, opened as far as the proposal hash. */
export interface EndorsedAction {
    /** SignatureHeader of the action, as bytes, and what it says. */
    readonly signatureHeaderBytes: Buffer;
    readonly creator: Buffer;
    readonly nonce: Buffer;
    /** ChaincodeProposalPayload without transient data, as bytes. */
    readonly chaincodeProposalPayloadBytes: Buffer;
    readonly proposalResponsePayloadBytes: Buffer;
    readonly proposalHash: Buffer;
    /** ProposalResponsePayload.extension: the encoded ChaincodeAction. */
    readonly actionBytes: Buffer;
    readonly endorsements: readonly Endorsement[];
}

export interface ChaincodeResponse {
    readonly status: number;
    readonly message: string;
    readonly payload: Buffer;
}

/** protos.ChaincodeAction: what the chaincode did. */
export interface ChaincodeAction {
    /** Encoded TxReadWriteSet. */
    readonly results: Buffer;
    /** Encoded ChaincodeEvent, empty when there is none. */
    readonly events: Buffer;
    readonly response: ChaincodeResponse;
    readonly chaincodeId: ChaincodeId | undefined;
}

export interface ChaincodeEvent {
    readonly chaincodeId: string;
    readonly txId: string;
    readonly eventName: string;
    readonly payload: Buffer;
}

export interface ParsedTransaction extends EndorsedAction {
    readonly action: ChaincodeAction;
    /** The action's chaincode, '' when it names none. */
    readonly chaincodeName: string;
}

const empty = Buffer.alloc(0);

/** Reads a Transaction (the data of an endorser transaction's payload) wholly. Throws WIRE_MALFORMED. */
export function parseTransaction(data: Uint8Array): ParsedTransaction {
    const endorsed = parseEndorsedAction(data);
    const action = parseChaincodeAction(endorsed.actionBytes);
    return asTransaction(endorsed, action);
}

/** An endorsed action and the chaincode action within it, together. */
export function asTransaction(endorsed: EndorsedAction, action: ChaincodeAction): ParsedTransaction {
    return {
        signatureHeaderBytes: endorsed.signatureHeaderBytes,
        creator: endorsed.creator,
        nonce: endorsed.nonce,
        chaincodeProposalPayloadBytes: endorsed.chaincodeProposalPayloadBytes,
        proposalResponsePayloadBytes: endorsed.proposalResponsePayloadBytes,
        proposalHash: endorsed.proposalHash,
        actionBytes: endorsed.actionBytes,
        endorsements: endorsed.endorsements,
        action,
        chaincodeName: action.chaincodeId?.name ?? '',
    };
}

/** Reads a Transaction as far as the proposal response payload. Throws WIRE_MALFORMED; exactly one action is right. */
export function parseEndorsedAction(data: Uint8Array): EndorsedAction {
    const { headerBytes, payload: reader } = parseOnlyAction(data);
    const { creator, nonce } = parseSignatureHeader(headerBytes);
    let chaincodeProposalPayloadBytes: Buffer = empty;
    let endorsed: Endorsed | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) chaincodeProposalPayloadBytes = reader.bytes();
        else if (tag === 0x12) endorsed = parseEndorsed(reader.message('ChaincodeEndorsedAction'));
        else reader.skip();
    }
    if (endorsed === undefined) throw malformed('ChaincodeActionPayload', 'it has no action');
    const { proposalResponsePayloadBytes, endorsements } = endorsed;
    const { proposalHash, actionBytes } = parseProposalResponsePayload(proposalResponsePayloadBytes);
    return {
        signatureHeaderBytes: headerBytes,
        creator,
        nonce,
        chaincodeProposalPayloadBytes,
        proposalResponsePayloadBytes,
        proposalHash,
        actionBytes,
        endorsements,
    };
}

/** Throws WIRE_MALFORMED. */
export function parseChaincodeAction(bytes: Uint8Array): ChaincodeAction {
    const reader = new FieldReader('ChaincodeAction', bytes);
    let results: Buffer = empty;
    let events: Buffer = empty;
    let response: ChaincodeResponse = { status: 0, message: '', payload: empty };
    let chaincodeId: ChaincodeId | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) results = reader.bytes();
        else if (tag === 0x12) events = reader.bytes();
        else if (tag === 0x1a) response = readResponse(reader.message('Response'));
        else if (tag === 0x22) chaincodeId = readChaincodeId(reader.message('ChaincodeID'));
        else reader.skip();
    }
    return { results, events, response, chaincodeId };
}

/** Throws WIRE_MALFORMED. */
export function parseChaincodeEvent(bytes: Uint8Array): ChaincodeEvent {
    const reader = new FieldReader('ChaincodeEvent', bytes);
    let chaincodeId = '';
    let txId = '';
    let eventName = '';
    let payload: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) chaincodeId = reader.string();
        else if (tag === 0x12) txId = reader.string();
        else if (tag === 0x1a) eventName = reader.string();
        else if (tag === 0x22) payload = reader.bytes();
        else reader.skip();
    }
    return { chaincodeId, txId, eventName, payload };
}

export function newChaincodeEvent(event: Omit<ChaincodeEvent, 'payload'> & { readonly payload?: Uint8Array }): Buffer {
    return new FieldWriter()
        .string(1, event.chaincodeId)
        .string(2, event.txId)
        .string(3, event.eventName)
        .bytes(4, event.payload ?? empty)
        .finish();
}

/** protos.ChaincodeAction as a peer encodes it; the empty event is left out. */
export function newChaincodeAction(action: {
    readonly results: Uint8Array;
    readonly events?: Uint8Array;
    readonly response: { readonly status: number; readonly message?: string; readonly payload?: Uint8Array };
    readonly chaincodeId: ChaincodeId;
}): Buffer {
    const response = new FieldWriter()
        .int(1, action.response.status)
        .string(2, action.response.message ?? '')
        .bytes(3, action.response.payload ?? empty)
        .finish();
    return new FieldWriter()
        .bytes(1, action.results)
        .bytes(2, action.events ?? empty)
        .message(3, response)
        .message(4, newChaincodeId(action.chaincodeId))
        .finish();
}

/**
 * sha256(channel header ‖ signature header ‖ proposal payload), over the bytes that came: what the endorsers say they
 * answered to. ⟵ protoutil/txutils.go, GetProposalHash2
 */
export function transactionProposalHash(
    channelHeaderBytes: Uint8Array,
    action: Pick<EndorsedAction, 'signatureHeaderBytes' | 'chaincodeProposalPayloadBytes'>,
): Buffer {
    return createHash('sha256')
        .update(channelHeaderBytes)
        .update(action.signatureHeaderBytes)
        .update(action.chaincodeProposalPayloadBytes)
        .digest();
}

/** The payload of a transaction envelope, ready to be signed by the creator. ⟵ protoutil/txutils.go, CreateSignedTx */
export function newTransactionPayload(transaction: {
    readonly channelHeaderBytes: Uint8Array;
    readonly signatureHeaderBytes: Uint8Array;
    readonly chaincodeProposalPayloadBytes: Uint8Array;
    readonly proposalResponsePayloadBytes: Uint8Array;
    readonly endorsements: readonly { readonly endorser: Uint8Array; readonly signature: Uint8Array }[];
}): Buffer {
    const endorsed = new FieldWriter().bytes(1, transaction.proposalResponsePayloadBytes);
    for (const { endorser, signature } of transaction.endorsements) {
        endorsed.message(2, new FieldWriter().bytes(1, endorser).bytes(2, signature).finish());
    }
    const payload = new FieldWriter()
        .bytes(1, transaction.chaincodeProposalPayloadBytes)
        .message(2, endorsed.finish())
        .finish();
    const action = new FieldWriter().bytes(1, transaction.signatureHeaderBytes).bytes(2, payload).finish();
    const data = new FieldWriter().message(1, action).finish();
    return newPayload(transaction.channelHeaderBytes, transaction.signatureHeaderBytes, data);
}

/** A transaction's envelope: its payload signed by the creator. */
export function newTransactionEnvelope(
    transaction: Parameters<typeof newTransactionPayload>[0],
    sign: (payload: Buffer) => Uint8Array,
): Buffer {
    const payload = newTransactionPayload(transaction);
    return newEnvelope(payload, sign(payload));
}

function parseOnlyAction(data: Uint8Array): { readonly headerBytes: Buffer; readonly payload: FieldReader } {
    const reader = new FieldReader('Transaction', data);
    let only: FieldReader | undefined;
    let count = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) {
            only = reader.message('TransactionAction');
            count++;
        } else reader.skip();
    }
    if (only === undefined || count !== 1) {
        throw malformed('Transaction', `it has ${count} actions where exactly one is supported`);
    }
    let headerBytes: Buffer = empty;
    let payload = new FieldReader('ChaincodeActionPayload', empty);
    for (let tag = only.next(); tag !== 0; tag = only.next()) {
        if (tag === 0x0a) headerBytes = only.bytes();
        else if (tag === 0x12) payload = only.message('ChaincodeActionPayload');
        else only.skip();
    }
    return { headerBytes, payload };
}

type Endorsed = Pick<EndorsedAction, 'proposalResponsePayloadBytes' | 'endorsements'>;

function parseEndorsed(reader: FieldReader): Endorsed {
    const endorsements: Endorsement[] = [];
    let proposalResponsePayloadBytes: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) proposalResponsePayloadBytes = reader.bytes();
        else if (tag === 0x12) endorsements.push(parseEndorsement(reader.message('Endorsement')));
        else reader.skip();
    }
    return { proposalResponsePayloadBytes, endorsements };
}

function parseEndorsement(reader: FieldReader): Endorsement {
    let endorser: Buffer = empty;
    let signature: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) endorser = reader.bytes();
        else if (tag === 0x12) signature = reader.bytes();
        else reader.skip();
    }
    return { endorser, signature };
}

/** ProposalResponsePayload: what it answers to, and the encoded ChaincodeAction. Throws WIRE_MALFORMED. */
export function parseProposalResponsePayload(bytes: Buffer): { proposalHash: Buffer; actionBytes: Buffer } {
    const reader = new FieldReader('ProposalResponsePayload', bytes);
    let proposalHash: Buffer = empty;
    let actionBytes: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) proposalHash = reader.bytes();
        else if (tag === 0x12) actionBytes = reader.bytes();
        else reader.skip();
    }
    return { proposalHash, actionBytes };
}

/** protos.Response: a chaincode's own answer. Throws WIRE_MALFORMED. */
export function parseResponse(bytes: Uint8Array): ChaincodeResponse {
    return readResponse(new FieldReader('Response', bytes));
}

function readResponse(reader: FieldReader): ChaincodeResponse {
    let status = 0;
    let message = '';
    let payload: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) status = reader.int32();
        else if (tag === 0x12) message = reader.string();
        else if (tag === 0x1a) payload = reader.bytes();
        else reader.skip();
    }
    return { status, message, payload };
}
