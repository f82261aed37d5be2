import { describe, expect, it } from '@jest/globals';
import { EndorseError } from '../../../../../network/embedded/endorse/endorse-errors';
import { TransactionSimulator } from '../../../../../network/embedded/endorse/transaction-simulator';
import type { SimulatedState } from '../../../../../network/embedded/endorse/transaction-simulator';
import { parseReadWriteSet } from '../../../../../network/wire/rwset';

const version = { blockNumber: 7, txNumber: 1 };

function aState(entries: Readonly<Record<string, string>>): SimulatedState {
    const keys = Object.keys(entries).sort();
    return {
        get: (_namespace, key) => {
            const value = entries[key];
            return value === undefined ? undefined : { value: Buffer.from(value), version };
        },
        range: (_namespace, startKey, endKey) =>
            keys
                .filter((key) => key >= startKey && (endKey === '' || key < endKey))
                .map((key) => ({ key, value: Buffer.from(entries[key] ?? ''), version }))
                [Symbol.iterator](),
    };
}

function onlySet(simulator: TransactionSimulator): ReturnType<typeof parseReadWriteSet>[number] | undefined {
    return parseReadWriteSet(simulator.results())[0];
}

describe('TransactionSimulator', () => {
    it('records one read of a key, however often it is asked, and none for an absent version', () => {
        const simulator = new TransactionSimulator('t', aState({ a: '1' }));
        expect(simulator.get('cc', 'a')?.toString()).toBe('1');
        simulator.get('cc', 'a');
        expect(simulator.get('cc', 'absent')).toBeUndefined();
        expect(onlySet(simulator)?.reads).toEqual([
            { key: 'a', version },
            { key: 'absent', version: undefined },
        ]);
    });

    it('reads what is committed, not what it wrote itself', () => {
        const simulator = new TransactionSimulator('t', aState({ a: 'old' }));
        simulator.put('cc', 'a', Buffer.from('new'));
        expect(simulator.get('cc', 'a')?.toString()).toBe('old');
    });

    it('keeps the last write of a key; an empty value and a delete are the same', () => {
        const simulator = new TransactionSimulator('t', aState({}));
        simulator.put('cc', 'a', Buffer.from('first'));
        simulator.put('cc', 'a', Buffer.from('second'));
        simulator.put('cc', 'empty', Buffer.alloc(0));
        simulator.delete('cc', 'gone');
        simulator.delete('cc', 'back');
        simulator.put('cc', 'back', Buffer.from('again'));
        const writes = onlySet(simulator)?.writes.map(({ key, isDelete, value }) => [key, isDelete, String(value)]);
        expect(writes).toEqual([
            ['a', false, 'second'],
            ['back', false, 'again'],
            ['empty', true, ''],
            ['gone', true, ''],
        ]);
    });

    it('records a range as read up to the last key it gave, until it is exhausted', () => {
        const simulator = new TransactionSimulator('t', aState({ a: '1', b: '2', c: '3' }));
        const cursor = simulator.range('cc', 'a', 'z');
        cursor.next();
        cursor.next();
        expect(onlySet(simulator)?.rangeReads[0]).toMatchObject({ endKey: 'b', exhausted: false });
        cursor.next();
        cursor.next();
        const range = onlySet(simulator)?.rangeReads[0];
        expect(range).toMatchObject({ startKey: 'a', endKey: 'z', exhausted: true });
        expect(range?.reads.map(({ key }) => key)).toEqual(['a', 'b', 'c']);
    });

    it('does not count the key as read that only tells where the next page begins', () => {
        const simulator = new TransactionSimulator('t', aState({ a: '1', b: '2' }));
        const cursor = simulator.pagedRange('cc', '', '');
        cursor.next();
        expect(cursor.peekKey()).toBe('b');
        expect(onlySet(simulator)?.rangeReads[0]?.reads.map(({ key }) => key)).toEqual(['a']);
    });

    it('records equal ranges once and different ones in the order of the calls', () => {
        const simulator = new TransactionSimulator('t', aState({}));
        for (const start of ['x', 'a', 'x']) simulator.range('cc', start, 'z').next();
        expect(onlySet(simulator)?.rangeReads.map(({ startKey }) => startKey)).toEqual(['x', 'a']);
    });

    it('refuses a write after a page and a page after a write (STATE_CALL_REFUSED)', () => {
        const paged = new TransactionSimulator('t', aState({}));
        paged.pagedRange('cc', '', '');
        expect(() => {
            paged.put('cc', 'a', Buffer.from('1'));
        }).toThrow(EndorseError);
        const written = new TransactionSimulator('t', aState({}));
        written.delete('cc', 'a');
        expect(() => written.pagedRange('cc', '', '')).toThrow(/^txid \[t\]: unsuppored transaction\. Paginated/);
    });
});
