import { describe, expect, it } from '@jest/globals';
import { planEndorsement } from '../../../../../network/embedded/endorse/plan-endorsement';
import type { Principal } from '../../../../../network/wire/policies';
import { parsePolicyLanguage } from '../../../../../network/wire/policy-language';

function aPeer(name: string, mspId: string): { peer: string; satisfies(principal: Principal): boolean } {
    return {
        peer: name,
        satisfies: (principal) => principal.kind === 'role' && principal.mspId === mspId && principal.role === 'peer',
    };
}

const peers = [aPeer('a0', 'A'), aPeer('b0', 'B'), aPeer('b1', 'B'), aPeer('c0', 'C')];

function layoutsOf(policy: string, among = peers): readonly Readonly<Record<string, number>>[] | undefined {
    const plan = planEndorsement(policy.split(' & ').map(parsePolicyLanguage), among);
    const namesOf = (group: string): string => plan?.groups.get(group)?.join('+') ?? '';
    return plan?.layouts.map((layout) =>
        Object.fromEntries([...layout].map(([group, count]) => [namesOf(group), count])),
    );
}

describe('planEndorsement', () => {
    it('gives one layout for each smallest set of groups', () => {
        expect(layoutsOf("OutOf(2, 'A.peer', 'B.peer', 'C.peer')")).toEqual([
            { a0: 1, 'b0+b1': 1 },
            { a0: 1, c0: 1 },
            { 'b0+b1': 1, c0: 1 },
        ]);
    });

    it('asks for several peers of one group when the policy names it several times', () => {
        expect(layoutsOf("AND('B.peer', 'B.peer')")).toEqual([{ 'b0+b1': 2 }]);
        expect(layoutsOf("AND('A.peer', 'A.peer')")).toBeUndefined();
    });

    it('satisfies several policies at once, an endorsement counting for each', () => {
        expect(layoutsOf("OutOf(2, 'A.peer', 'B.peer', 'C.peer') & OR('A.peer')")).toEqual([
            { a0: 1, 'b0+b1': 1 },
            { a0: 1, c0: 1 },
        ]);
        expect(layoutsOf("OR('A.peer', 'B.peer') & OR('C.peer')")).toEqual([
            { a0: 1, c0: 1 },
            { 'b0+b1': 1, c0: 1 },
        ]);
        expect(layoutsOf("OR('A.peer') & OR('A.peer') & OR('A.member')")).toEqual([{ a0: 1 }]);
    });

    it('combines gates within gates', () => {
        expect(layoutsOf("AND('A.peer', OR('B.peer', 'C.peer'))")).toEqual([
            { a0: 1, 'b0+b1': 1 },
            { a0: 1, c0: 1 },
        ]);
    });

    it('leaves out what no peer satisfies, and has no plan when nothing is left', () => {
        expect(layoutsOf("OR('A.peer', 'D.peer')")).toEqual([{ a0: 1 }]);
        expect(layoutsOf("AND('A.peer', 'D.peer')")).toBeUndefined();
    });

    it('names the groups G0, G1, … without a gap', () => {
        const plan = planEndorsement([parsePolicyLanguage("OR('D.peer', 'B.peer', 'C.peer')")], peers);
        expect([...(plan?.groups.keys() ?? [])]).toEqual(['G0', 'G1']);
    });
});
