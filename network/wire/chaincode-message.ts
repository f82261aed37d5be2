import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { readChaincodeId } from './headers';

/** The messages of the chaincode stream. Fabric v2.5.16: protos/peer/chaincode_shim.proto. */
export const chaincodeMessageType = {
    UNDEFINED: 0,
    REGISTER: 1,
    REGISTERED: 2,
    INIT: 3,
    READY: 4,
    TRANSACTION: 5,
    COMPLETED: 6,
    ERROR: 7,
    GET_STATE: 8,
    PUT_STATE: 9,
    DEL_STATE: 10,
    INVOKE_CHAINCODE: 11,
    RESPONSE: 13,
    GET_STATE_BY_RANGE: 14,
    GET_QUERY_RESULT: 15,
    QUERY_STATE_NEXT: 16,
    QUERY_STATE_CLOSE: 17,
    KEEPALIVE: 18,
    GET_HISTORY_FOR_KEY: 19,
    GET_STATE_METADATA: 20,
    PUT_STATE_METADATA: 21,
    GET_PRIVATE_DATA_HASH: 22,
    PURGE_PRIVATE_DATA: 23,
} as const;

export type ChaincodeMessageName = keyof typeof chaincodeMessageType;

const names = new Map<number, ChaincodeMessageName>(
    Object.entries(chaincodeMessageType).map(([name, type]) => [type, name as ChaincodeMessageName]),
);

/** The name of a message type, or undefined when Fabric does not know it. */
export function chaincodeMessageName(type: number): ChaincodeMessageName | undefined {
    return names.get(type);
}

/** The one event of a transaction; the peer fills in chaincode and transaction itself. */
export interface EmittedEvent {
    readonly name: string;
    readonly payload: Buffer;
}

/** A message as a chaincode sends it. */
export interface ChaincodeMessage {
    readonly type: number;
    readonly txId: string;
    readonly channelId: string;
    readonly payload: Buffer;
    readonly event: EmittedEvent | undefined;
}

const none: Buffer = Buffer.alloc(0);

/** Reads what a chaincode sent. Throws WIRE_MALFORMED, as all readers of this file do. */
export function parseChaincodeMessage(bytes: Uint8Array): ChaincodeMessage {
    const reader = new FieldReader('ChaincodeMessage', bytes);
    const message = {
        type: 0,
        txId: '',
        channelId: '',
        payload: none,
        event: undefined as EmittedEvent | undefined,
    };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) message.type = reader.int32();
        else if (tag === 0x1a) message.payload = reader.bytes();
        else if (tag === 0x22) message.txId = reader.string();
        else if (tag === 0x32) message.event = parseEvent(reader.bytes());
        else if (tag === 0x3a) message.channelId = reader.string();
        else reader.skip();
    }
    return message;
}

function parseEvent(bytes: Uint8Array): EmittedEvent {
    const reader = new FieldReader('ChaincodeEvent', bytes);
    let name = '';
    let payload: Buffer = none;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x1a) name = reader.string();
        else if (tag === 0x22) payload = reader.bytes();
        else reader.skip();
    }
    return { name, payload };
}

/** Room for what stands around the fields of a message, so that it is written into one piece of memory of its size. */
const headsOfMessage = 40;

/** Builds a message of the peer; `signedProposal` goes with TRANSACTION and INIT, where the shim needs it. */
export function newChaincodeMessage(message: {
    readonly type: ChaincodeMessageName;
    readonly txId?: string;
    readonly channelId?: string;
    readonly payload?: Uint8Array;
    readonly signedProposal?: Uint8Array;
}): Buffer {
    const { type, txId = '', channelId = '', payload = none, signedProposal = none } = message;
    const texts = txId.length + channelId.length;
    return new FieldWriter(payload.length + signedProposal.length + texts + headsOfMessage)
        .uint(1, chaincodeMessageType[type])
        .bytes(3, payload)
        .string(4, txId)
        .bytes(5, signedProposal)
        .string(7, channelId)
        .finish();
}

/** The name under which a chaincode registers (its package id), from the payload of REGISTER: ChaincodeID.name. */
export function parseRegisteredName(payload: Uint8Array): string {
    return parseTexts('ChaincodeID', payload)[2];
}

/** A key and the private data collection it lies in ('' for public state). */
export interface KeyCall {
    readonly key: string;
    readonly collection: string;
}

/** The payload of GET_STATE and DEL_STATE, which have the same layout. */
export function parseKeyCall(payload: Uint8Array): KeyCall {
    const texts = parseTexts('GetState', payload);
    return { key: texts[1], collection: texts[2] };
}

export function parsePutState(payload: Uint8Array): KeyCall & { readonly value: Buffer } {
    const reader = new FieldReader('PutState', payload);
    const call = { key: '', value: none, collection: '' };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) call.key = reader.string();
        else if (tag === 0x12) call.value = reader.bytes();
        else if (tag === 0x1a) call.collection = reader.string();
        else reader.skip();
    }
    return call;
}

/** A range query; `page` stands when the chaincode asked for one page of results. */
export interface RangeCall {
    readonly startKey: string;
    readonly endKey: string;
    readonly collection: string;
    readonly page: { readonly size: number; readonly bookmark: string } | undefined;
}

export function parseGetStateByRange(payload: Uint8Array): RangeCall {
    const reader = new FieldReader('GetStateByRange', payload);
    const call = { startKey: '', endKey: '', collection: '', page: undefined as RangeCall['page'] };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) call.startKey = reader.string();
        else if (tag === 0x12) call.endKey = reader.string();
        else if (tag === 0x1a) call.collection = reader.string();
        else if (tag === 0x22) call.page = parsePage(reader.bytes());
        else reader.skip();
    }
    return call;
}

/** A rich query, as far as a state that knows none asks: where it looks, and whether for one page. */
export function parseGetQueryResult(payload: Uint8Array): Pick<RangeCall, 'collection' | 'page'> {
    const reader = new FieldReader('GetQueryResult', payload);
    const call = { collection: '', page: undefined as RangeCall['page'] };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) call.collection = reader.string();
        else if (tag === 0x1a) call.page = parsePage(reader.bytes());
        else reader.skip();
    }
    return call;
}

function parsePage(metadata: Uint8Array): RangeCall['page'] {
    const reader = new FieldReader('QueryMetadata', metadata);
    let size = 0;
    let bookmark = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) size = reader.int32();
        else if (tag === 0x12) bookmark = reader.string();
        else reader.skip();
    }
    return size === 0 && bookmark === '' ? undefined : { size, bookmark };
}

/** The key of GET_HISTORY_FOR_KEY. */
export function parseGetHistoryForKey(payload: Uint8Array): string {
    return parseTexts('GetHistoryForKey', payload)[1];
}

/** The iterator id of QUERY_STATE_NEXT and QUERY_STATE_CLOSE. */
export function parseIteratorId(payload: Uint8Array): string {
    return parseTexts('QueryStateNext', payload)[1];
}

/** The chaincode that INVOKE_CHAINCODE calls, "name[:version][/channel]", from its ChaincodeSpec. */
export function parseCalledChaincode(payload: Uint8Array): string {
    const reader = new FieldReader('ChaincodeSpec', payload);
    let name = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) name = readChaincodeId(reader.message('ChaincodeID')).name;
        else reader.skip();
    }
    return name;
}

/** A batch of query results; `page` tells where a paged query goes on. */
export interface QueryBatch {
    readonly id: string;
    readonly results: readonly Uint8Array[];
    readonly hasMore: boolean;
    readonly page?: { readonly fetchedRecords: number; readonly bookmark: string };
}

export function newQueryResponse(batch: QueryBatch): Buffer {
    const writer = new FieldWriter();
    for (const result of batch.results) {
        writer.message(1, new FieldWriter().bytes(1, result).finish());
    }
    writer.bool(2, batch.hasMore).string(3, batch.id);
    if (batch.page) {
        const { fetchedRecords, bookmark } = batch.page;
        writer.bytes(4, new FieldWriter().uint(1, fetchedRecords).string(2, bookmark).finish());
    }
    return writer.finish();
}

/** One result of a range query: queryresult.KV. */
export function newKeyValue(namespace: string, key: string, value: Uint8Array): Buffer {
    return new FieldWriter().string(1, namespace).string(2, key).bytes(3, value).finish();
}

/** One entry of a key's history: queryresult.KeyModification. The time is that of the transaction's channel header. */
export function newKeyModification(modification: {
    readonly txId: string;
    readonly value: Uint8Array;
    readonly timestamp: { readonly seconds: number; readonly nanos: number };
    readonly isDelete: boolean;
}): Buffer {
    const { seconds, nanos } = modification.timestamp;
    return new FieldWriter()
        .string(1, modification.txId)
        .bytes(2, modification.value)
        .message(3, new FieldWriter().int(1, seconds).int(2, nanos).finish())
        .bool(4, modification.isDelete)
        .finish();
}

/** Fields 1 and 2 of a message in which both are texts. */
function parseTexts(message: string, bytes: Uint8Array): { readonly 1: string; readonly 2: string } {
    const reader = new FieldReader(message, bytes);
    const texts = { 1: '', 2: '' };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) texts[1] = reader.string();
        else if (tag === 0x12) texts[2] = reader.string();
        else reader.skip();
    }
    return texts;
}
