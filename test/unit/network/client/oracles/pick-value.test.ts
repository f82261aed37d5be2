import { describe, expect, it } from '@jest/globals';
import { parseCsv } from '../../../../../network/client/oracles/parse-csv';
import { pickValue, type ValuePick } from '../../../../../network/client/oracles/pick-value';
import { SourceError, type SourceFault } from '../../../../../network/client/oracles/source-errors';

const rows = { format: 'csv', separator: ',' } as const;

function faultOf(act: () => unknown): SourceFault | undefined {
    try {
        act();
    } catch (error) {
        if (error instanceof SourceError) return error.fault;
        throw error;
    }
    return undefined;
}

describe('parseCsv', () => {
    it.each([
        [
            'a,b\n1,2\n',
            [
                ['a', 'b'],
                ['1', '2'],
            ],
        ],
        [
            'a,b\r\n1,2',
            [
                ['a', 'b'],
                ['1', '2'],
            ],
        ],
        [
            'a,b\n\n1,2\n\n',
            [
                ['a', 'b'],
                ['1', '2'],
            ],
        ],
        [
            'a,b\n"x, ""y""\n",2\n',
            [
                ['a', 'b'],
                ['x, "y"\n', '2'],
            ],
        ],
        [
            'a,b\n1,\n,2',
            [
                ['a', 'b'],
                ['1', ''],
                ['', '2'],
            ],
        ],
        [
            'a,b\n1,',
            [
                ['a', 'b'],
                ['1', ''],
            ],
        ],
        ['a\n""\n1', [['a'], ['1']]],
    ])('reads %j as RFC 4180 has it', (text, expected) => {
        expect(parseCsv('s', text)).toEqual(expected);
    });

    it.each([
        ['', 'it is empty'],
        ['a,b\n1\n', 'row 2 has 1 cells and the first one 2'],
        ['a,b\n"1,2\n', 'a quoted cell does not end'],
        ['a,b\n"1"x,2\n', 'row 2 goes on after a closing quote'],
    ])('refuses %j', (text, why) => {
        expect(faultOf(() => parseCsv('s', text))).toEqual({ code: 'SOURCE_MALFORMED', source: 's', why });
    });

    it('takes another separator', () => {
        expect(parseCsv('s', 'a;b\n1,5;2', ';')).toEqual([
            ['a', 'b'],
            ['1,5', '2'],
        ]);
    });
});

describe('pickValue', () => {
    const csv = 'station,temperature,humidity\nnorth,21.5,40\nsouth,-3e1,n/a\n';
    const json = '{"current":[{"t":21.5,"text":"7.25","none":null,"far":1e999}],"a/b":{"m~n":3}}';
    const pick = (text: string, how: ValuePick): number => pickValue('s', Buffer.from(text), how);

    it('takes the cell of a column and of the row in which another column holds a text', () => {
        const row = { column: 'station', value: 'north' };
        expect(pick(csv, { ...rows, column: 'temperature', row })).toBe(21.5);
    });

    it('takes the last row when none is named, and numbers as people write them', () => {
        expect(pick(csv, { ...rows, column: 'temperature' })).toBe(-30);
        expect(pick('x\n +0.5 \n', { ...rows, column: 'x' })).toBe(0.5);
    });

    it('takes what a JSON pointer (RFC 6901) leads to, a number or one in quotes', () => {
        expect(pick(json, { format: 'json', pointer: '/current/0/t' })).toBe(21.5);
        expect(pick(json, { format: 'json', pointer: '/current/0/text' })).toBe(7.25);
        expect(pick(json, { format: 'json', pointer: '/a~1b/m~0n' })).toBe(3);
        expect(pick('4', { format: 'json', pointer: '' })).toBe(4);
    });

    it.each<[string, string, ValuePick, string]>([
        ['no such column', csv, { ...rows, column: 'wind' }, 'VALUE_NOT_FOUND'],
        ['a column twice', 'a,a\n1,2', { ...rows, column: 'a' }, 'VALUE_NOT_FOUND'],
        ['no rows', 'a\n', { ...rows, column: 'a' }, 'VALUE_NOT_FOUND'],
        [
            'no such row',
            csv,
            { ...rows, column: 'humidity', row: { column: 'station', value: 'x' } },
            'VALUE_NOT_FOUND',
        ],
        [
            'several rows',
            'k,v\na,1\na,2',
            { ...rows, column: 'v', row: { column: 'k', value: 'a' } },
            'VALUE_NOT_FOUND',
        ],
        ['no number', csv, { ...rows, column: 'humidity' }, 'VALUE_NOT_A_NUMBER'],
        ['an empty cell', 'a,b\n1,', { ...rows, column: 'b' }, 'VALUE_NOT_A_NUMBER'],
        ['a hexadecimal one', 'a\n0x10', { ...rows, column: 'a' }, 'VALUE_NOT_A_NUMBER'],
        ['a pointer that leads nowhere', json, { format: 'json', pointer: '/current/1/t' }, 'VALUE_NOT_FOUND'],
        ['a pointer into a prototype', json, { format: 'json', pointer: '/current/constructor' }, 'VALUE_NOT_FOUND'],
        ['null', json, { format: 'json', pointer: '/current/0/none' }, 'VALUE_NOT_A_NUMBER'],
        ['a number too large', json, { format: 'json', pointer: '/current/0/far' }, 'VALUE_NOT_A_NUMBER'],
        ['an object', json, { format: 'json', pointer: '/current' }, 'VALUE_NOT_A_NUMBER'],
        ['no JSON', 'x', { format: 'json', pointer: '' }, 'SOURCE_MALFORMED'],
    ])('tells of %s', (_, text, how, code) => {
        expect(faultOf(() => pick(text, how))?.code).toBe(code);
    });

    it('tells of bytes that are no UTF-8', () => {
        const act = (): number => pickValue('s', Buffer.from([0xff, 0xfe]), { ...rows, column: 'a' });
        expect(faultOf(act)).toMatchObject({ code: 'SOURCE_MALFORMED', why: 'it is not text in UTF-8' });
    });
});
