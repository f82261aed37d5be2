import { FieldReader } from './field-reader';
import { readVersion, type Version } from './rwset';

export interface HashedRead {
    readonly keyHash: Buffer;
    /** undefined when the key did not exist. */
    readonly version: Version | undefined;
}

export interface HashedWrite {
    readonly keyHash: Buffer;
    /** Deleted or purged. */
    readonly isDelete: boolean;
    readonly valueHash: Buffer;
}

/** kvrwset.HashedRWSet: what the channel sees of the private data that a transaction read and wrote. */
export interface HashedReadWriteSet {
    readonly reads: readonly HashedRead[];
    readonly writes: readonly HashedWrite[];
    readonly hasMetadataWrites: boolean;
}

/** Reads `HashedCollection.hashedReadWriteSet`. Throws WIRE_MALFORMED. */
export function parseHashedReadWriteSet(bytes: Uint8Array): HashedReadWriteSet {
    const reader = new FieldReader('HashedRWSet', bytes);
    const reads: HashedRead[] = [];
    const writes: HashedWrite[] = [];
    let hasMetadataWrites = false;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) reads.push(parseHashedRead(reader.message('KVReadHash')));
        else if (tag === 0x12) writes.push(parseHashedWrite(reader.message('KVWriteHash')));
        else {
            hasMetadataWrites ||= tag === 0x1a;
            reader.skip();
        }
    }
    return { reads, writes, hasMetadataWrites };
}

function parseHashedRead(reader: FieldReader): HashedRead {
    let keyHash: Buffer = Buffer.alloc(0);
    let version: Version | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) keyHash = reader.bytes();
        else if (tag === 0x12) version = readVersion(reader.message('Version'));
        else reader.skip();
    }
    return { keyHash, version };
}

function parseHashedWrite(reader: FieldReader): HashedWrite {
    let keyHash: Buffer = Buffer.alloc(0);
    let isDelete = false;
    let valueHash: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) keyHash = reader.bytes();
        else if (tag === 0x1a) valueHash = reader.bytes();
        else if (tag === 0x10 || tag === 0x20) isDelete = reader.bool() || isDelete;
        else reader.skip();
    }
    return { keyHash, isDelete, valueHash };
}
