import { describe, expect, it } from '@jest/globals';
import { canonicalJson } from '../../../../chaincode/src/ledger-access/canonical-json';

describe('canonicalJson', () => {
    it('orders the fields and leaves out what is undefined', () => {
        expect(canonicalJson({ b: [1, { d: null, c: 'x' }], a: true, z: undefined })).toBe(
            '{"a":true,"b":[1,{"c":"x","d":null}]}',
        );
    });

    it('gives the same bytes for the same fields in any order', () => {
        expect(canonicalJson({ one: 1, two: 2 })).toBe(canonicalJson({ two: 2, one: 1 }));
    });

    it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1, Symbol('x')])('does not hold %p', (value) => {
        expect(() => canonicalJson({ value })).toThrow(TypeError);
        expect(() => canonicalJson([value])).toThrow(TypeError);
    });

    it('keeps a field that is spelt like a prototype', () => {
        expect(canonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
    });
});
