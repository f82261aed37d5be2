import { describe, expect, it } from '@jest/globals';

import { isSatisfiableBy, mspIdsOf, outlinePolicy } from '../../../../network/topology/policy-outline';

describe('outlinePolicy', () => {
    it('reads nested AND, OR and OutOf in any case', () => {
        const outline = outlinePolicy(`and('A.peer', Or("B.admin", OUTOF(2, 'C.member','D.client' , 'A.orderer')))`);
        expect(outline).toEqual({
            outOf: 2,
            of: [
                { mspId: 'A', role: 'peer' },
                {
                    outOf: 1,
                    of: [
                        { mspId: 'B', role: 'admin' },
                        {
                            outOf: 2,
                            of: [
                                { mspId: 'C', role: 'member' },
                                { mspId: 'D', role: 'client' },
                                { mspId: 'A', role: 'orderer' },
                            ],
                        },
                    ],
                },
            ],
        });
    });

    it.each([
        ["OutOf('A.peer')", /lacks the number/],
        ["OR('A.peer'", /lacks "\)"/],
        ["OR('A.peer') 'B.peer'", /ends before "B\.peer"/],
        ["OR('A.king')", /not of the form/],
        ["MOST('A.peer')", /where a principal/],
        ["AND 'A.peer'", /lacks "\("/],
        ["OR('A.peer', )", /where a principal/],
        ["OR('A.peer'; 'B.peer')", /cannot be read from/],
        ['', /ends where a principal/],
    ])('tells what is wrong with %p', (policy, sentence) => {
        expect(outlinePolicy(policy)).toEqual(expect.stringMatching(sentence));
    });
});

describe('isSatisfiableBy', () => {
    const outline = outlinePolicy("OutOf(2, 'A.peer', 'B.peer', 'C.peer')");

    it.each([
        [['A', 'B'], true],
        [['B', 'C'], true],
        [['A'], false],
        [[], false],
    ])('says of %j: %p', (mspIds, expected) => {
        expect(typeof outline === 'string' ? outline : isSatisfiableBy(outline, new Set(mspIds))).toBe(expected);
    });

    it('names each MSP of a policy once', () => {
        const twice = outlinePolicy("OR('A.peer', AND('A.admin', 'B.peer'))");
        expect(typeof twice === 'string' ? twice : mspIdsOf(twice)).toEqual(['A', 'B']);
    });
});
