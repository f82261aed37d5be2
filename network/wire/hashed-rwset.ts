import { createHash } from 'node:crypto';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { newVersion, readVersion, type Version } from './rwset';

/** Fabric v2.5.16: core/ledger/kvledger/txmgmt/rwsetutil/rwset_proto_util.go, IsKVWriteHashDelete. */
const hashOfNothing = createHash('sha256').digest();

export interface HashedRead {
    readonly keyHash: Buffer;
    /** undefined when the key did not exist. */
    readonly version: Version | undefined;
}

export interface HashedWrite {
    readonly keyHash: Buffer;
    /** Deleted or purged. */
    readonly isDelete: boolean;
    /** Every trace of the key's former values goes, too. */
    readonly isPurge: boolean;
    /** Empty when deleted. */
    readonly valueHash: Buffer;
}

/** kvrwset.HashedRWSet: what the channel sees of the private data that a transaction read and wrote. */
export interface HashedReadWriteSet {
    readonly reads: readonly HashedRead[];
    readonly writes: readonly HashedWrite[];
    readonly hasMetadataWrites: boolean;
}

/** Bytes of a HashedRWSet; reads and writes stand in the order of their keys, which only the caller knows. */
export function newHashedReadWriteSet({ reads, writes }: Pick<HashedReadWriteSet, 'reads' | 'writes'>): Buffer {
    const writer = new FieldWriter();
    for (const { keyHash, version } of reads) {
        const encoded = new FieldWriter().bytes(1, keyHash);
        if (version !== undefined) encoded.message(2, newVersion(version));
        writer.message(1, encoded.finish());
    }
    for (const { keyHash, isDelete, isPurge, valueHash } of writes) {
        const encoded = new FieldWriter().bytes(1, keyHash).bool(2, isDelete).bytes(3, valueHash).bool(4, isPurge);
        writer.message(2, encoded.finish());
    }
    return writer.finish();
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
    let isPurge = false;
    let valueHash: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) keyHash = reader.bytes();
        else if (tag === 0x1a) valueHash = reader.bytes();
        else if (tag === 0x10) isDelete = reader.bool();
        else if (tag === 0x20) isPurge = reader.bool();
        else reader.skip();
    }
    const writesNothing = valueHash.length === 0 || valueHash.equals(hashOfNothing);
    return { keyHash, isDelete: isDelete || isPurge || writesNothing, isPurge, valueHash };
}
