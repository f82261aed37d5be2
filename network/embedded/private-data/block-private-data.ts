import type { HashedWrite } from '../../wire/hashed-rwset';
import { parsePrivateKeyValueSet } from '../../wire/private-rwset';
import type { Version } from '../../wire/rwset';
import { hashedNamespace, privateNamespace } from '../ledger/collection-namespaces';
import type { StateUpdate, StateUpdates } from '../ledger/state-store';
import type { ValidatedBlock } from '../validate/validate-block';
import { validationCodes } from '../validate/validation-code';
import type { MissingWrites } from './missing-private-data';
import type { WrittenCollection } from './private-data-exchange';
import type { ExpiringWrites, KeyVersion } from './private-data-store';

/** What committing a block asks of one peer's private data. */
export interface PrivateDataSource {
    /** Whether this peer holds a collection. */
    isMember(namespace: string, collection: string): boolean;
    /** The private writes behind a hash; undefined when nobody within reach has them. */
    find(written: WrittenCollection): Buffer | undefined;
    /** Blocks that a collection's data live; 0 keeps them. Undefined for a collection that is not there. */
    blockToLive(namespace: string, collection: string): number | undefined;
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
    /** What this peer does not have: of it, only hashes are committed. */
    readonly missing: readonly MissingWrites[];
    readonly expiring: readonly ExpiringKey[];
    /** Keys of which members forget every value up to this version. */
    readonly purged: readonly KeyVersion[];
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
            // Nobody can become a member of what is not there: one of that name that comes later holds other data.
            if (source.blockToLive(namespace, collection) === undefined) continue;
            gathering.addWrites(written, { writes: hashes.writes, isValid });
        }
    });
    return gathering;
}

class Gathering implements BlockPrivateData {
    readonly updates = new Map<string, Map<string, StateUpdate>>();
    readonly writes = new Map<number, ExpiringWrites[]>();
    readonly missing: MissingWrites[] = [];
    readonly expiring: ExpiringKey[] = [];
    readonly purged: KeyVersion[] = [];
    readonly #source: PrivateDataSource;

    constructor(source: PrivateDataSource) {
        this.#source = source;
    }

    addHashes(written: WrittenCollection, writes: readonly HashedWrite[]): void {
        const { namespace, collection } = written;
        for (const { keyHash, isPurge } of writes) {
            this.#expireLater(written, hashedNamespace(namespace, collection), keyHash.toString('hex'));
            if (isPurge) this.purged.push({ namespace, collection, keyHash, version: versionOf(written) });
        }
    }

    addWrites(written: WrittenCollection, hashed: Pick<MissingWrites, 'writes' | 'isValid'>): void {
        const { namespace, collection, txNumber } = written;
        const isMember = this.#source.isMember(namespace, collection);
        const rwset = isMember ? this.#source.find(written) : undefined;
        const expiringBlock = this.#expiringBlock(written);
        if (!rwset) {
            this.missing.push({ ...written, ...hashed, expiringBlock, wasMember: isMember });
            return;
        }
        const expiring = { namespace, collection, rwset, expiringBlock };
        this.writes.set(txNumber, [...(this.writes.get(txNumber) ?? []), expiring]);
        if (hashed.isValid) this.#addValues(written, rwset);
    }

    #addValues(written: WrittenCollection, rwset: Buffer): void {
        const { namespace, collection } = written;
        const state = privateNamespace(namespace, collection);
        const keys = this.updates.get(state) ?? new Map<string, StateUpdate>();
        this.updates.set(state, keys);
        for (const { key, isDelete, value } of parsePrivateKeyValueSet(rwset)) {
            const isGone = isDelete || value.length === 0;
            keys.set(key, { value: isGone ? undefined : (value as Buffer), version: versionOf(written) });
            this.#expireLater(written, state, key);
        }
    }

    #expireLater(written: WrittenCollection, namespace: string, key: string): void {
        const expiringBlock = this.#expiringBlock(written);
        if (expiringBlock === Infinity) return;
        this.expiring.push({ expiringBlock, namespace, key, version: versionOf(written) });
    }

    #expiringBlock({ namespace, collection, blockNumber }: WrittenCollection): number {
        return expiringBlockOf(this.#source.blockToLive(namespace, collection) ?? 0, blockNumber);
    }
}

function versionOf({ blockNumber, txNumber }: WrittenCollection): Version {
    return { blockNumber, txNumber };
}

/** Fabric v2.5.16: core/ledger/pvtdatapolicy/btlpolicy.go, GetExpiringBlock. */
function expiringBlockOf(blockToLive: number, committingBlock: number): number {
    return blockToLive === 0 ? Infinity : committingBlock + blockToLive + 1;
}
