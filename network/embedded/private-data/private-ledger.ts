import { parsePrivateKeyValueSet } from '../../wire/private-rwset';
import { compareVersions, type KeyWrite, type Version } from '../../wire/rwset';
import { hashedNamespace, privateHash, privateNamespace } from '../ledger/collection-namespaces';
import type { StateStore, StateUpdate } from '../ledger/state-store';
import type { BlockPrivateData, ExpiringKey } from './block-private-data';
import { checkLateWrites } from './check-late-writes';
import { MissingPrivateData, type MissingWrites } from './missing-private-data';
import { PrivateDataStore, type BlockPrivateWrites, type KeyVersion } from './private-data-store';

/** The private side of one peer's ledger: what it keeps of its blocks' private writes, what it lacks, and what expires. */
export class PrivateLedger {
    readonly #state: StateStore;
    readonly #store = new PrivateDataStore();
    readonly #missing = new MissingPrivateData();
    /** Number of a block → what its commit lets expire. */
    readonly #expiring = new Map<number, ExpiringKey[]>();
    #newestBlock = 0;

    constructor(state: StateStore) {
        this.#state = state;
    }

    /** Takes in a block whose updates the state has already. */
    append(blockNumber: number, { writes, missing, purged, expiring }: BlockPrivateData): void {
        this.#newestBlock = blockNumber;
        this.#store.append(blockNumber, writes);
        for (const each of purged) this.#purge(each);
        for (const each of missing) this.#missing.add(each);
        for (const each of expiring) this.#expireLater(each);
        this.#missing.expire(blockNumber);
        this.#expire(blockNumber);
    }

    /** What is left of a block's private writes. */
    writesOf(blockNumber: number): BlockPrivateWrites {
        return this.#store.of(blockNumber, this.#newestBlock);
    }

    /** What the peer lacks and should have; newest first. */
    missing(isMember: (namespace: string, collection: string) => boolean): readonly MissingWrites[] {
        return this.#missing.due(isMember);
    }

    /**
     * Takes in what was missing, as somebody gives it: values go into the state where no later write stands there. Gives
     * false, and takes in nothing, when it is not what the hashes tell of.
     * Fabric v2.5.16: core/ledger/kvledger/kv_ledger.go, CommitPvtDataOfOldBlocks.
     */
    keepLate(missing: MissingWrites, given: Buffer): boolean {
        const { namespace, collection, expiringBlock } = missing;
        const version = versionOf(missing);
        const isPurged = (keyHash: Buffer): boolean =>
            this.#store.isPurged({ namespace, collection, keyHash, version });
        const rwset = checkLateWrites(given, missing, isPurged);
        if (rwset === undefined) return false;
        if (missing.isValid) {
            for (const write of parsePrivateKeyValueSet(rwset)) this.#applyLate(missing, write);
        }
        this.#store.keep(version, { namespace, collection, rwset, expiringBlock });
        this.#missing.settle(missing);
        return true;
    }

    /**
     * A late value counts where the key's hash still has its version, or the same value in a later one, which it then gets.
     * Fabric v2.5.16: core/ledger/kvledger/txmgmt/txmgr/lockbased_txmgr.go, checkIfPvtWriteIsStale.
     */
    #applyLate(missing: MissingWrites, { key, isDelete, value }: KeyWrite): void {
        const { namespace, collection, expiringBlock } = missing;
        const written = versionOf(missing);
        const state = privateNamespace(namespace, collection);
        const hashed = this.#state.get(hashedNamespace(namespace, collection), privateHash(key).toString('hex'));
        if (hashed === undefined) {
            if (isDelete || value.length === 0) this.#write(state, key, { value: undefined, version: written });
            return;
        }
        const isNewest = compareVersions(hashed.version, written) === 0;
        if (!isNewest && !hashed.value.equals(privateHash(value))) return;
        const { version } = hashed;
        this.#write(state, key, { value: value as Buffer, version });
        const laterBlocks = version.blockNumber - written.blockNumber;
        this.#expireLater({ expiringBlock: expiringBlock + laterBlocks, namespace: state, key, version });
    }

    /** Members that never got the purging write itself forget the value, too. */
    #purge(purged: KeyVersion): void {
        const key = this.#store.purge(purged);
        const state = privateNamespace(purged.namespace, purged.collection);
        const current = key === undefined ? undefined : this.#state.get(state, key);
        if (key === undefined || current === undefined || compareVersions(current.version, purged.version) > 0) return;
        this.#write(state, key, { value: undefined, version: purged.version });
    }

    #write(namespace: string, key: string, update: StateUpdate): void {
        this.#state.apply(new Map([[namespace, new Map([[key, update]])]]), update.version.blockNumber);
    }

    #expireLater(expiring: ExpiringKey): void {
        const { expiringBlock } = expiring;
        if (expiringBlock === Infinity) return;
        const others = this.#expiring.get(expiringBlock);
        if (others) others.push(expiring);
        else this.#expiring.set(expiringBlock, [expiring]);
    }

    /** Fabric v2.5.16: core/ledger/kvledger/txmgmt/pvtstatepurgemgmt/purge_mgr.go; what was written again stays. */
    #expire(blockNumber: number): void {
        const due = this.#expiring.get(blockNumber);
        if (!due) return;
        this.#expiring.delete(blockNumber);
        this.#store.expire(blockNumber);
        for (const { namespace, key, version } of due) {
            const current = this.#state.get(namespace, key)?.version;
            if (current === undefined || compareVersions(current, version) !== 0) continue;
            this.#write(namespace, key, { value: undefined, version: { blockNumber, txNumber: 0 } });
        }
    }
}

function versionOf({ blockNumber, txNumber }: MissingWrites): Version {
    return { blockNumber, txNumber };
}
