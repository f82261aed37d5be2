import type { PrivateWrites } from '../../wire/private-rwset';
import { EndorseError } from '../endorse/endorse-errors';
import { privateHash } from '../ledger/collection-namespaces';
import { MspError } from '../msp/msp-errors';
import type { MspRegistry } from '../msp/msp-registry';
import type { Collection, Collections } from './collections';
import type { TransientStore } from './transient-store';

/** A peer as others hand it private data, and ask it for them. */
export interface PrivateDataPeer {
    /** Id of its organisation. */
    readonly site: string;
    readonly mspId: string;
    /** SerializedIdentity. */
    readonly identity: Buffer;
    readonly transientStore: TransientStore;
    isUp(): boolean;
    /** Whether this peer reaches another one. */
    reaches(other: PrivateDataPeer): boolean;
    /** Number of its blocks. */
    readonly height: number;
    /** What it keeps of a committed transaction's private writes. */
    committedWrites(place: TransactionPlace): readonly PrivateWrites[];
}

/** Where a transaction stands: the block and its place in it. */
export interface TransactionPlace {
    readonly blockNumber: number;
    readonly txNumber: number;
}

/** One collection that a transaction wrote, as its public trace names it. */
export interface WrittenCollection extends TransactionPlace {
    readonly txId: string;
    readonly namespace: string;
    readonly collection: string;
    /** Hash of the private writes. */
    readonly hash: Buffer;
}

/** Blocks before its end in which nothing is asked for any more. sampleconfig/core.yaml: peer.gossip.pvtData.btlPullMargin. */
const pullMargin = 10;

/**
 * One peer's part in handing private data to the peers that may hold them, and to no others.
 * Fabric v2.5.16: gossip/privdata/{distributor,pull}.go; all peers live in this process, so that nothing is sent.
 */
export class PrivateDataExchange {
    readonly #self: PrivateDataPeer;
    readonly #everybody: readonly PrivateDataPeer[];
    readonly #msps: Pick<MspRegistry, 'identity'>;
    readonly #collections: Pick<Collections, 'find'>;

    /** `everybody` is the peers of the channel, a list that grows until the network has started. */
    constructor(
        self: PrivateDataPeer,
        everybody: readonly PrivateDataPeer[],
        view: { readonly msps: Pick<MspRegistry, 'identity'>; readonly collections: Pick<Collections, 'find'> },
    ) {
        this.#self = self;
        this.#everybody = everybody;
        this.#msps = view.msps;
        this.#collections = view.collections;
    }

    /**
     * Leaves what an endorsement wrote privately in the transient stores of the endorser and of as many member peers as
     * the collections ask for. Throws EndorseError SIMULATION_FAILED when there are too few of them, and then has handed
     * on nothing.
     */
    distribute(
        writes: readonly PrivateWrites[],
        endorsed: { readonly txId: string; readonly channelId: string; readonly height: number },
    ): void {
        const plans = writes.map((each) => ({ each, receivers: this.#planReceivers(each, endorsed) }));
        for (const { each, receivers } of plans) {
            for (const peer of receivers) peer.transientStore.persist(endorsed.txId, endorsed.height, [each]);
        }
        this.#self.transientStore.persist(endorsed.txId, endorsed.height, writes);
    }

    /** The private writes behind a hash: own ones, else those of a member that is within reach. */
    find(written: WrittenCollection): Buffer | undefined {
        const { txId, namespace, collection, hash } = written;
        const own = this.#self.transientStore.find(txId, namespace, collection, hash);
        if (own) return own;
        for (const peer of this.#holders(written)) {
            const theirs = peer.transientStore.find(txId, namespace, collection, hash) ?? committedBy(peer, written);
            if (theirs) return theirs;
        }
        return undefined;
    }

    /** What each member within reach keeps of a committed transaction's writes, less what it has purged. */
    offers(written: WrittenCollection): readonly Buffer[] {
        const { namespace, collection } = written;
        return this.#holders(written).flatMap((peer) =>
            peer
                .committedWrites(written)
                .filter((each) => each.namespace === namespace && each.collection === collection)
                .map(({ rwset }) => rwset),
        );
    }

    /** Whether this peer is one that holds a collection. Fabric: gossip/privdata/pvtdataprovider.go, computeEligibility. */
    isMember(namespace: string, name: string): boolean {
        const collection = this.#collections.find(namespace, name);
        if (!collection) return false;
        return collection.memberMspIds.has(this.#self.mspId) || this.#satisfies(this.#self, collection);
    }

    #planReceivers(
        { namespace, collection: name }: PrivateWrites,
        { txId, channelId }: { readonly txId: string; readonly channelId: string },
    ): PrivateDataPeer[] {
        const collection = this.#collections.find(namespace, name);
        const eligible = collection ? this.#reachableMembers(collection) : [];
        const { requiredPeerCount, maximumPeerCount } = collection?.config ?? {
            requiredPeerCount: 0,
            maximumPeerCount: 0,
        };
        if (eligible.length < requiredPeerCount) {
            const cause =
                `failed to distribute private collection, txID ${txId}, channel ${channelId}: could not build private ` +
                `data dissemination plan for chaincode ${namespace} and collection ${name}: required to disseminate to ` +
                `at least ${requiredPeerCount} peers, but know of only ${eligible.length} eligible peers`;
            throw new EndorseError({ code: 'SIMULATION_FAILED', cause });
        }
        return oneOfEachOrganizationFirst(eligible).slice(0, maximumPeerCount);
    }

    /**
     * Members within reach that may be asked for what a block holds: none once one of them has forgotten it, or is about to.
     * Fabric v2.5.16: gossip/privdata/pull.go, getPurgedCollections.
     */
    #holders({ namespace, collection, blockNumber }: WrittenCollection): readonly PrivateDataPeer[] {
        const found = this.#collections.find(namespace, collection);
        if (!found) return [];
        const members = this.#reachableMembers(found);
        const { blockToLive } = found.config;
        const isLeaving = ({ height }: PrivateDataPeer): boolean => height + pullMargin >= blockNumber + blockToLive;
        return blockToLive > 0 && members.some(isLeaving) ? [] : members;
    }

    #reachableMembers(collection: Collection): PrivateDataPeer[] {
        return this.#everybody.filter(
            (peer) => peer !== this.#self && this.#self.reaches(peer) && this.#satisfies(peer, collection),
        );
    }

    #satisfies(peer: PrivateDataPeer, collection: Collection): boolean {
        try {
            return collection.members.evaluateIdentities([this.#msps.identity(peer.identity)]).satisfied;
        } catch (error) {
            if (error instanceof MspError) return false;
            throw error;
        }
    }
}

function committedBy(peer: PrivateDataPeer, written: WrittenCollection): Buffer | undefined {
    return peer
        .committedWrites(written)
        .find(
            ({ namespace, collection, rwset }) =>
                namespace === written.namespace &&
                collection === written.collection &&
                privateHash(rwset).equals(written.hash),
        )?.rwset;
}

/** Fabric draws lots where this takes the first: what counts is that organisations come before their further peers. */
function oneOfEachOrganizationFirst(peers: readonly PrivateDataPeer[]): PrivateDataPeer[] {
    const isFirst = (peer: PrivateDataPeer): boolean => peers.find(({ mspId }) => mspId === peer.mspId) === peer;
    return [...peers.filter(isFirst), ...peers.filter((peer) => !isFirst(peer))];
}
