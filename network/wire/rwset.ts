import { compareUtf8 } from './compare-utf8';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { maxRawRangeReads, newMerkleSummary, type MerkleSummary } from './merkle-summary';

export { compareUtf8 } from './compare-utf8';
export type { MerkleSummary } from './merkle-summary';

/** The height at which a key was last written: its block and its place in it. */
export interface Version {
    readonly blockNumber: number;
    readonly txNumber: number;
}

/** Negative when the first is the older one, 0 when they are the same. */
export function compareVersions(one: Version, other: Version): number {
    return one.blockNumber - other.blockNumber || one.txNumber - other.txNumber;
}

export interface KeyRead {
    readonly key: string;
    /** undefined when the key did not exist; a present {0, 0} is something else. */
    readonly version: Version | undefined;
}

export interface KeyWrite {
    readonly key: string;
    readonly isDelete: boolean;
    readonly value: Uint8Array;
}

/** kvrwset.RangeQueryInfo. The end key is part of the range when the iterator was not exhausted. */
export interface RangeRead {
    readonly startKey: string;
    readonly endKey: string;
    readonly exhausted: boolean;
    /** The results in order. `newReadWriteSet` writes more than 50 as a summary; then parsing gives none here. */
    readonly reads: readonly KeyRead[];
    readonly merkle?: MerkleSummary;
}

export interface KeyMetadataWrite {
    readonly key: string;
    readonly entries: readonly { readonly name: string; readonly value: Uint8Array }[];
}

/** rwset.CollectionHashedReadWriteSet: the public trace of private data, its inside left as it came. */
export interface HashedCollection {
    readonly name: string;
    readonly hashedReadWriteSet: Uint8Array;
    readonly privateReadWriteSetHash: Uint8Array;
}

/** What a transaction read and wrote in one namespace (a chaincode's state). */
export interface NamespaceReadWriteSet {
    readonly namespace: string;
    readonly reads: readonly KeyRead[];
    readonly rangeReads: readonly RangeRead[];
    readonly writes: readonly KeyWrite[];
    readonly metadataWrites?: readonly KeyMetadataWrite[];
    readonly hashedCollections?: readonly HashedCollection[];
}

/**
 * rwset.TxReadWriteSet as Fabric encodes it: namespaces and keys in UTF-8 order, range queries in the order of the
 * calls. Equal sets give equal bytes on every peer. ⟵ core/ledger/kvledger/txmgmt/rwsetutil
 */
export function newReadWriteSet(namespaces: readonly NamespaceReadWriteSet[]): Buffer {
    const writer = new FieldWriter();
    for (const set of sortedBy(namespaces, (each) => each.namespace)) {
        const encoded = new FieldWriter().string(1, set.namespace).bytes(2, newKeyValueSet(set));
        for (const collection of set.hashedCollections ?? []) {
            encoded.message(3, newHashedCollection(collection));
        }
        writer.message(2, encoded.finish());
    }
    return writer.finish();
}

/** The encoded QueryReads of some results of a range query: what a leaf of the merkle summary hashes. */
export function newQueryReads(reads: readonly KeyRead[]): Buffer {
    const writer = new FieldWriter();
    for (const read of reads) writer.message(1, newKeyRead(read));
    return writer.finish();
}

/** The summary of a range query's results, as a simulation records and validation recomputes it. */
export function summarizeReads(reads: readonly KeyRead[], maxDegree: number): MerkleSummary {
    const leaves: Buffer[] = [];
    for (let at = 0; at < reads.length; at += maxDegree + 1) {
        leaves.push(newQueryReads(reads.slice(at, at + maxDegree + 1)));
    }
    return newMerkleSummary(leaves, maxDegree);
}

/** Throws WIRE_MALFORMED. Namespaces and keys come in the order in which they were written. */
export function parseReadWriteSet(bytes: Uint8Array): NamespaceReadWriteSet[] {
    const reader = new FieldReader('TxReadWriteSet', bytes);
    const namespaces: NamespaceReadWriteSet[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) namespaces.push(parseNamespace(reader.message('NsReadWriteSet')));
        else reader.skip();
    }
    return namespaces;
}

/** kvrwset.KVRWSet: keys in UTF-8 order. */
export function newKeyValueSet(set: KeyValueSet): Buffer {
    const writer = new FieldWriter();
    for (const read of sortedBy(set.reads, (each) => each.key)) writer.message(1, newKeyRead(read));
    for (const range of set.rangeReads) writer.message(2, newRangeRead(range));
    for (const write of sortedBy(set.writes, (each) => each.key)) {
        const encoded = new FieldWriter().string(1, write.key).bool(2, write.isDelete).bytes(3, write.value);
        writer.message(3, encoded.finish());
    }
    for (const write of sortedBy(set.metadataWrites ?? [], (each) => each.key)) {
        const encoded = new FieldWriter().string(1, write.key);
        for (const { name, value } of sortedBy(write.entries, (each) => each.name)) {
            encoded.message(2, new FieldWriter().string(1, name).bytes(2, value).finish());
        }
        writer.message(4, encoded.finish());
    }
    return writer.finish();
}

/** Room for a version, and for what stands around it in a read of a key: transactions are full of both. */
const versionRoom = 24;

function newKeyRead({ key, version }: KeyRead): Buffer {
    const writer = new FieldWriter(key.length + 2 * versionRoom).string(1, key);
    if (version !== undefined) writer.message(2, newVersion(version));
    return writer.finish();
}

/** kvrwset.Version. */
export function newVersion({ blockNumber, txNumber }: Version): Buffer {
    return new FieldWriter(versionRoom).uint(1, blockNumber).uint(2, txNumber).finish();
}

function newRangeRead(range: RangeRead): Buffer {
    const writer = new FieldWriter().string(1, range.startKey).string(2, range.endKey).bool(3, range.exhausted);
    const merkle =
        range.merkle ??
        (range.reads.length > maxRawRangeReads ? summarizeReads(range.reads, maxRawRangeReads) : undefined);
    if (merkle !== undefined) {
        const encoded = new FieldWriter().uint(1, merkle.maxDegree).uint(2, merkle.maxLevel);
        for (const hash of merkle.maxLevelHashes) encoded.bytesAlways(3, hash);
        writer.message(5, encoded.finish());
    } else if (range.reads.length > 0) writer.message(4, newQueryReads(range.reads));
    return writer.finish();
}

function newHashedCollection(collection: HashedCollection): Buffer {
    return new FieldWriter()
        .string(1, collection.name)
        .bytes(2, collection.hashedReadWriteSet)
        .bytes(3, collection.privateReadWriteSetHash)
        .finish();
}

function parseNamespace(reader: FieldReader): NamespaceReadWriteSet {
    const hashedCollections: HashedCollection[] = [];
    let namespace = '';
    let keyValueSet: KeyValueSet = { reads: [], rangeReads: [], writes: [] };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) namespace = reader.string();
        else if (tag === 0x12) keyValueSet = parseKeyValueSet(reader.message('KVRWSet'));
        else if (tag === 0x1a)
            hashedCollections.push(parseHashedCollection(reader.message('CollectionHashedReadWriteSet')));
        else reader.skip();
    }
    const { reads, rangeReads, writes } = keyValueSet;
    return {
        namespace,
        reads,
        rangeReads,
        writes,
        ...(keyValueSet.metadataWrites && { metadataWrites: keyValueSet.metadataWrites }),
        ...(hashedCollections.length > 0 && { hashedCollections }),
    };
}

/** What was read and written in one state. */
export type KeyValueSet = Omit<NamespaceReadWriteSet, 'namespace' | 'hashedCollections'>;

/** kvrwset.KVRWSet from its reader; throws WIRE_MALFORMED. */
export function parseKeyValueSet(reader: FieldReader): KeyValueSet {
    const reads: KeyRead[] = [];
    const rangeReads: RangeRead[] = [];
    const writes: KeyWrite[] = [];
    const metadataWrites: KeyMetadataWrite[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) reads.push(parseKeyRead(reader.message('KVRead')));
        else if (tag === 0x12) rangeReads.push(parseRangeRead(reader.message('RangeQueryInfo')));
        else if (tag === 0x1a) writes.push(parseKeyWrite(reader.message('KVWrite')));
        else if (tag === 0x22) metadataWrites.push(parseMetadataWrite(reader.message('KVMetadataWrite')));
        else reader.skip();
    }
    return metadataWrites.length === 0 ? { reads, rangeReads, writes } : { reads, rangeReads, writes, metadataWrites };
}

function parseKeyRead(reader: FieldReader): KeyRead {
    let key = '';
    let version: Version | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) key = reader.string();
        else if (tag === 0x12) version = readVersion(reader.message('Version'));
        else reader.skip();
    }
    return { key, version };
}

/** kvrwset.Version from its reader; throws WIRE_MALFORMED. */
export function readVersion(reader: FieldReader): Version {
    let blockNumber = 0;
    let txNumber = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) blockNumber = reader.uint();
        else if (tag === 0x10) txNumber = reader.uint();
        else reader.skip();
    }
    return { blockNumber, txNumber };
}

function parseKeyWrite(reader: FieldReader): KeyWrite {
    let key = '';
    let isDelete = false;
    let value: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) key = reader.string();
        else if (tag === 0x10) isDelete = reader.bool();
        else if (tag === 0x1a) value = reader.bytes();
        else reader.skip();
    }
    return { key, isDelete, value };
}

function parseRangeRead(reader: FieldReader): RangeRead {
    let startKey = '';
    let endKey = '';
    let exhausted = false;
    let reads: KeyRead[] = [];
    let merkle: MerkleSummary | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) startKey = reader.string();
        else if (tag === 0x12) endKey = reader.string();
        else if (tag === 0x18) exhausted = reader.bool();
        else if (tag === 0x22) reads = parseQueryReads(reader.message('QueryReads'));
        else if (tag === 0x2a) merkle = parseMerkleSummary(reader.message('QueryReadsMerkleSummary'));
        else reader.skip();
    }
    const range = { startKey, endKey, exhausted };
    return merkle === undefined ? { ...range, reads } : { ...range, reads: [], merkle };
}

function parseQueryReads(reader: FieldReader): KeyRead[] {
    const reads: KeyRead[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) reads.push(parseKeyRead(reader.message('KVRead')));
        else reader.skip();
    }
    return reads;
}

function parseMerkleSummary(reader: FieldReader): MerkleSummary {
    const maxLevelHashes: Buffer[] = [];
    let maxDegree = 0;
    let maxLevel = 0;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x08) maxDegree = reader.uint();
        else if (tag === 0x10) maxLevel = reader.uint();
        else if (tag === 0x1a) maxLevelHashes.push(reader.bytes());
        else reader.skip();
    }
    return { maxDegree, maxLevel, maxLevelHashes };
}

function parseMetadataWrite(reader: FieldReader): KeyMetadataWrite {
    const entries: { name: string; value: Buffer }[] = [];
    let key = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) key = reader.string();
        else if (tag === 0x12) entries.push(parseMetadataEntry(reader.message('KVMetadataEntry')));
        else reader.skip();
    }
    return { key, entries };
}

function parseMetadataEntry(reader: FieldReader): { name: string; value: Buffer } {
    let name = '';
    let value: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) name = reader.string();
        else if (tag === 0x12) value = reader.bytes();
        else reader.skip();
    }
    return { name, value };
}

function parseHashedCollection(reader: FieldReader): HashedCollection {
    let name = '';
    let hashedReadWriteSet: Buffer = Buffer.alloc(0);
    let privateReadWriteSetHash: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) name = reader.string();
        else if (tag === 0x12) hashedReadWriteSet = reader.bytes();
        else if (tag === 0x1a) privateReadWriteSetHash = reader.bytes();
        else reader.skip();
    }
    return { name, hashedReadWriteSet, privateReadWriteSetHash };
}

/** In the UTF-8 order of the keys, which is Go's order of strings. */
export function sortedBy<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
    return items.length < 2 ? items : items.toSorted((a, b) => compareUtf8(keyOf(a), keyOf(b)));
}
