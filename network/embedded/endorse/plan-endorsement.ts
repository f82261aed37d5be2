import type { Principal, SignaturePolicy, SignatureRule } from '../../wire/policies';
import { impliesPrincipal, mergePrincipalSets, type Implies, type PrincipalSet } from './merge-principal-sets';

/** Peers that can stand for one another, and how many of each group together satisfy a policy. */
export interface EndorsementPlan<Peer> {
    /** G0, G1, … → the peers that satisfy one principal of the policy. */
    readonly groups: ReadonlyMap<string, readonly Peer[]>;
    /** Group → how many of it; each layout is enough by itself. */
    readonly layouts: readonly ReadonlyMap<string, number>[];
}

/** Who can endorse: a peer and a judgement whether it satisfies a principal. */
export interface Candidate<Peer> {
    readonly peer: Peer;
    satisfies(principal: Principal): boolean;
}

/**
 * The smallest sets of peers that satisfy all policies at once. Sets for which there are not enough peers are left out; no
 * layout at all is undefined. Fabric v2.5.16: discovery/endorsement/endorsement.go; common/policies/inquire.go.
 */
export function planEndorsement<Peer>(
    policies: readonly SignaturePolicy[],
    candidates: readonly Candidate<Peer>[],
): EndorsementPlan<Peer> | undefined {
    const principals: Principal[] = [];
    const implies: Implies = (one, other) => {
        const [first, second] = [principals[one], principals[other]];
        return first !== undefined && second !== undefined && impliesPrincipal(first, second);
    };
    const [first, ...others] = policies.map((policy) => setsOf(policy, principals));
    if (!first) return undefined;
    const merged = others.reduce<PrincipalSet[]>((sets, more) => mergePrincipalSets(sets, more, implies), first);
    const peersOf = principals.map((principal) =>
        candidates.filter((candidate) => candidate.satisfies(principal)).map(({ peer }) => peer),
    );
    const isPossible = (set: PrincipalSet): boolean =>
        [...countsOf(set)].every(([principal, count]) => (peersOf[principal]?.length ?? 0) >= count);
    const sets = withoutRepeats(merged).filter(isPossible);
    if (sets.length === 0) {
        return undefined;
    }
    const used = [...new Set(sets.flat())].sort((a, b) => a - b);
    const nameOf = new Map(used.map((principal, index) => [principal, `G${index}`]));
    return {
        groups: new Map(used.map((principal) => [nameOf.get(principal) ?? '', peersOf[principal] ?? []])),
        layouts: sets.map(
            (set) => new Map([...countsOf(set)].map(([principal, count]) => [nameOf.get(principal) ?? '', count])),
        ),
    };
}

/** A policy names a principal anew wherever it stands; equal ones are one group, from which more are asked. */
function setsOf(policy: SignaturePolicy, principals: Principal[]): PrincipalSet[] {
    const indices = policy.principals.map((principal) => {
        const text = JSON.stringify(principal);
        const known = principals.findIndex((other) => JSON.stringify(other) === text);
        return known >= 0 ? known : principals.push(principal) - 1;
    });
    return withoutRepeats(principalSets(policy.rule, indices));
}

function principalSets(rule: SignatureRule, sameAs: readonly number[]): PrincipalSet[] {
    if ('signedBy' in rule) {
        return [[sameAs[rule.signedBy] ?? rule.signedBy]];
    }
    return combinations(rule.rules, rule.outOf).flatMap((chosen) =>
        chosen.reduce<PrincipalSet[]>(
            (sets, inner) => sets.flatMap((set) => principalSets(inner, sameAs).map((more) => [...set, ...more])),
            [[]],
        ),
    );
}

function combinations<T>(items: readonly T[], count: number): T[][] {
    if (count <= 0) {
        return [[]];
    }
    return items.flatMap((item, index) =>
        combinations(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]),
    );
}

function withoutRepeats(sets: readonly PrincipalSet[]): PrincipalSet[] {
    const sorted = sets.map((set) => set.toSorted((a, b) => a - b));
    return [...new Map(sorted.map((set) => [set.join(), set])).values()];
}

function countsOf(set: PrincipalSet): Map<number, number> {
    const counts = new Map<number, number>();
    for (const principal of set) {
        counts.set(principal, (counts.get(principal) ?? 0) + 1);
    }
    return counts;
}
