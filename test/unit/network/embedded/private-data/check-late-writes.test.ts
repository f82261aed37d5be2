import { describe, expect, it } from '@jest/globals';
import { privateHash } from '../../../../../network/embedded/ledger/collection-namespaces';
import { checkLateWrites } from '../../../../../network/embedded/private-data/check-late-writes';
import { newPrivateKeyValueSet } from '../../../../../network/wire/private-rwset';

const write = (key: string, value: string): { key: string; isDelete: boolean; value: Buffer } => ({
    key,
    isDelete: value === '',
    value: Buffer.from(value),
});
const setOf = (...values: readonly (readonly [key: string, value: string])[]): Buffer =>
    newPrivateKeyValueSet(values.map(([key, value]) => write(key, value)));
const whole = setOf(['a', '1'], ['b', '2'], ['c', '']);
const missing = {
    hash: privateHash(whole),
    writes: ['a', 'b', 'c'].map((key, index) => ({
        keyHash: privateHash(key),
        isDelete: key === 'c',
        isPurge: false,
        valueHash: key === 'c' ? Buffer.alloc(0) : privateHash(String(index + 1)),
    })),
};
const purged =
    (...keys: readonly string[]) =>
    (keyHash: Buffer): boolean =>
        keys.some((key) => privateHash(key).equals(keyHash));

describe('private writes that come after their block', () => {
    it('are taken as they are when their hash is the transaction’s', () => {
        expect(checkLateWrites(whole, missing, purged())).toBe(whole);
        expect(checkLateWrites(setOf(['a', '1'], ['b', '3'], ['c', '']), missing, purged())).toBeUndefined();
    });

    it('are taken without what was purged here, whether or not the giver has purged it, too', () => {
        const left = setOf(['a', '1'], ['c', '']);
        expect(checkLateWrites(whole, missing, purged('b'))).toEqual(left);
        expect(checkLateWrites(left, missing, purged('b'))).toEqual(left);
        expect(checkLateWrites(setOf(['c', '']), missing, purged('a', 'b', 'c'))).toEqual(setOf());
    });

    it('wait when the giver has purged what this peer does not know of yet', () => {
        expect(checkLateWrites(setOf(['a', '1'], ['c', '']), missing, purged())).toBeUndefined();
        expect(checkLateWrites(setOf(['c', '']), missing, purged('b'))).toBeUndefined();
    });

    it.each([
        ['another value', setOf(['a', '2'], ['c', ''])],
        ['a value where the key was deleted', setOf(['a', '1'], ['c', '3'])],
        ['a deletion where a value was written', setOf(['a', ''], ['c', ''])],
        ['another key', setOf(['a', '1'], ['d', ''])],
        ['a key twice', setOf(['a', '1'], ['a', '1'])],
    ])('are refused with %s', (_what, given) => {
        expect(checkLateWrites(given, missing, purged('b'))).toBeUndefined();
    });
});
