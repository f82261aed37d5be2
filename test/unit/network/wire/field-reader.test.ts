import { describe, expect, it } from '@jest/globals';
import { FieldReader } from '../../../../network/wire/field-reader';
import { encodeVarint, FieldWriter } from '../../../../network/wire/field-writer';
import { WireError } from '../../../../network/wire/wire-errors';

function readAll(hex: string): void {
    const reader = new FieldReader('Thing', Buffer.from(hex, 'hex'));
    while (reader.next() !== 0) reader.skip();
}

function faultOf(act: () => void): unknown {
    try {
        act();
    } catch (error) {
        return error instanceof WireError ? error.fault : error;
    }
    return undefined;
}

describe('FieldReader', () => {
    it.each([
        ['a length that passes the end', '0a05aa'],
        ['a number without end', '08ffffffffffffffffffff01'],
        ['a number that is cut off', '0880'],
        ['a fixed number that is cut off', '0d0000'],
        ['an unknown wire type', '0f'],
        ['field number zero', '0200'],
    ])('refuses %s as WIRE_MALFORMED', (_, hex) => {
        expect(
            faultOf(() => {
                readAll(hex);
            }),
        ).toMatchObject({ code: 'WIRE_MALFORMED', message: 'Thing' });
    });

    it('skips numbers, fixed numbers and byte strings it does not know', () => {
        expect(() => {
            readAll('0896011100000000000000000a0161250000000012026869');
        }).not.toThrow();
    });

    it('refuses a text that is not UTF-8, and takes the replacement character itself', () => {
        const bad = new FieldReader('Thing', Buffer.from('0a01ff', 'hex'));
        bad.next();
        expect(faultOf(() => bad.string())).toMatchObject({ code: 'WIRE_MALFORMED' });
        const good = new FieldReader('Thing', new FieldWriter().string(1, '\ufffd').finish());
        good.next();
        expect(good.string()).toBe('\ufffd');
    });

    it.each([0, 1, 127, 128, 300, 2 ** 31, 2 ** 32, 2 ** 35 + 7, Number.MAX_SAFE_INTEGER])('reads back %i', (value) => {
        const reader = new FieldReader('Thing', new FieldWriter().bytesAlways(1, encodeVarint(value)).finish());
        reader.next();
        const inner = new FieldReader('Number', Buffer.concat([Buffer.from([8]), reader.bytes()]));
        inner.next();
        expect(inner.uint()).toBe(value);
    });

    it.each([-1, -1_700_000_000, -(2 ** 40)])('reads back the negative number %i', (value) => {
        const reader = new FieldReader('Thing', new FieldWriter().int(1, value).finish());
        reader.next();
        expect(reader.int64()).toBe(value);
    });
});
