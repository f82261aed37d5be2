import { beforeEach, describe, expect, it } from '@jest/globals';
import { EmbeddedError } from '../../../../../network/embedded/embedded-errors';
import { StateStore, type StateSnapshot } from '../../../../../network/embedded/ledger/state-store';

let store: StateStore;

/** Writes block `number`; undefined deletes. */
function write(number: number, values: Readonly<Record<string, string | undefined>>): void {
    const keys = Object.entries(values).map(([key, value], txNumber) => {
        const version = { blockNumber: number, txNumber };
        return [key, { value: value === undefined ? undefined : Buffer.from(value), version }] as const;
    });
    store.apply(new Map([['grid', new Map(keys)]]), number);
}

function valueIn(snapshot: StateSnapshot, key: string): string | undefined {
    return snapshot.get('grid', key)?.value.toString();
}

function rangeIn(snapshot: StateSnapshot | StateStore, startKey = '', endKey = ''): string[] {
    return [...snapshot.range('grid', startKey, endKey)].map(({ key, value }) => `${key}=${value.toString()}`);
}

beforeEach(() => {
    store = new StateStore();
});

describe('a snapshot', () => {
    it('keeps seeing its own height while blocks change, delete and insert', () => {
        write(1, { a: 'a1', b: 'b1', c: 'c1' });
        const before = store.openSnapshot(2);
        write(2, { a: 'a2', b: undefined, d: 'd2' });
        write(3, { a: undefined, b: 'b3' });
        expect(rangeIn(before)).toEqual(['a=a1', 'b=b1', 'c=c1']);
        expect([valueIn(before, 'a'), valueIn(before, 'b'), valueIn(before, 'd')]).toEqual(['a1', 'b1', undefined]);
        expect(rangeIn(store)).toEqual(['b=b3', 'c=c1', 'd=d2']);
    });

    it('goes on with a range that was begun before a block', () => {
        write(1, { a: 'a1', b: 'b1', c: 'c1' });
        const before = store.openSnapshot(2);
        const range = before.range('grid', '', '');
        expect(range.next().value).toMatchObject({ key: 'a' });
        write(2, { aa: 'aa2', b: undefined, c: 'c2' });
        expect([...range].map(({ key, value }) => `${key}=${value.toString()}`)).toEqual(['b=b1', 'c=c1']);
    });

    it('at each of several heights sees its own values, whichever is released first', () => {
        write(1, { a: 'a1' });
        const first = store.openSnapshot(2);
        write(2, { a: undefined });
        const second = store.openSnapshot(3);
        write(3, { a: 'a3' });
        const third = store.openSnapshot(4);
        expect([first, second, third].map((snapshot) => valueIn(snapshot, 'a'))).toEqual(['a1', undefined, 'a3']);
        first.release();
        expect([second, third].map((snapshot) => valueIn(snapshot, 'a'))).toEqual([undefined, 'a3']);
        third.release();
        expect(valueIn(second, 'a')).toBeUndefined();
        second.release();
        expect(store.get('grid', 'a')?.value.toString()).toBe('a3');
    });

    it('keeps its values when a snapshot of a later height is released before it', () => {
        write(1, { a: 'a1' });
        const first = store.openSnapshot(2);
        write(2, { a: 'a2' });
        const second = store.openSnapshot(3);
        write(3, { a: 'a3' });
        const third = store.openSnapshot(4);
        third.release();
        second.release();
        expect(valueIn(first, 'a')).toBe('a1');
    });

    it('tells the version of what it reads', () => {
        write(7, { a: 'a7', b: 'b7' });
        expect(store.openSnapshot(8).get('grid', 'b')?.version).toEqual({ blockNumber: 7, txNumber: 1 });
    });

    it('is refused after its release (SNAPSHOT_RELEASED), and may be released twice', () => {
        const snapshot = store.openSnapshot(1);
        snapshot.release();
        snapshot.release();
        expect(() => snapshot.get('grid', 'a')).toThrow(EmbeddedError);
        expect(() => snapshot.range('grid', '', '')).toThrow(
            expect.objectContaining({ fault: { code: 'SNAPSHOT_RELEASED', height: 1 } }),
        );
    });
});

describe('a range', () => {
    it('goes from the start key up to but not including the end key', () => {
        write(1, { a: '1', b: '2', c: '3', d: '4' });
        expect(rangeIn(store, 'b', 'd')).toEqual(['b=2', 'c=3']);
        expect(rangeIn(store, 'bb', '')).toEqual(['c=3', 'd=4']);
        expect(rangeIn(store, 'e', '')).toEqual([]);
    });

    it('is ordered by UTF-8 bytes: composite keys end at U+10FFFF', () => {
        write(1, { '\u0000type\u0000\ue000': 'private use', '\u0000type\u0000a': 'a', plain: 'p' });
        expect(rangeIn(store, '\u0000type\u0000', '\u0000type\u0000\u{10ffff}')).toEqual([
            '\u0000type\u0000a=a',
            '\u0000type\u0000\ue000=private use',
        ]);
    });

    it('finds keys that came and misses keys that went since the last range', () => {
        write(1, { b: 'b', d: 'd' });
        expect(rangeIn(store)).toEqual(['b=b', 'd=d']);
        write(2, { a: 'a', c: 'c', e: 'e', d: undefined });
        expect(rangeIn(store)).toEqual(['a=a', 'b=b', 'c=c', 'e=e']);
        write(3, { d: 'again', a: undefined });
        expect(rangeIn(store)).toEqual(['b=b', 'c=c', 'd=again', 'e=e']);
    });

    it('of an unknown namespace is empty', () => {
        expect([...store.range('nothing', '', '')]).toEqual([]);
    });
});

describe('corrupt', () => {
    it('changes a value and leaves its version', () => {
        write(1, { a: 'right' });
        store.corrupt('grid', 'a', Buffer.from('wrong'));
        expect(store.get('grid', 'a')).toEqual({
            value: Buffer.from('wrong'),
            version: { blockNumber: 1, txNumber: 0 },
        });
    });
});
