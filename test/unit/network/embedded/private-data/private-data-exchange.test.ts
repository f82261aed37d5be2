import { describe, expect, it } from '@jest/globals';
import { EndorseError } from '../../../../../network/embedded/endorse/endorse-errors';
import { privateHash } from '../../../../../network/embedded/ledger/collection-namespaces';
import type { Collection } from '../../../../../network/embedded/private-data/collections';
import {
    PrivateDataExchange,
    type PrivateDataPeer,
} from '../../../../../network/embedded/private-data/private-data-exchange';
import { TransientStore } from '../../../../../network/embedded/private-data/transient-store';
import type { MspIdentity } from '../../../../../network/embedded/msp/identity';
import { newCollectionConfig } from '../../../../../network/wire/collection-config';
import { newPrivateKeyValueSet, type PrivateWrites } from '../../../../../network/wire/private-rwset';

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

class TestPeer implements PrivateDataPeer {
    readonly site: string;
    readonly mspId: string;
    readonly identity: Buffer;
    readonly transientStore = new TransientStore();
    isRunning = true;
    height = 7;
    committed: PrivateWrites[] = [];

    constructor(mspId: string, name: string) {
        this.mspId = mspId;
        this.site = mspId;
        this.identity = Buffer.from(name);
    }

    isUp(): boolean {
        return this.isRunning;
    }

    reaches(other: PrivateDataPeer): boolean {
        return other.isUp();
    }

    committedWrites(): readonly PrivateWrites[] {
        return this.committed;
    }
}

const a0 = (): TestPeer => new TestPeer('A', 'a0');
const rwset = newPrivateKeyValueSet([{ key: 'k', isDelete: false, value: Buffer.from('v') }]);
const writes: PrivateWrites = { namespace: 'cc', collection: 'c', rwset };
const endorsed = { txId: 't', channelId: 'grid', height: 5 };
const written = { txId: 't', blockNumber: 6, txNumber: 0, namespace: 'cc', collection: 'c', hash: privateHash(rwset) };

/** A collection whose members are A and B; who is who is told by the names of the peers. */
function exchangeOf(
    self: TestPeer,
    everybody: readonly TestPeer[],
    terms: {
        readonly requiredPeerCount?: number;
        readonly maximumPeerCount?: number;
        readonly blockToLive?: number;
    } = {},
): PrivateDataExchange {
    const config = newCollectionConfig({
        name: 'c',
        members: ['A', 'B'],
        requiredPeerCount: 0,
        maximumPeerCount: 2,
        blockToLive: 0,
        memberOnlyRead: true,
        memberOnlyWrite: true,
        ...terms,
    });
    const isMember = (identities: readonly MspIdentity[]): boolean =>
        identities.every(({ mspId }) => config.name === 'c' && ['A', 'B'].includes(mspId));
    const collection: Collection = {
        config,
        members: {
            evaluate: () => ({ satisfied: false, reason: 'not asked here' }),
            evaluateIdentities: (identities) =>
                isMember(identities) ? { satisfied: true } : { satisfied: false, reason: 'no member' },
        },
        memberMspIds: new Set(['A', 'B']),
    };
    const mspIdOf = (identity: Uint8Array): string => Buffer.from(identity).toString().charAt(0).toUpperCase();
    return new PrivateDataExchange(self, everybody, {
        msps: { identity: (bytes) => ({ mspId: mspIdOf(bytes) }) as Mutable<MspIdentity> },
        collections: { find: (_namespace, name) => (name === 'c' ? collection : undefined) },
    });
}

function holders(peers: readonly TestPeer[]): string[] {
    const { txId, namespace, collection, hash } = written;
    return peers
        .filter(({ transientStore }) => transientStore.find(txId, namespace, collection, hash) !== undefined)
        .map(({ identity }) => identity.toString());
}

describe('handing private data on', () => {
    it('reaches members, one of each organisation first, and keeps a copy at the endorser', () => {
        const peers = [a0(), new TestPeer('A', 'a1'), new TestPeer('C', 'c0'), new TestPeer('B', 'b0')];
        const [self = a0()] = peers;
        exchangeOf(self, peers, { maximumPeerCount: 1 }).distribute([writes], endorsed);
        expect(holders(peers)).toEqual(['a0', 'a1']);
        const others = [
            new TestPeer('C', 'c1'),
            ...peers.map(({ mspId, identity }) => new TestPeer(mspId, identity.toString())),
        ];
        const [outsider = a0()] = others;
        exchangeOf(outsider, others, { maximumPeerCount: 2 }).distribute([writes], endorsed);
        expect(holders(others)).toEqual(['c1', 'a0', 'b0']);
    });

    it('fails, and hands on nothing, when fewer members are there than must be (SIMULATION_FAILED)', () => {
        const [self, other] = [a0(), new TestPeer('B', 'b0')];
        other.isRunning = false;
        const exchange = exchangeOf(self, [self, other], { requiredPeerCount: 1 });
        expect(() => {
            exchange.distribute([writes], endorsed);
        }).toThrow(EndorseError);
        expect(self.transientStore.size).toBe(0);
        other.isRunning = true;
        exchange.distribute([writes], endorsed);
        expect(holders([self, other])).toEqual(['a0', 'b0']);
    });
});

describe('finding the private data behind a hash', () => {
    it('takes the own ones, else those of a member, before or after it has committed them', () => {
        const [self, member] = [a0(), new TestPeer('B', 'b0')];
        const exchange = exchangeOf(self, [self, member]);
        expect(exchange.find(written)).toBeUndefined();
        member.transientStore.persist('t', 5, [writes]);
        expect(exchange.find(written)).toEqual(rwset);
        member.transientStore.purge(['t'], 6);
        expect(exchange.find(written)).toBeUndefined();
        member.committed = [writes];
        expect(exchange.find(written)).toEqual(rwset);
    });

    it('asks no peer that is stopped, none that is no member, and takes no data of another hash', () => {
        const [self, member, stranger] = [a0(), new TestPeer('B', 'b0'), new TestPeer('C', 'c0')];
        const exchange = exchangeOf(self, [self, member, stranger]);
        stranger.committed = [writes];
        member.committed = [{ ...writes, rwset: Buffer.from('other') }];
        expect(exchange.find(written)).toBeUndefined();
        member.committed = [writes];
        member.isRunning = false;
        expect(exchange.find(written)).toBeUndefined();
    });

    it('asks nobody once a member has forgotten it or is about to, as it may be in ten blocks', () => {
        const [self, member, other] = [a0(), new TestPeer('B', 'b0'), new TestPeer('B', 'b1')];
        const exchange = exchangeOf(self, [self, member, other], { blockToLive: 20 });
        member.committed = [writes];
        other.height = written.blockNumber + 9;
        expect([exchange.find(written), exchange.offers(written)]).toEqual([rwset, [rwset]]);
        other.height += 1;
        expect([exchange.find(written), exchange.offers(written)]).toEqual([undefined, []]);
    });

    it('brings, after the block, whatever members keep of it, keys that they have purged left out', () => {
        const [self, member, stranger] = [a0(), new TestPeer('B', 'b0'), new TestPeer('C', 'c0')];
        const exchange = exchangeOf(self, [self, member, stranger]);
        const purged = { ...writes, rwset: newPrivateKeyValueSet([]) };
        member.committed = [{ ...writes, collection: 'other' }, purged];
        member.transientStore.persist('t', 5, [writes]);
        stranger.committed = [writes];
        expect(exchange.offers(written)).toEqual([purged.rwset]);
    });

    it('is for members', () => {
        const [member, stranger] = [a0(), new TestPeer('C', 'c0')];
        expect(exchangeOf(member, [member]).isMember('cc', 'c')).toBe(true);
        expect(exchangeOf(stranger, [stranger]).isMember('cc', 'c')).toBe(false);
        expect(exchangeOf(member, [member]).isMember('cc', 'unknown')).toBe(false);
    });
});

describe('the transient store', () => {
    it('keeps what endorsers that disagree left, and lets go of what no block settles', () => {
        const store = new TransientStore();
        const other = { ...writes, rwset: Buffer.from('other') };
        store.persist('t', 5, [writes]);
        store.persist('t', 1200, [other]);
        expect(store.find('t', 'cc', 'c', privateHash('other'))).toEqual(other.rwset);
        store.purge([], 2000);
        expect(store.find('t', 'cc', 'c', written.hash)).toBeUndefined();
        expect(store.find('t', 'cc', 'c', privateHash('other'))).toEqual(other.rwset);
        store.purge(['t'], 2001);
        expect(store.size).toBe(0);
    });
});
