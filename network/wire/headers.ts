import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';

/** common.HeaderType: what an envelope or a proposal carries. */
export const headerTypes = {
    message: 0,
    config: 1,
    configUpdate: 2,
    endorserTransaction: 3,
    ordererTransaction: 4,
    deliverSeekInfo: 5,
    chaincodePackage: 6,
} as const;

export interface Timestamp {
    readonly seconds: number;
    readonly nanos: number;
}

export interface ChannelHeader {
    /** One of `headerTypes`, or any other number that came. */
    readonly type: number;
    readonly version: number;
    /** undefined when the header carries none. */
    readonly timestamp: Timestamp | undefined;
    readonly channelId: string;
    readonly txId: string;
    readonly epoch: number;
    readonly extension: Buffer;
    readonly tlsCertHash: Buffer;
}

export interface SignatureHeader {
    /** A SerializedIdentity. */
    readonly creator: Buffer;
    readonly nonce: Buffer;
}

export interface ChaincodeId {
    readonly name: string;
    readonly version: string;
}

const empty = Buffer.alloc(0);

/** common.ChannelHeader; throws WIRE_MALFORMED, as the other parsers here do. */
export function parseChannelHeader(bytes: Uint8Array): ChannelHeader {
    const reader = new FieldReader('ChannelHeader', bytes);
    const header = {
        type: 0,
        version: 0,
        timestamp: undefined as Timestamp | undefined,
        channelId: '',
        txId: '',
        epoch: 0,
        extension: empty as Buffer,
        tlsCertHash: empty as Buffer,
    };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        switch (tag) {
            case 0x08:
                header.type = reader.int32();
                break;
            case 0x10:
                header.version = reader.int32();
                break;
            case 0x1a:
                header.timestamp = parseTimestamp(reader.message('Timestamp'));
                break;
            case 0x22:
                header.channelId = reader.string();
                break;
            case 0x2a:
                header.txId = reader.string();
                break;
            case 0x30:
                header.epoch = reader.uint();
                break;
            case 0x3a:
                header.extension = reader.bytes();
                break;
            case 0x42:
                header.tlsCertHash = reader.bytes();
                break;
            default:
                reader.skip();
        }
    }
    return header;
}

export function newChannelHeader(header: {
    readonly type: number;
    readonly version?: number;
    readonly timestamp?: Timestamp;
    readonly channelId: string;
    readonly txId?: string;
    readonly epoch?: number;
    readonly extension?: Uint8Array;
    readonly tlsCertHash?: Uint8Array;
}): Buffer {
    const writer = new FieldWriter().int(1, header.type).int(2, header.version ?? 0);
    if (header.timestamp !== undefined) writer.message(3, newTimestamp(header.timestamp));
    return writer
        .string(4, header.channelId)
        .string(5, header.txId ?? '')
        .uint(6, header.epoch ?? 0)
        .bytes(7, header.extension ?? empty)
        .bytes(8, header.tlsCertHash ?? empty)
        .finish();
}

/** common.SignatureHeader: who signs, and the nonce that makes the transaction id unique. */
export function parseSignatureHeader(bytes: Uint8Array): SignatureHeader {
    const reader = new FieldReader('SignatureHeader', bytes);
    let creator: Buffer = empty;
    let nonce: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) creator = reader.bytes();
        else if (tag === 0x12) nonce = reader.bytes();
        else reader.skip();
    }
    return { creator, nonce };
}

export function newSignatureHeader(creator: Uint8Array, nonce: Uint8Array): Buffer {
    return new FieldWriter().bytes(1, creator).bytes(2, nonce).finish();
}

/** ChaincodeHeaderExtension.chaincode_id: which chaincode a transaction calls; undefined when it names none. */
export function parseChaincodeHeaderExtension(bytes: Uint8Array): ChaincodeId | undefined {
    const reader = new FieldReader('ChaincodeHeaderExtension', bytes);
    let chaincodeId: ChaincodeId | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) chaincodeId = readChaincodeId(reader.message('ChaincodeID'));
        else reader.skip();
    }
    return chaincodeId;
}

export function newChaincodeHeaderExtension(chaincodeName: string): Buffer {
    return new FieldWriter().message(2, newChaincodeId({ name: chaincodeName, version: '' })).finish();
}

/** protos.ChaincodeID{path, name, version}; the path is not used. */
export function parseChaincodeId(bytes: Uint8Array): ChaincodeId {
    return readChaincodeId(new FieldReader('ChaincodeID', bytes));
}

/** The same from the reader of the message around it. */
export function readChaincodeId(reader: FieldReader): ChaincodeId {
    let name = '';
    let version = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) name = reader.string();
        else if (tag === 0x1a) version = reader.string();
        else reader.skip();
    }
    return { name, version };
}

export function newChaincodeId(id: ChaincodeId): Buffer {
    return new FieldWriter().string(2, id.name).string(3, id.version).finish();
}

export function newTimestamp(timestamp: Timestamp): Buffer {
    return new FieldWriter().int(1, timestamp.seconds).int(2, timestamp.nanos).finish();
}

/** Epoch milliseconds as seconds and nanoseconds. */
export function timestampFromMs(timeMs: number): Timestamp {
    const seconds = Math.floor(timeMs / 1000);
    return { seconds, nanos: Math.round((timeMs - seconds * 1000) * 1_000_000) };
}

function parseTimestamp(reader: FieldReader): Timestamp {
    let seconds = 0;
    let nanos = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) seconds = reader.int64();
        else if (tag === 0x10) nanos = reader.int32();
        else reader.skip();
    }
    return { seconds, nanos };
}
