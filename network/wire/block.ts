import { createHash } from 'node:crypto';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { malformed } from './wire-errors';

export interface BlockHeader {
    readonly number: number;
    readonly previousHash: Buffer;
    readonly dataHash: Buffer;
}

/** common.Block. `data` holds the envelopes as they were received, `metadata` one entry for each slot. */
export interface Block {
    readonly header: BlockHeader;
    readonly data: readonly Buffer[];
    readonly metadata: readonly Buffer[];
}

/** common.BlockMetadataIndex: the meaning of the five metadata entries. */
export const metadataSlots = {
    signatures: 0,
    lastConfig: 1,
    transactionsFilter: 2,
    orderer: 3,
    commitHash: 4,
} as const;

const slotCount = 5;
const empty = Buffer.alloc(0);

/** A block with its data hash and five empty metadata entries. ⟵ protoutil/blockutils.go, NewBlock */
export function newBlock(content: {
    readonly number: number;
    readonly previousHash: Buffer;
    readonly data: readonly Buffer[];
}): Block {
    const { number, previousHash, data } = content;
    return {
        header: { number, previousHash, dataHash: blockDataHash(data) },
        data,
        metadata: Array.from({ length: slotCount }, () => empty),
    };
}

/** sha256 of the envelopes, one after the other. */
export function blockDataHash(data: readonly Uint8Array[]): Buffer {
    const hash = createHash('sha256');
    for (const envelope of data) hash.update(envelope);
    return hash.digest();
}

/** What is hashed and signed of a block: DER SEQUENCE{INTEGER number, OCTET STRING previous hash, … data hash}. */
export function blockHeaderBytes(header: BlockHeader): Buffer {
    return der(0x30, [
        der(0x02, [unsignedDigits(header.number)]),
        der(0x04, [header.previousHash]),
        der(0x04, [header.dataHash]),
    ]);
}

/** The block's hash, which the next block carries as its previous hash. */
export function blockHeaderHash(header: BlockHeader): Buffer {
    return createHash('sha256').update(blockHeaderBytes(header)).digest();
}

export function encodeBlock(block: Block): Buffer {
    const { number, previousHash, dataHash } = block.header;
    const header = new FieldWriter().uint(1, number).bytes(2, previousHash).bytes(3, dataHash).finish();
    const parts = [header, ...block.data, ...block.metadata];
    const capacity = parts.reduce((sum, part) => sum + part.length + 10, 64);
    return new FieldWriter(capacity)
        .message(1, header)
        .listMessage(2, block.data)
        .listMessage(3, block.metadata)
        .finish();
}

/** Throws WIRE_MALFORMED, also when the block has no header. All parts are views of the bytes. */
export function parseBlock(bytes: Uint8Array): Block {
    const reader = new FieldReader('Block', bytes);
    let header: BlockHeader | undefined;
    let data: Buffer[] = [];
    let metadata: Buffer[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) header = parseBlockHeader(reader.message('BlockHeader'));
        else if (tag === 0x12) data = parseList(reader.message('BlockData'));
        else if (tag === 0x1a) metadata = parseList(reader.message('BlockMetadata'));
        else reader.skip();
    }
    if (header === undefined) throw malformed('Block', 'it has no header');
    return { header, data, metadata };
}

/** The same block with one metadata entry replaced; missing entries are filled up. */
export function withMetadata(block: Block, slot: number, value: Buffer): Block {
    const metadata = Array.from({ length: slotCount }, (_, index) => block.metadata[index] ?? empty);
    metadata[slot] = value;
    return { ...block, metadata };
}

function parseBlockHeader(reader: FieldReader): BlockHeader {
    let number = 0;
    let previousHash: Buffer = empty;
    let dataHash: Buffer = empty;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) number = reader.uint();
        else if (tag === 0x12) previousHash = reader.bytes();
        else if (tag === 0x1a) dataHash = reader.bytes();
        else reader.skip();
    }
    return { number, previousHash, dataHash };
}

function parseList(reader: FieldReader): Buffer[] {
    const items: Buffer[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) items.push(reader.bytes());
        else reader.skip();
    }
    return items;
}

function der(tag: number, parts: readonly Buffer[]): Buffer {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    const digits = unsignedDigits(length);
    const head = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthDigits(digits).length, ...lengthDigits(digits)];
    return Buffer.concat([Buffer.from(head), ...parts]);
}

function lengthDigits(digits: Buffer): Buffer {
    return digits[0] === 0 ? digits.subarray(1) : digits;
}

/** Big-endian, as short as can be, with a leading zero where the top bit would make it negative. */
function unsignedDigits(value: number): Buffer {
    const digits: number[] = [];
    for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
    if ((digits[0] ?? 0x80) >= 0x80) digits.unshift(0);
    return Buffer.from(digits);
}
