import type { HashedWrite } from '../../wire/hashed-rwset';
import { parsePrivateKeyValueSet } from '../../wire/private-rwset';
import type { Version } from '../../wire/rwset';
import { hashedNamespace, privateNamespace } from '../ledger/collection-namespaces';
import type { StateUpdate, StateUpdates } from '../ledger/state-store';
import type { ValidatedBlock } from '../validate/validate-block';
import { validationCodes } from '../validate/validation-code';
import type { WrittenCollection } from './private-data-exchange';
import type { ExpiringWrites } from './private-data-store';

/** What committing a block asks of one peer's private data. */
export interface PrivateDataSource {
    /** Whether this peer holds a collection. */
    isMember(namespace: string, collection: string): boolean;
    /** The private writes behind a hash; undefined when nobody within reach has them. */
    find(written: WrittenCollection): Buffer | undefined;
    /** Blocks that a collection's data live; 0 keeps them. */
    blockToLive(namespace: string, collection: string): number;
}

/** A key whose value goes with the commit of some later block, unless it has been written again by then. */
export interface ExpiringKey {
    readonly expiringBlock: number;
    /** Of the state: a collection's hashes or its values. */
    readonly namespace: string;
    readonly key: string;
    readonly version: Version;
}

/** A block's private side, as far as this peer has it. */
export interface BlockPrivateData {
    /** Values, for the state. */
    readonly updates: StateUpdates;
    readonly writes: ReadonlyMap<number, readonly ExpiringWrites[]>;
    /** What a member should have and nobody within reach could give: only its hashes are committed. */
    readonly missing: readonly WrittenCollection[];
    readonly expiring: readonly ExpiringKey[];
    readonly purged: readonly PurgedKey[];
}

/** A key of which members forget every value. */
export interface PurgedKey {
    readonly namespace: string;
    readonly collection: string;
    readonly keyHash: Buffer;
}

/**
 * Gathers what a validated block writes privately. Members keep the writes of invalid transactions too, but only valid
 * ones change the state. Fabric v2.5.16: gossip/privdata/pvtdataprovider.go; …/txmgmt/validation/batch_preparer.go.
 */
export function gatherPrivateData(
    { transactions }: ValidatedBlock,
    blockNumber: number,
    source: PrivateDataSource,
): BlockPrivateData {
    const gathering = new Gathering(source);
    transactions.forEach(({ txId, code, checked }, txNumber) => {
        for (const { namespace, name: collection, hashes, writesHash: hash } of checked?.collections ?? []) {
            if (hashes.writes.length === 0) continue;
            const written = { txId, blockNumber, txNumber, namespace, collection, hash };
            const isValid = code === validationCodes.VALID;
            if (isValid) gathering.addHashes(written, hashes.writes);
            if (source.isMember(namespace, collection)) gathering.addWrites(written, isValid);
        }
    });
    return gathering;
}

class Gathering implements BlockPrivateData {
    readonly updates = new Map<string, Map<string, StateUpdate>>();
    readonly writes = new Map<number, ExpiringWrites[]>();
    readonly missing: WrittenCollection[] = [];
    readonly expiring: ExpiringKey[] = [];
    readonly purged: PurgedKey[] = [];
    readonly #source: PrivateDataSource;

    constructor(source: PrivateDataSource) {
        this.#source = source;
    }

    addHashes(written: WrittenCollection, writes: readonly HashedWrite[]): void {
        const { namespace, collection } = written;
        for (const { keyHash, isPurge } of writes) {
            this.#expireLater(written, hashedNamespace(namespace, collection), keyHash.toString('hex'));
            if (isPurge) this.purged.push({ namespace, collection, keyHash });
        }
    }

    addWrites(written: WrittenCollection, isValid: boolean): void {
        const { namespace, collection, txNumber } = written;
        const rwset = this.#source.find(written);
        if (!rwset) {
            this.missing.push(written);
            return;
        }
        const expiring = { namespace, collection, rwset, expiringBlock: this.#expiringBlock(written) };
        this.writes.set(txNumber, [...(this.writes.get(txNumber) ?? []), expiring]);
        if (isValid) this.#addValues(written, rwset);
    }

    #addValues(written: WrittenCollection, rwset: Buffer): void {
        const { namespace, collection, blockNumber, txNumber } = written;
        const state = privateNamespace(namespace, collection);
        const keys = this.updates.get(state) ?? new Map<string, StateUpdate>();
        this.updates.set(state, keys);
        for (const { key, isDelete, value } of parsePrivateKeyValueSet(rwset)) {
            const isGone = isDelete || value.length === 0;
            keys.set(key, { value: isGone ? undefined : (value as Buffer), version: { blockNumber, txNumber } });
            this.#expireLater(written, state, key);
        }
    }

    #expireLater(written: WrittenCollection, namespace: string, key: string): void {
        const expiringBlock = this.#expiringBlock(written);
        const { blockNumber, txNumber } = written;
        if (expiringBlock === Infinity) return;
        this.expiring.push({ expiringBlock, namespace, key, version: { blockNumber, txNumber } });
    }

    #expiringBlock({ namespace, collection, blockNumber }: WrittenCollection): number {
        return expiringBlockOf(this.#source.blockToLive(namespace, collection), blockNumber);
    }
}

/** Fabric v2.5.16: core/ledger/pvtdatapolicy/btlpolicy.go, GetExpiringBlock. */
function expiringBlockOf(blockToLive: number, committingBlock: number): number {
    return blockToLive === 0 ? Infinity : committingBlock + blockToLive + 1;
}
