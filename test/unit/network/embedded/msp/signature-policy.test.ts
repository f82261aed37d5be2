import { describe, expect, it } from '@jest/globals';
import { satisfiesPrincipal, type PrincipalSubject } from '../../../../../network/embedded/msp/principal';
import { satisfiesSignaturePolicy } from '../../../../../network/embedded/msp/signature-policy';
import { mspRoles, type Principal } from '../../../../../network/wire/policies';
import { parsePolicyLanguage } from '../../../../../network/wire/policy-language';

const certifiers = Buffer.from('chain');

function aSubject(more: Partial<PrincipalSubject> = {}): PrincipalSubject {
    return {
        mspId: 'AMSP',
        role: 'peer',
        isListedAdmin: false,
        organizationalUnits: ['peer', 'north'],
        certifiers,
        isSame: (serialized) => serialized.equals(Buffer.from('me')),
        ...more,
    };
}

/** Identities such as `A.peer`, told apart by their place in the list. */
function signers(...names: readonly string[]): { satisfies: (principal: Principal) => boolean }[] {
    return names.map((name) => {
        const [mspId = '', role] = name.split('.');
        const subject = aSubject({ mspId, role: role as PrincipalSubject['role'] });
        return { satisfies: (principal: Principal) => satisfiesPrincipal(subject, principal) };
    });
}

function satisfied(policy: string, ...names: readonly string[]): boolean {
    return satisfiesSignaturePolicy(parsePolicyLanguage(policy), signers(...names));
}

describe('satisfiesPrincipal', () => {
    it('gives every valid identity the role member, and its own role only', () => {
        const granted = mspRoles.filter((role) =>
            satisfiesPrincipal(aSubject(), { kind: 'role', mspId: 'AMSP', role }),
        );
        expect(granted).toEqual(['member', 'peer']);
    });

    it('knows nobody of another MSP', () => {
        expect(satisfiesPrincipal(aSubject(), { kind: 'role', mspId: 'BMSP', role: 'member' })).toBe(false);
    });

    it('takes a certificate listed among the administrators for an admin', () => {
        const admin: Principal = { kind: 'role', mspId: 'AMSP', role: 'admin' };
        expect(satisfiesPrincipal(aSubject({ isListedAdmin: true }), admin)).toBe(true);
        expect(satisfiesPrincipal(aSubject({ role: 'admin' }), admin)).toBe(true);
        expect(satisfiesPrincipal(aSubject(), admin)).toBe(false);
    });

    it('compares organisational units with the authorities behind them', () => {
        const unit = { kind: 'organization-unit' as const, mspId: 'AMSP', unit: 'north', certifiers };
        expect(satisfiesPrincipal(aSubject(), unit)).toBe(true);
        expect(satisfiesPrincipal(aSubject(), { ...unit, unit: 'south' })).toBe(false);
        expect(satisfiesPrincipal(aSubject(), { ...unit, certifiers: Buffer.from('other') })).toBe(false);
        expect(satisfiesPrincipal(aSubject(), { ...unit, mspId: 'BMSP' })).toBe(false);
    });

    it('compares a named identity, wants all parts of a combined one, and refuses the rest', () => {
        const me: Principal = { kind: 'identity', identity: Buffer.from('me') };
        const peer: Principal = { kind: 'role', mspId: 'AMSP', role: 'peer' };
        const admin: Principal = { kind: 'role', mspId: 'AMSP', role: 'admin' };
        expect(satisfiesPrincipal(aSubject(), me)).toBe(true);
        expect(satisfiesPrincipal(aSubject(), { kind: 'identity', identity: Buffer.from('you') })).toBe(false);
        expect(satisfiesPrincipal(aSubject(), { kind: 'combined', principals: [me, peer] })).toBe(true);
        expect(satisfiesPrincipal(aSubject(), { kind: 'combined', principals: [me, admin] })).toBe(false);
        expect(satisfiesPrincipal(aSubject(), { kind: 'combined', principals: [] })).toBe(false);
        expect(satisfiesPrincipal(aSubject(), { kind: 'anonymity', anonymous: true })).toBe(false);
        expect(satisfiesPrincipal(aSubject(), { kind: 'anonymity', anonymous: false })).toBe(true);
        expect(satisfiesPrincipal(aSubject(), { kind: 'unknown', classification: 9 })).toBe(false);
    });
});

describe('satisfiesSignaturePolicy', () => {
    it.each([
        ["AND('A.peer', 'B.peer')", ['A.peer', 'B.peer'], true],
        ["AND('A.peer', 'B.peer')", ['A.peer'], false],
        ["OR('A.peer', 'B.peer')", ['B.peer'], true],
        ["OR('A.peer', 'B.peer')", ['C.peer'], false],
        ["OR('A.peer', 'B.peer')", [], false],
        ["OutOf(2, 'A.peer', 'B.peer', 'C.peer')", ['C.peer', 'A.peer'], true],
        ["OutOf(2, 'A.peer', 'B.peer', 'C.peer')", ['A.peer'], false],
        ["OutOf(0, 'A.peer')", [], true],
        ["OutOf(2, 'A.peer')", ['A.peer', 'A.peer'], false],
        ["AND('A.peer', OR('B.admin', 'C.client'))", ['A.peer', 'C.client'], true],
        ["AND('A.member', 'A.member')", ['A.peer', 'A.client'], true],
    ])('%s with %j is %s', (policy, names, expected) => {
        expect(satisfied(policy, ...names)).toBe(expected);
    });

    it('lets one signature satisfy one leaf only', () => {
        expect(satisfied("AND('A.peer', 'A.peer')", 'A.peer')).toBe(false);
        expect(satisfied("AND('A.peer', OR('A.member', 'B.peer'))", 'A.peer')).toBe(false);
    });

    it('takes the first signature that fits, so that the order of the leaves decides, as in Fabric', () => {
        expect(satisfied("AND('A.peer', 'A.member')", 'A.peer', 'A.client')).toBe(true);
        expect(satisfied("AND('A.member', 'A.peer')", 'A.peer', 'A.client')).toBe(false);
        expect(satisfied("AND('A.member', 'A.peer')", 'A.client', 'A.peer')).toBe(true);
    });

    it('gives back what a branch took that failed', () => {
        expect(satisfied("OR(AND('A.peer', 'B.peer'), 'A.peer')", 'A.peer')).toBe(true);
        expect(satisfied("AND(OutOf(1, AND('A.peer', 'B.peer'), 'C.peer'), 'A.peer')", 'A.peer', 'C.peer')).toBe(true);
    });

    it('goes on taking signatures after a gate has enough, as Fabric does', () => {
        expect(satisfied("AND(OR('A.peer', 'B.peer'), 'B.peer')", 'A.peer', 'B.peer')).toBe(false);
    });
});
