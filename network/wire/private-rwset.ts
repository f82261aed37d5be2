import { FieldReader } from './field-reader';
import { encodeVarint, FieldWriter } from './field-writer';
import { newKeyValueSet, parseKeyValueSet, sortedBy, type KeyWrite } from './rwset';

/** What a transaction wrote into one collection: rwset.CollectionPvtReadWriteSet with its namespace. */
export interface PrivateWrites {
    readonly namespace: string;
    readonly collection: string;
    /** KVRWSet bytes: what the public trace carries the hash of. */
    readonly rwset: Buffer;
}

/** The KVRWSet of private writes; reads appear nowhere but as hashes in the public part. */
export function newPrivateKeyValueSet(writes: readonly KeyWrite[]): Buffer {
    return newKeyValueSet({ reads: [], rangeReads: [], writes });
}

/** The writes in a KVRWSet. Throws WIRE_MALFORMED. */
export function parsePrivateKeyValueSet(rwset: Uint8Array): readonly KeyWrite[] {
    return parseKeyValueSet(new FieldReader('KVRWSet', rwset)).writes;
}

/** rwset.TxPvtReadWriteSet: namespaces and collections in UTF-8 order. */
export function newPrivateReadWriteSet(all: readonly PrivateWrites[]): Buffer {
    const writer = new FieldWriter();
    for (const namespace of new Set(sortedBy(all, (each) => each.namespace).map((each) => each.namespace))) {
        const set = new FieldWriter().string(1, namespace);
        const inNamespace = all.filter((each) => each.namespace === namespace);
        for (const { collection, rwset } of sortedBy(inNamespace, (each) => each.collection)) {
            set.message(2, new FieldWriter().string(1, collection).bytes(2, rwset).finish());
        }
        writer.message(2, set.finish());
    }
    return writer.finish();
}

/** Reads a TxPvtReadWriteSet. Throws WIRE_MALFORMED. */
export function parsePrivateReadWriteSet(bytes: Uint8Array): PrivateWrites[] {
    const reader = new FieldReader('TxPvtReadWriteSet', bytes);
    const all: PrivateWrites[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x12) all.push(...parseNamespace(reader.message('NsPvtReadWriteSet')));
        else reader.skip();
    }
    return all;
}

/** protos.BlockAndPrivateData: a block, and what its transactions wrote privately, by their place in it. */
export function newBlockAndPrivateData(
    blockBytes: Uint8Array,
    privateWrites: ReadonlyMap<number, readonly PrivateWrites[]>,
): Buffer {
    const writer = new FieldWriter().message(1, blockBytes);
    for (const [index, writes] of privateWrites) {
        // Go writes the key of a map's entry also where it is zero.
        const key = Buffer.concat([Buffer.of(0x08), encodeVarint(index)]);
        const value = new FieldWriter().message(2, newPrivateReadWriteSet(writes)).finish();
        writer.message(2, Buffer.concat([key, value]));
    }
    return writer.finish();
}

function parseNamespace(reader: FieldReader): PrivateWrites[] {
    const collections: Omit<PrivateWrites, 'namespace'>[] = [];
    let namespace = '';
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) namespace = reader.string();
        else if (tag === 0x12) collections.push(parseCollection(reader.message('CollectionPvtReadWriteSet')));
        else reader.skip();
    }
    return collections.map((each) => ({ namespace, ...each }));
}

function parseCollection(reader: FieldReader): Omit<PrivateWrites, 'namespace'> {
    let collection = '';
    let rwset: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) collection = reader.string();
        else if (tag === 0x12) rwset = reader.bytes();
        else reader.skip();
    }
    return { collection, rwset };
}
