import { createHash } from 'node:crypto';
import { compareUtf8 } from '../../wire/compare-utf8';
import { encodeVarint, FieldWriter } from '../../wire/field-writer';
import type { Version } from '../../wire/rwset';
import type { StateUpdate } from '../ledger/state-store';
import type { BlockUpdates } from '../validate/block-updates';

/**
 * The hash over a block's verdicts, what it changed, and the hash before it: two peers with equal hashes hold equal
 * states. ⟵ core/ledger/kvledger/kv_ledger.go, addBlockCommitHash
 */
export function newCommitHash(content: {
    readonly transactionsFilter: Buffer;
    readonly updates: BlockUpdates;
    readonly previous: Buffer;
}): Buffer {
    return createHash('sha256')
        .update(encodeVarint(content.transactionsFilter.length))
        .update(content.transactionsFilter)
        .update(encodeUpdates(content.updates))
        .update(content.previous)
        .digest();
}

/** ⟵ core/ledger/kvledger/txmgmt/txmgr/update_batch_bytes.go: a namespace or collection is named at its first entry. */
function encodeUpdates({ publicUpdates, hashedUpdates }: BlockUpdates): Buffer {
    const writer = new FieldWriter();
    const namespaces = new Set([...publicUpdates.keys(), ...hashedUpdates.keys()]);
    for (const namespace of [...namespaces].sort(compareUtf8)) {
        let unnamed = namespace;
        for (const [key, update] of sorted(publicUpdates.get(namespace))) {
            writer.message(1, encodeWrite({ namespace: unnamed, collection: '', key: Buffer.from(key), update }));
            unnamed = '';
        }
        for (const [collection, keys] of sorted(hashedUpdates.get(namespace))) {
            let unnamedCollection = collection;
            for (const [key, update] of sorted(keys)) {
                const keyHash = Buffer.from(key, 'hex');
                const entry = { namespace: unnamed, collection: unnamedCollection, key: keyHash, update };
                writer.message(1, encodeWrite(entry));
                unnamed = '';
                unnamedCollection = '';
            }
        }
    }
    return writer.finish();
}

function encodeWrite(entry: {
    readonly namespace: string;
    readonly collection: string;
    readonly key: Buffer;
    readonly update: StateUpdate;
}): Buffer {
    const { value, version } = entry.update;
    return new FieldWriter()
        .string(1, entry.namespace)
        .string(2, entry.collection)
        .bytes(3, entry.key)
        .bool(4, value === undefined)
        .bytes(5, value ?? Buffer.alloc(0))
        .bytes(6, versionBytes(version))
        .finish();
}

/** Block and transaction number, each as its length in bytes and its big-endian digits. */
function versionBytes({ blockNumber, txNumber }: Version): Buffer {
    return Buffer.from(
        [blockNumber, txNumber].flatMap((number) => {
            const digits: number[] = [];
            for (let rest = number; rest > 0; rest = Math.floor(rest / 256)) digits.unshift(rest % 256);
            return [digits.length, ...digits];
        }),
    );
}

function sorted<V>(map: ReadonlyMap<string, V> | undefined): (readonly [string, V])[] {
    return [...(map ?? [])].sort(([a], [b]) => compareUtf8(a, b));
}
