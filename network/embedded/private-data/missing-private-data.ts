import type { HashedWrite } from '../../wire/hashed-rwset';
import { compareVersions } from '../../wire/rwset';
import type { WrittenCollection } from './private-data-exchange';

/** What one peer lacks of a committed transaction's private writes, and what tells it whether others' are the right ones. */
export interface MissingWrites extends WrittenCollection {
    /** As the transaction carries them. */
    readonly writes: readonly HashedWrite[];
    /** Members keep what invalid transactions wrote; it changes no state. */
    readonly isValid: boolean;
    /** Number of the block that makes members forget them; Infinity for those that are kept. */
    readonly expiringBlock: number;
    /** Whether the peer was to hold the collection when the block was committed. */
    readonly wasMember: boolean;
}

interface OfCollection {
    readonly namespace: string;
    readonly collection: string;
    readonly ofMember: Set<MissingWrites>;
    readonly ofStranger: Set<MissingWrites>;
}

/**
 * What one peer lacks of its blocks' private writes: of collections that it holds and could not get, and of those that it
 * does not hold, in case it becomes a member one day. Fabric v2.5.16: core/ledger/pvtdatastorage/store.go.
 */
export class MissingPrivateData {
    readonly #collections = new Map<string, OfCollection>();
    /** Number of a block → what its commit lets expire. */
    readonly #expiring = new Map<number, MissingWrites[]>();

    add(missing: MissingWrites): void {
        const { namespace, collection, wasMember, expiringBlock } = missing;
        const name = `${namespace}/${collection}`;
        const known = this.#collections.get(name) ?? newEntry(namespace, collection);
        this.#collections.set(name, known);
        (wasMember ? known.ofMember : known.ofStranger).add(missing);
        if (expiringBlock === Infinity) return;
        const others = this.#expiring.get(expiringBlock);
        if (others) others.push(missing);
        else this.#expiring.set(expiringBlock, [missing]);
    }

    /** What the peer should have by what `isMember` says now or said at commit; newest first. */
    due(isMember: (namespace: string, collection: string) => boolean): readonly MissingWrites[] {
        const due = [...this.#collections.values()].flatMap(({ namespace, collection, ofMember, ofStranger }) =>
            ofStranger.size > 0 && isMember(namespace, collection) ? [...ofMember, ...ofStranger] : [...ofMember],
        );
        return due.sort((one, other) => compareVersions(other, one));
    }

    /** Says that the peer lacks this no more. */
    settle(missing: MissingWrites): void {
        const known = this.#collections.get(`${missing.namespace}/${missing.collection}`);
        known?.ofMember.delete(missing);
        known?.ofStranger.delete(missing);
    }

    /** Lets go of what the commit of a block has made expire: nobody has it any more. */
    expire(blockNumber: number): void {
        for (const each of this.#expiring.get(blockNumber) ?? []) this.settle(each);
        this.#expiring.delete(blockNumber);
    }
}

function newEntry(namespace: string, collection: string): OfCollection {
    return { namespace, collection, ofMember: new Set(), ofStranger: new Set() };
}
