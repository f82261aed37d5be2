import type { Principal, SignaturePolicy, SignatureRule } from '../../wire/policies';
import type { MspIdentity } from './identity';
import type { MspRegistry } from './msp-registry';
import type { Policy, PolicyVerdict, SignedData } from './policy';
import { validIdentities } from './valid-identities';

/** Answers whether the identities satisfy a rule, and marks in `used` those it took. */
type Evaluator = (identities: readonly Pick<MspIdentity, 'satisfies'>[], used: boolean[]) => boolean;

const unsatisfied: PolicyVerdict = { satisfied: false, reason: 'signature set did not satisfy policy' };

/** A policy over signatures, ready to judge. */
export function newSignaturePolicy(policy: SignaturePolicy, msps: MspRegistry): Policy {
    const evaluator = compile(policy.rule, policy.principals);
    const evaluateIdentities = (identities: readonly MspIdentity[]): PolicyVerdict =>
        evaluator(identities, new Array<boolean>(identities.length).fill(false)) ? { satisfied: true } : unsatisfied;
    return {
        evaluateIdentities,
        evaluate: (signed: readonly SignedData[]) => evaluateIdentities(validIdentities(signed, msps)),
    };
}

/** Whether these identities, each counted once, satisfy the policy. */
export function satisfiesSignaturePolicy(
    policy: SignaturePolicy,
    identities: readonly Pick<MspIdentity, 'satisfies'>[],
): boolean {
    return compile(policy.rule, policy.principals)(identities, new Array<boolean>(identities.length).fill(false));
}

/**
 * Depth first and greedy: a leaf takes the first identity that fits and is not yet used; what a rule took is kept only
 * when the rule succeeded. So an order of leaves exists in which a satisfiable policy is refused, as in Fabric.
 * Fabric v2.5: common/cauthdsl/cauthdsl.go, compile.
 */
function compile(rule: SignatureRule, principals: readonly Principal[]): Evaluator {
    if ('signedBy' in rule) {
        const principal = principals[rule.signedBy];
        return (identities, used) => {
            const taken = identities.findIndex(
                (identity, index) => !used[index] && principal !== undefined && identity.satisfies(principal),
            );
            if (taken < 0) return false;
            used[taken] = true;
            return true;
        };
    }
    const branches = rule.rules.map((inner) => compile(inner, principals));
    return (identities, used) => {
        let verified = 0;
        for (const branch of branches) {
            const tried = [...used];
            if (!branch(identities, tried)) continue;
            verified++;
            for (const [index, isUsed] of tried.entries()) used[index] = isUsed;
        }
        return verified >= rule.outOf;
    };
}
