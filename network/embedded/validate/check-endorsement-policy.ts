import type { EndorsedAction } from '../../wire/transaction';
import type { SignatureJudge } from '../signed-data';
import type { CheckedAction } from './check-action';
import { validationCodes, type ValidationCode } from './validation-code';

/**
 * The endorsement policy of a namespace, or of one of its collections. Of a namespace: undefined when no chaincode of
 * that name is defined. Of a collection: undefined when it has none of its own and the namespace's counts.
 */
export type EndorsementPolicies = (namespace: string, collection?: string) => SignatureJudge | undefined;

/**
 * Asks the policy of the called chaincode and of each namespace that the transaction writes to, whether its endorsements
 * suffice. Reads do not count. ⟵ core/handlers/validation/builtin/v20, core/common/validation/statebased
 */
export function checkEndorsementPolicy(
    checked: CheckedAction,
    endorsed: EndorsedAction,
    policyOf: EndorsementPolicies,
): ValidationCode {
    const signed = endorsed.endorsements.map(({ endorser, signature }) => ({
        identity: endorser,
        message: Buffer.concat([endorsed.proposalResponsePayloadBytes, endorser]),
        signature,
    }));
    for (const namespace of writtenNamespaces(checked)) {
        const whole = policyOf(namespace);
        if (whole === undefined) return validationCodes.INVALID_CHAINCODE;
        for (const policy of neededPolicies(namespace, checked, whole, policyOf)) {
            if (!policy.evaluate(signed).satisfied) return validationCodes.ENDORSEMENT_POLICY_FAILURE;
        }
    }
    return validationCodes.VALID;
}

function writtenNamespaces({ chaincodeName, sets, collections }: CheckedAction): Set<string> {
    const namespaces = new Set([chaincodeName]);
    for (const { namespace, writes } of sets) if (writes.length > 0) namespaces.add(namespace);
    for (const { namespace, hashes } of collections) if (hashes.writes.length > 0) namespaces.add(namespace);
    return namespaces;
}

/** A collection's own policy takes the place of its namespace's; at least one policy is always asked. */
function neededPolicies(
    namespace: string,
    { sets, collections }: CheckedAction,
    whole: SignatureJudge,
    policyOf: EndorsementPolicies,
): Set<SignatureJudge> {
    const needed = new Set<SignatureJudge>();
    if (sets.some((set) => set.namespace === namespace && set.writes.length > 0)) needed.add(whole);
    for (const collection of collections) {
        if (collection.namespace !== namespace || collection.hashes.writes.length === 0) continue;
        needed.add(policyOf(namespace, collection.name) ?? whole);
    }
    return needed.size > 0 ? needed : needed.add(whole);
}
