import type { ImplicitMetaRule } from '../../wire/policies';
import type { MspIdentity } from './identity';
import type { MspRegistry } from './msp-registry';
import type { Policy, PolicyVerdict } from './policy';
import { validIdentities } from './valid-identities';

/** A rule over the policies of one name that the groups below hold; a group without it counts and never satisfies. */
export interface ImplicitMeta {
    readonly rule: ImplicitMetaRule;
    readonly subPolicyName: string;
    readonly subPolicies: readonly Policy[];
}

/** How many of the sub-policies must be satisfied; none where there are none. */
export function implicitMetaThreshold(rule: ImplicitMetaRule, count: number): number {
    if (count === 0) return 0;
    switch (rule) {
        case 'ANY':
            return 1;
        case 'ALL':
            return count;
        case 'MAJORITY':
            return Math.floor(count / 2) + 1;
    }
}

/**
 * Fabric v2.5: common/policies/implicitmeta.go. Each sub-policy judges the whole set by itself, so one identity may
 * serve several; the signatures are verified once for all.
 */
export function newImplicitMetaPolicy(meta: ImplicitMeta, msps: MspRegistry): Policy {
    const threshold = implicitMetaThreshold(meta.rule, meta.subPolicies.length);
    const evaluateIdentities = (identities: readonly MspIdentity[]): PolicyVerdict => {
        let satisfied = 0;
        for (const policy of meta.subPolicies) {
            if (satisfied === threshold) break;
            if (policy.evaluateIdentities(identities).satisfied) satisfied++;
        }
        if (satisfied === threshold) return { satisfied: true };
        return {
            satisfied: false,
            reason: `implicit policy evaluation failed - ${satisfied} sub-policies were satisfied, but this policy requires ${threshold} of the '${meta.subPolicyName}' sub-policies to be satisfied`,
        };
    };
    return { evaluateIdentities, evaluate: (signed) => evaluateIdentities(validIdentities(signed, msps)) };
}
