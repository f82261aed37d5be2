import { describe, it } from '@jest/globals';
import fc from 'fast-check';
import { satisfiesSignaturePolicy } from '../../../../../network/embedded/msp/signature-policy';
import {
    encodeSignaturePolicy,
    parseSignaturePolicy,
    type Principal,
    type SignaturePolicy,
    type SignatureRule,
} from '../../../../../network/wire/policies';
import { parsePolicyLanguage } from '../../../../../network/wire/policy-language';

const PRINCIPALS = 4;
const principals: readonly Principal[] = Array.from({ length: PRINCIPALS }, (_, index) => ({
    kind: 'role',
    mspId: `M${index}`,
    role: 'peer',
}));

const ruleTree = fc.letrec<{ rule: SignatureRule; gate: SignatureRule }>((tie) => ({
    rule: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.record({ signedBy: fc.nat(PRINCIPALS - 1) }),
        tie('gate'),
    ),
    gate: fc
        .array(tie('rule'), { minLength: 1, maxLength: 3 })
        .chain((rules) => fc.record({ outOf: fc.nat(rules.length + 1), rules: fc.constant(rules) })),
}));

/** Who signed: for each signature, the principals that it fits. */
const signatures = fc.array(fc.subarray([0, 1, 2, 3]), { maxLength: 4 });

type Fits = readonly number[];

function judge(policy: SignaturePolicy, signed: readonly Fits[]): boolean {
    const identities = signed.map((fits) => ({
        satisfies: (principal: Principal) => fits.some((index) => principals[index] === principal),
    }));
    return satisfiesSignaturePolicy(policy, identities);
}

/** All ways to satisfy a rule: what is left of the free signatures after each of them. */
function waysToSatisfy(rule: SignatureRule, free: ReadonlySet<number>, signed: readonly Fits[]): ReadonlySet<number>[] {
    if ('signedBy' in rule) {
        return [...free]
            .filter((index) => signed[index]?.includes(rule.signedBy))
            .map((taken) => new Set([...free].filter((index) => index !== taken)));
    }
    let ways: { left: ReadonlySet<number>; satisfied: number }[] = [{ left: free, satisfied: 0 }];
    for (const inner of rule.rules) {
        ways = ways.flatMap(({ left, satisfied }) => [
            { left, satisfied },
            ...waysToSatisfy(inner, left, signed).map((after) => ({ left: after, satisfied: satisfied + 1 })),
        ]);
    }
    return ways.filter(({ satisfied }) => satisfied >= rule.outOf).map(({ left }) => left);
}

/** Fabric's greedy evaluation, told as a list of the signatures that stay free; undefined when the rule fails. */
function freeAfter(
    rule: SignatureRule,
    free: readonly number[],
    signed: readonly Fits[],
): readonly number[] | undefined {
    if ('signedBy' in rule) {
        const taken = free.find((index) => signed[index]?.includes(rule.signedBy));
        return taken === undefined ? undefined : free.filter((index) => index !== taken);
    }
    const { left, satisfied } = rule.rules.reduce(
        (state, inner) => {
            const after = freeAfter(inner, state.left, signed);
            return after ? { left: after, satisfied: state.satisfied + 1 } : state;
        },
        { left: free, satisfied: 0 },
    );
    return satisfied >= rule.outOf ? left : undefined;
}

function everyIndex(signed: readonly Fits[]): number[] {
    return signed.map((_, index) => index);
}

function write(rule: SignatureRule): string {
    if ('signedBy' in rule) return `'M${rule.signedBy}.peer'`;
    return `OutOf(${rule.outOf}, ${rule.rules.map(write).join(', ')})`;
}

describe('signature policies', () => {
    it('never accepts what no assignment of the signatures to the leaves satisfies', () => {
        fc.assert(
            fc.property(ruleTree.gate, signatures, (rule, signed) => {
                fc.pre(judge({ rule, principals }, signed));
                return waysToSatisfy(rule, new Set(everyIndex(signed)), signed).length > 0;
            }),
            { numRuns: 300 },
        );
    });

    it('decides as the greedy evaluation does, whatever the tree', () => {
        fc.assert(
            fc.property(ruleTree.gate, signatures, (rule, signed) => {
                const expected = freeAfter(rule, everyIndex(signed), signed) !== undefined;
                return judge({ rule, principals }, signed) === expected;
            }),
            { numRuns: 1000 },
        );
    });

    it('counts, for n of some principals that exclude each other, the principals that signed', () => {
        const leaves = fc.array(fc.nat(PRINCIPALS - 1), { minLength: 1, maxLength: 6 });
        const signers = fc.array(fc.nat(PRINCIPALS - 1), { maxLength: 6 });
        fc.assert(
            fc.property(leaves, signers, fc.nat(6), (signedBy, signed, outOf) => {
                const rule = { outOf, rules: signedBy.map((index) => ({ signedBy: index })) };
                const matched = [0, 1, 2, 3].reduce((sum, principal) => {
                    const of = (list: readonly number[]): number => list.filter((one) => one === principal).length;
                    return sum + Math.min(of(signedBy), of(signed));
                }, 0);
                return (
                    judge(
                        { rule, principals },
                        signed.map((one) => [one]),
                    ) ===
                    matched >= outOf
                );
            }),
            { numRuns: 500 },
        );
    });

    it('survive being written and read, as text and as bytes', () => {
        fc.assert(
            fc.property(ruleTree.gate, signatures, (rule, signed) => {
                const read = parsePolicyLanguage(write(rule));
                const decoded = parseSignaturePolicy(encodeSignaturePolicy(read));
                const identities = signed.map((fits) => ({
                    satisfies: (wanted: Principal) =>
                        wanted.kind === 'role' && fits.some((index) => wanted.mspId === `M${index}`),
                }));
                const expected = judge({ rule, principals }, signed);
                return [read, decoded].every((policy) => satisfiesSignaturePolicy(policy, identities) === expected);
            }),
            { numRuns: 300 },
        );
    });
});
