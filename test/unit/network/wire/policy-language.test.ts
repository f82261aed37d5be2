import { describe, expect, it } from '@jest/globals';
import { encodeSignaturePolicy, parseSignaturePolicy } from '../../../../network/wire/policies';
import { parseConfigPolicyText, parsePolicyLanguage } from '../../../../network/wire/policy-language';

const peer = (mspId: string): object => ({ kind: 'role', mspId, role: 'peer' });

describe('parsePolicyLanguage', () => {
    it('reads gates within gates, and numbers the principals in the order of their mention', () => {
        expect(parsePolicyLanguage("AND('A.peer', OutOf(1, 'B.peer', OR('C.peer', 'A.peer')))")).toEqual({
            rule: {
                outOf: 2,
                rules: [
                    { signedBy: 0 },
                    {
                        outOf: 1,
                        rules: [{ signedBy: 1 }, { outOf: 1, rules: [{ signedBy: 2 }, { signedBy: 3 }] }],
                    },
                ],
            },
            principals: [peer('A'), peer('B'), peer('C'), peer('A')],
        });
    });

    it.each(['member', 'admin', 'client', 'peer', 'orderer'])('knows the role %s', (role) => {
        expect(parsePolicyLanguage(`OR('Grid.Org-1.${role}')`).principals).toEqual([
            { kind: 'role', mspId: 'Grid.Org-1', role },
        ]);
    });

    it.each(["And('A.peer')", "and('A.peer')", "OR('A.peer')", `OutOf("1", "A.peer")`, "outof(1,'A.peer')"])(
        'reads the spelling %s',
        (text) => {
            expect(parsePolicyLanguage(text)).toEqual({
                rule: { outOf: 1, rules: [{ signedBy: 0 }] },
                principals: [peer('A')],
            });
        },
    );

    it('lets OutOf ask for one more than there are, which nobody can satisfy', () => {
        expect(parsePolicyLanguage("OutOf(2, 'A.peer')").rule).toMatchObject({ outOf: 2 });
        expect(() => parsePolicyLanguage("OutOf(3, 'A.peer')")).toThrow(/invalid t-out-of-n predicate, t 3, n 1/);
    });

    it.each([
        '',
        "'A.peer'",
        'OR()',
        "OR('A.peer'",
        "OR('A.peer') OR",
        "OR('A.peer',)",
        "XOR('A.peer')",
        "OR('A.chief')",
        "OR('peer')",
        "OutOf('A.peer')",
        'OutOf(1)',
        "OR('A.peer') ;",
        "aND('A.peer')",
    ])('refuses %j', (text) => {
        expect(() => parsePolicyLanguage(text)).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'POLICY_TEXT_INVALID', text }) }),
        );
    });

    it('gives the bytes that the peer command line makes of the same text', () => {
        const bytes = encodeSignaturePolicy(parsePolicyLanguage("OutOf(2, 'AMSP.peer', 'BMSP.member')"));
        const principals = '1a0a12080a04414d53501003' + '1a0812060a04424d5350';
        expect(bytes.toString('hex')).toBe('120c120a0802120208001202' + '0801' + principals);
        expect(parseSignaturePolicy(bytes)).toEqual(parsePolicyLanguage("OutOf(2, 'AMSP.peer', 'BMSP.member')"));
    });
});

describe('parseSignaturePolicy', () => {
    it.each([
        ['a leaf that names no principal of the list', '12020800'],
        ['a leaf with a negative index', '120b08ffffffffffffffffff01'],
        ['a policy without a rule', ''],
        ['bytes that are no message', 'ff'],
    ])('refuses %s', (_, hex) => {
        expect(() => parseSignaturePolicy(Buffer.from(hex, 'hex'))).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'WIRE_MALFORMED' }) }),
        );
    });
});

describe('parseConfigPolicyText', () => {
    it('reads a rule over the policies of the groups below', () => {
        expect(parseConfigPolicyText('MAJORITY Endorsement')).toEqual({
            kind: 'implicit-meta',
            rule: 'MAJORITY',
            subPolicy: 'Endorsement',
        });
    });

    it('reads a policy over signatures', () => {
        expect(parseConfigPolicyText("OR('A.peer')")).toEqual({
            kind: 'signature',
            policy: parsePolicyLanguage("OR('A.peer')"),
        });
    });

    it('refuses a rule that Fabric does not know', () => {
        expect(() => parseConfigPolicyText('MOST Endorsement')).toThrow(/cannot be read/);
    });
});
