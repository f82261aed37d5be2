import { beforeEach, describe, expect, it } from '@jest/globals';
import { TransactionSimulator } from '../../../../../network/embedded/endorse/transaction-simulator';
import {
    hashedNamespace,
    privateHash,
    privateNamespace,
} from '../../../../../network/embedded/ledger/collection-namespaces';
import type { WrittenCollection } from '../../../../../network/embedded/private-data/private-data-exchange';
import { parsePrivateKeyValueSet } from '../../../../../network/wire/private-rwset';
import { TestChannel } from '../../../../support/a-channel';
import { aTransaction } from '../../../../support/a-transaction';

const anyCollection = { isDefined: () => true };
let found: Map<string, Buffer>;
let missing: WrittenCollection[];
let channel: TestChannel;
let blockToLive: number;

beforeEach(() => {
    found = new Map();
    missing = [];
    blockToLive = 0;
    channel = new TestChannel(
        {
            isMember: (_namespace, collection) => collection === 'ours',
            find: ({ hash }) => found.get(hash.toString('hex')),
            blockToLive: () => blockToLive,
        },
        (each) => missing.push(each),
    );
});

/** Simulates over what is committed; the private writes are found at commit unless they are `lost`. */
function transaction(act: (simulator: TransactionSimulator) => void, { lost = false, endorsers = 2 } = {}): Buffer {
    const snapshot = channel.ledger.openSnapshot();
    const simulator = new TransactionSimulator('t', snapshot, anyCollection);
    act(simulator);
    snapshot.release();
    if (!lost) {
        for (const { rwset } of simulator.privateWrites()) found.set(privateHash(rwset).toString('hex'), rwset);
    }
    const endorsing = ['peer-1', 'peer-2'].slice(0, endorsers);
    return aTransaction({ results: simulator.results(), endorsers: endorsing });
}

const put =
    (value: string, collection = 'ours') =>
    (simulator: TransactionSimulator) => {
        simulator.putPrivate('grid', collection, 'k', Buffer.from(value));
    };
const increment = (simulator: TransactionSimulator): void => {
    const value = Number(simulator.getPrivate('grid', 'ours', 'k')?.toString() ?? '0');
    put(String(value + 1))(simulator);
};
const valueOf = (collection = 'ours'): string | undefined => channel.valueOf('k', privateNamespace('grid', collection));
const hashOf = (collection = 'ours'): Buffer | undefined =>
    channel.ledger.committedValue(hashedNamespace('grid', collection), privateHash('k').toString('hex'))?.value;
const keptOf = (blockNumber: number): string[] =>
    [...channel.ledger.privateData.writesOf(blockNumber).values()]
        .flat()
        .flatMap(({ rwset }) => parsePrivateKeyValueSet(rwset))
        .map(({ value }) => Buffer.from(value).toString());

describe('committing private data', () => {
    it('keeps values on a member, and hashes on everybody', () => {
        channel.commit(transaction(put('1')), transaction(put('2', 'theirs')));
        expect(valueOf()).toBe('1');
        expect(valueOf('theirs')).toBeUndefined();
        expect(hashOf()).toEqual(privateHash('1'));
        expect(hashOf('theirs')).toEqual(privateHash('2'));
        expect(keptOf(1)).toEqual(['1']);
        expect(missing).toEqual([]);
    });

    it('commits hashes alone where nobody has the data, says so, and does not read a value that is out of date', () => {
        channel.commit(transaction(put('1')));
        channel.commit(transaction(put('2'), { lost: true }));
        expect(missing).toMatchObject([{ namespace: 'grid', collection: 'ours', blockNumber: 2, txNumber: 0 }]);
        expect(hashOf()).toEqual(privateHash('2'));
        expect(() => transaction(increment)).toThrow(
            'private data matching public hash version is not available. Public hash version = ' +
                '{BlockNum: 2, TxNum: 0}, Private data version = {BlockNum: 1, TxNum: 0}',
        );
    });

    it('judges a private read by the version of its hash', () => {
        channel.commit(transaction(put('1')));
        const both = [transaction(increment), transaction(increment)];
        expect(channel.commit(...both).codes).toEqual([0, 11]);
        expect(valueOf()).toBe('2');
    });

    it('keeps the writes of an invalid transaction, which change no state', () => {
        channel.commit(transaction(put('1'), { endorsers: 1 }));
        expect(valueOf()).toBeUndefined();
        expect(hashOf()).toBeUndefined();
        expect(keptOf(1)).toEqual(['1']);
    });

    it('forgets after the blocks to live, unless it was written again', () => {
        blockToLive = 1;
        channel.commit(transaction(put('1')));
        channel.commit(transaction(put('2')));
        channel.commit(aTransaction());
        expect(keptOf(1)).toEqual([]);
        expect([valueOf(), hashOf()]).toEqual(['2', privateHash('2')]);
        channel.commit(aTransaction());
        expect([valueOf(), hashOf()]).toEqual([undefined, undefined]);
        expect(keptOf(2)).toEqual([]);
    });

    it('forgets every value of a purged key', () => {
        channel.commit(transaction(put('1')));
        channel.commit(
            transaction((simulator) => {
                simulator.purgePrivate('grid', 'ours', 'k');
            }),
        );
        expect([valueOf(), hashOf()]).toEqual([undefined, undefined]);
        expect(keptOf(1)).toEqual([]);
    });
});
