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

    it('changes nothing that it is given, in order or not', () => {
        const given = { b: [{ d: 1, c: 2 }], a: Object.freeze([1, 2]) };
        expect(canonicalJson(given)).toBe('{"a":[1,2],"b":[{"c":2,"d":1}]}');
        expect(Object.keys(given)).toEqual(['b', 'a']);
        expect(Object.keys(given.b[0] ?? {})).toEqual(['d', 'c']);
    });

    it('lets no object write itself in words of its own', () => {
        expect(canonicalJson({ at: new Date(0) })).toBe('{"at":{}}');
    });

    it('keeps a field that is spelt like a prototype', () => {
        expect(canonicalJson(JSON.parse('{"__proto__":{"a":1}}'))).toBe('{"__proto__":{"a":1}}');
    });
});
