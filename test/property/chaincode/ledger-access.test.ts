import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isPrintable } from '../../../chaincode/src/input/read-field';
import { canonicalJson } from '../../../chaincode/src/ledger-access/canonical-json';
import { keyLayouts, ledgerKey, type KeyLayout } from '../../../chaincode/src/ledger-access/composite-keys';
import { RealChaincodeStub } from '../../support/chaincode/fabric-shim-parts';

const stub = new RealChaincodeStub({}, 'grid', '00', { getArgsList_asU8: () => [] });
const attribute = fc.string({ minLength: 1, maxLength: 64, unit: 'grapheme' }).filter(isPrintable);
const record = fc.constantFrom(...(Object.keys(keyLayouts) as KeyLayout[])).chain((layout) =>
    fc.record({
        layout: fc.constant(layout),
        attributes: fc.array(attribute, { minLength: keyLayouts[layout].length, maxLength: keyLayouts[layout].length }),
    }),
);

describe('composite keys', () => {
    it('are equal for equal records only', () => {
        fc.assert(
            fc.property(record, record, (one, other) => {
                const sameKey =
                    ledgerKey(stub, one.layout, one.attributes) === ledgerKey(stub, other.layout, other.attributes);
                expect(sameKey).toBe(canonicalJson(one) === canonicalJson(other));
            }),
            { numRuns: 1_000 },
        );
    });

    it('give back what they were made of', () => {
        fc.assert(
            fc.property(record, ({ layout, attributes }) => {
                const split = stub.splitCompositeKey(ledgerKey(stub, layout, attributes));
                expect(split).toEqual({ objectType: layout, attributes });
            }),
        );
    });

    it('never lie in the key range of another layout', () => {
        const layouts = Object.keys(keyLayouts);
        const insideOther = layouts.filter((one) =>
            layouts.some((other) => other !== one && `${one}\0`.startsWith(`${other}\0`)),
        );
        expect(insideOther).toEqual([]);
    });
});

describe('canonical JSON', () => {
    it('means the same as JSON, and does not depend on the order of the fields', () => {
        fc.assert(
            fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
                const text = canonicalJson(value);
                expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
                expect(canonicalJson(reversed(value))).toBe(text);
            }),
            { numRuns: 500 },
        );
    });
});

/** The same value with the fields of every object in reverse order. */
function reversed(value: unknown): unknown {
    if (Array.isArray(value)) {
        return value.map(reversed);
    }
    return typeof value === 'object' && value !== null
        ? Object.fromEntries(
              Object.entries(value)
                  .reverse()
                  .map(([key, field]) => [key, reversed(field)]),
          )
        : value;
}
