import type { Principal } from '../../wire/policies';

/** Indices into a list of principals; an index stands as often as signatures of it are needed. */
export type PrincipalSet = readonly number[];

/** Whether whoever satisfies the one principal satisfies the other. */
export type Implies = (one: number, other: number) => boolean;

interface Pair {
    readonly contained: PrincipalSet;
    readonly containing: PrincipalSet;
}

/**
 * The sets that satisfy two policies at once, from those that satisfy each; an endorsement counts for both. Step by step
 * as Fabric does it, so that the layouts that clients are offered are the same.
 * Fabric v2.5.16: common/policies/inquire/merge.go, Merge.
 */
export function mergePrincipalSets(
    ones: readonly PrincipalSet[],
    others: readonly PrincipalSet[],
    implies: Implies,
): PrincipalSet[] {
    const inOthers = containersOf(ones, others, implies);
    const restOfOnes = without(ones, inOthers.keys());
    const inOnes = containersOf(others, restOfOnes, implies);
    const restOfOthers = without(others, inOnes.keys());
    const pairs = [...pairsOf(inOthers, ones, others), ...pairsOf(inOnes, others, restOfOnes)];
    const aloneOfOnes = without(restOfOnes, [...inOnes.values()].flat());
    const aloneOfOthers = without(restOfOthers, [...inOthers.values()].flat());
    for (const contained of aloneOfOnes) {
        for (const containing of aloneOfOthers) pairs.push({ contained, containing });
    }
    return reduce(pairs.map((pair) => united(pair, implies)));
}

/** Fabric v2.5.16: common/policies/inquire/compare.go, IsA. */
export function impliesPrincipal(one: Principal, other: Principal): boolean {
    if (JSON.stringify(one) === JSON.stringify(other)) return true;
    const isMember = other.kind === 'role' && other.role === 'member';
    return isMember && (one.kind === 'role' || one.kind === 'organization-unit') && one.mspId === other.mspId;
}

/** Index of each set → indices of those among the others that contain it. */
function containersOf(
    sets: readonly PrincipalSet[],
    others: readonly PrincipalSet[],
    implies: Implies,
): Map<number, number[]> {
    const containers = new Map<number, number[]>();
    for (const [index, set] of sets.entries()) {
        const found = [...others.keys()].filter((at) =>
            set.every((principal) => others[at]?.some((covering) => implies(covering, principal)) ?? false),
        );
        if (found.length > 0) containers.set(index, found);
    }
    return containers;
}

function pairsOf(
    containers: ReadonlyMap<number, readonly number[]>,
    sets: readonly PrincipalSet[],
    others: readonly PrincipalSet[],
): Pair[] {
    return [...containers].flatMap(([index, found]) =>
        found.map((at) => ({ contained: sets[index] ?? [], containing: others[at] ?? [] })),
    );
}

function without(sets: readonly PrincipalSet[], indices: Iterable<number>): PrincipalSet[] {
    const left = new Set(indices);
    return sets.filter((_, index) => !left.has(index));
}

/** The containing set, and whatever of the other it does not cover, each of its principals covering one. */
function united({ contained, containing }: Pair, implies: Implies): PrincipalSet {
    const used = new Set<number>();
    const uncovered = contained.filter((principal) => {
        const at = containing.findIndex((covering, index) => !used.has(index) && implies(covering, principal));
        if (at >= 0) used.add(at);
        return at < 0;
    });
    return [...containing, ...uncovered];
}

/** Leaves out every set that contains another; of equal ones the first stays. */
function reduce(sets: readonly PrincipalSet[]): PrincipalSet[] {
    const isSubset = (one: PrincipalSet, other: PrincipalSet): boolean => one.every((each) => other.includes(each));
    const left = sets.filter((set, index) => {
        let contains = false;
        for (const [at, other] of sets.entries()) {
            if (at === index) continue;
            if (isSubset(other, set)) contains = true;
            if (isSubset(set, other) && index < at) contains = false;
        }
        return !contains;
    });
    return left.length === sets.length ? left : reduce(left);
}
