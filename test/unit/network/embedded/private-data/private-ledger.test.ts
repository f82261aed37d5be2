import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransactionSimulator } from '../../../../../network/embedded/endorse/transaction-simulator';
import { privateHash, privateNamespace } from '../../../../../network/embedded/ledger/collection-namespaces';
import type { MissingWrites } from '../../../../../network/embedded/private-data/missing-private-data';
import { parsePrivateKeyValueSet } from '../../../../../network/wire/private-rwset';
import { TestChannel } from '../../../../support/a-channel';
import { aTransaction } from '../../../../support/a-transaction';

/** Everything that was written, by its hash: what another member would give. */
let written: Map<string, Buffer>;
let isMember: boolean;
/** Hashes of what this peer gets in time. */
let found: Set<string>;
let blockToLive: number | undefined;
let channel: TestChannel;

beforeEach(() => {
    written = new Map();
    found = new Set();
    [isMember, blockToLive] = [true, 0];
    channel = new TestChannel({
        isMember: () => isMember,
        find: ({ hash }) => (found.has(hash.toString('hex')) ? written.get(hash.toString('hex')) : undefined),
        blockToLive: () => blockToLive,
    });
});

type Act = (simulator: TransactionSimulator) => void;
const put =
    (value: string, key = 'k'): Act =>
    (simulator) => {
        simulator.putPrivate('grid', 'prices', key, Buffer.from(value));
    };
const remove: Act = (simulator) => {
    simulator.deletePrivate('grid', 'prices', 'k');
};
const purge: Act = (simulator) => {
    simulator.purgePrivate('grid', 'prices', 'k');
};

type How = 'lost' | 'found';

/** A transaction whose private writes this peer gets in time or lacks. */
function transaction(how: How, act: Act, endorsers = ['peer-1', 'peer-2']): Buffer {
    const snapshot = channel.ledger.openSnapshot();
    const simulator = new TransactionSimulator('t', snapshot, { isDefined: () => true });
    act(simulator);
    snapshot.release();
    for (const { rwset } of simulator.privateWrites()) {
        const hash = privateHash(rwset).toString('hex');
        written.set(hash, rwset);
        if (how === 'found') found.add(hash);
        else found.delete(hash);
    }
    return aTransaction({ results: simulator.results(), endorsers });
}
/** A block with one transaction. */
function commit(how: How, act: Act, endorsers?: string[]): void {
    channel.commit(transaction(how, act, endorsers));
}
const missing = (): readonly MissingWrites[] => channel.ledger.privateData.missing(() => isMember);
const blocksMissed = (): number[] => missing().map(({ blockNumber }) => blockNumber);
const originalOf = ({ hash }: MissingWrites): Buffer => written.get(hash.toString('hex')) ?? Buffer.alloc(0);
/** Gives the peer what it lacks of a block; whether it took it. */
function give(blockNumber: number, as = originalOf): boolean {
    const lacked = missing().find((each) => each.blockNumber === blockNumber);
    if (!lacked) throw new Error(`nothing is missing of block ${blockNumber}`);
    return channel.ledger.privateData.keepLate(lacked, as(lacked));
}
const valueOf = (key = 'k'): string | undefined => channel.valueOf(key, privateNamespace('grid', 'prices'));
const versionOf = (key = 'k'): number | undefined =>
    channel.ledger.committedValue(privateNamespace('grid', 'prices'), key)?.version.blockNumber;
const keptOf = (blockNumber: number, txNumber = 0): string[] | undefined =>
    channel.ledger.privateData
        .writesOf(blockNumber)
        .get(txNumber)
        ?.flatMap(({ rwset }) => parsePrivateKeyValueSet(rwset))
        .map(({ key, value }) => `${key}=${Buffer.from(value).toString()}`);

describe('private data that come after their block', () => {
    it('are known as missing, newest first, until they are there: then they are read like any', () => {
        commit('lost', put('1'));
        commit('lost', put('2', 'other'));
        commit('found', put('3', 'third'));
        expect(blocksMissed()).toEqual([2, 1]);
        expect(give(1)).toBe(true);
        expect(blocksMissed()).toEqual([2]);
        expect([valueOf(), versionOf(), keptOf(1)]).toEqual(['1', 1, ['k=1']]);
        const simulator = new TransactionSimulator('t', channel.ledger.openSnapshot(), { isDefined: () => true });
        expect(simulator.getPrivate('grid', 'prices', 'k')?.toString()).toBe('1');
    });

    it('are not taken when the hash on the ledger is another one, and stay missing', () => {
        commit('lost', put('1'));
        commit('lost', put('2', 'other'));
        const [other] = missing();
        expect(give(1, (asked) => originalOf(other ?? asked))).toBe(false);
        expect([blocksMissed(), valueOf(), keptOf(1)]).toEqual([[2, 1], undefined, undefined]);
    });

    it('do not put an older value in the place of a newer one, and are kept', () => {
        commit('lost', put('1'));
        commit('found', put('2'));
        expect(give(1)).toBe(true);
        expect([valueOf(), versionOf(), keptOf(1)]).toEqual(['2', 2, ['k=1']]);
    });

    it('give way to a newer value that is still missing, and count where it is the same', () => {
        commit('lost', put('1'));
        commit('lost', put('2'));
        give(1);
        expect(valueOf()).toBeUndefined();
        give(2);
        expect([valueOf(), versionOf()]).toEqual(['2', 2]);
        commit('lost', put('2'));
        commit('lost', put('2'));
        give(3);
        expect([valueOf(), versionOf()]).toEqual(['2', 4]);
    });

    it('delete what they deleted, and bring back nothing that was deleted since', () => {
        commit('found', put('1'));
        commit('lost', remove);
        expect(valueOf()).toBe('1');
        give(2);
        expect(valueOf()).toBeUndefined();
        commit('lost', put('2'));
        commit('found', remove);
        give(3);
        expect([valueOf(), keptOf(3)]).toEqual([undefined, ['k=2']]);
    });

    it('of an invalid transaction are kept and change no state', () => {
        commit('lost', put('1'), ['peer-1']);
        expect(give(1)).toBe(true);
        expect([valueOf(), keptOf(1)]).toEqual([undefined, ['k=1']]);
    });
});

describe('private data that expire', () => {
    it('do so on time, also when they came late', () => {
        blockToLive = 2;
        commit('lost', put('1'));
        give(1);
        channel.commit(aTransaction());
        channel.commit(aTransaction());
        expect([valueOf(), keptOf(1)]).toEqual(['1', ['k=1']]);
        channel.commit(aTransaction());
        expect([valueOf(), keptOf(1)]).toEqual([undefined, undefined]);
    });

    it('expire with the later block whose value they are', () => {
        blockToLive = 2;
        commit('lost', put('1'));
        commit('lost', put('1'));
        give(1);
        channel.commit(aTransaction());
        channel.commit(aTransaction());
        expect([valueOf(), keptOf(1)]).toEqual(['1', undefined]);
        channel.commit(aTransaction());
        expect(valueOf()).toBeUndefined();
    });

    it('are missing no more when their time is over', () => {
        blockToLive = 1;
        commit('lost', put('1'));
        channel.commit(aTransaction());
        expect(blocksMissed()).toEqual([1]);
        channel.commit(aTransaction());
        expect(blocksMissed()).toEqual([]);
    });
});

describe('private data that were purged', () => {
    it('are not taken when they come after the purge; other keys of the transaction are', () => {
        commit('lost', (simulator) => {
            put('1')(simulator);
            put('2', 'other')(simulator);
        });
        commit('found', purge);
        expect(give(1)).toBe(true);
        expect([valueOf(), valueOf('other'), keptOf(1)]).toEqual([undefined, '2', ['other=2']]);
    });

    it('leave a set without writes where no key is left, which is missing no more', () => {
        commit('lost', put('1'));
        commit('found', purge);
        expect(give(1)).toBe(true);
        expect([blocksMissed(), keptOf(1)]).toEqual([[], []]);
    });

    it('go from the state of a peer that lacks the purging transaction’s own writes, too', () => {
        commit('found', put('1'));
        commit('lost', purge);
        expect([valueOf(), keptOf(1)]).toEqual([undefined, []]);
    });

    it('go when they were written in the purge’s own block, and what a later transaction of it wrote stays', () => {
        channel.commit(transaction('found', put('1')), transaction('lost', purge));
        expect([valueOf(), keptOf(1)]).toEqual([undefined, []]);
        channel.commit(transaction('found', put('2')), transaction('lost', purge), transaction('found', put('3')));
        expect([valueOf(), keptOf(2), keptOf(2, 2)]).toEqual(['3', [], ['k=3']]);
    });

    it('do not take what was written after the purge with them', () => {
        commit('lost', put('1'));
        commit('found', purge);
        commit('lost', put('2'));
        give(1);
        give(3);
        expect([valueOf(), keptOf(1), keptOf(3)]).toEqual(['2', [], ['k=2']]);
    });
});

describe('private data of a collection that the peer does not hold', () => {
    it('are missing once it becomes a member', () => {
        isMember = false;
        commit('lost', put('1'));
        expect(blocksMissed()).toEqual([]);
        isMember = true;
        expect(blocksMissed()).toEqual([1]);
        give(1);
        expect([valueOf(), keptOf(1)]).toEqual(['1', ['k=1']]);
    });

    it('stay missing of one that it held when it is a member no more', () => {
        commit('lost', put('1'));
        isMember = false;
        expect(blocksMissed()).toEqual([1]);
    });

    it('are none of what is not there', () => {
        [isMember, blockToLive] = [false, undefined];
        commit('lost', put('1'), ['peer-1']);
        isMember = true;
        expect(blocksMissed()).toEqual([]);
    });
});
