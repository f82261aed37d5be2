import type { ConfigGroup, ConfigGroupMessage } from '../wire/config-tree';
import type { ConfigPolicy, Principal, SignatureRule } from '../wire/policies';
import { asNumber } from '../wire/protobuf-bytes';

/**
 * MSP ids of the organisations whose administrators must sign an update: none of them could be left out. `candidates` are
 * those that can sign; one that stands earlier is asked before a later one. When not even all of them satisfy a policy,
 * all are given, and the orderer says which policy it was. Fabric v2.5.16: common/configtx/update.go, verifyDeltaSet.
 */
export function chooseConfigSigners(
    current: ConfigGroup,
    writeSet: ConfigGroupMessage,
    candidates: readonly string[],
): readonly string[] {
    const paths = listModPolicies('/Channel', current, writeSet);
    const suffices = (signers: ReadonlySet<string>): boolean =>
        paths.every((path) => isSatisfied(current, path, signers));
    const signers = new Set(candidates);
    if (!suffices(signers)) return candidates;
    for (const candidate of candidates.toReversed()) {
        signers.delete(candidate);
        if (!suffices(signers)) signers.add(candidate);
    }
    return [...candidates].filter((candidate) => signers.has(candidate));
}

/** Full paths of the policies that everything written stands under; what is new stands under its group's. */
function listModPolicies(path: string, current: ConfigGroup, written: ConfigGroupMessage): string[] {
    const own = isRaised(current, written) ? [absolutePolicy(path, current.modPolicy)] : [];
    const members = (['values', 'policies'] as const).flatMap((kind) =>
        Object.entries<Versioned>(written[kind] ?? {}).flatMap(([name, after]) => {
            const before = current[kind].get(name);
            return before && isRaised(before, after) ? [absolutePolicy(path, before.modPolicy)] : [];
        }),
    );
    const below = Object.entries(written.groups ?? {}).flatMap(([name, after]) => {
        const before = current.groups.get(name);
        return before ? listModPolicies(`${path}/${name}`, before, after) : [];
    });
    return [...own, ...members, ...below];
}

type Versioned = Pick<ConfigGroupMessage, 'version'>;

function isRaised(before: { readonly version: number }, { version }: Versioned): boolean {
    return asNumber(version) > before.version;
}

/** A mod policy is named from the root, or from the group that it stands in. A group's own counts from the group. */
function absolutePolicy(path: string, modPolicy: string): string {
    return modPolicy.startsWith('/') ? modPolicy : `${path}/${modPolicy}`;
}

function isSatisfied(root: ConfigGroup, policyPath: string, signers: ReadonlySet<string>): boolean {
    const [, , ...names] = policyPath.split('/');
    const policyName = names.pop() ?? '';
    let group: ConfigGroup | undefined = root;
    for (const name of names) group = group?.groups.get(name);
    return group !== undefined && isGroupPolicySatisfied(group, policyName, signers);
}

function isGroupPolicySatisfied(group: ConfigGroup, policyName: string, signers: ReadonlySet<string>): boolean {
    const policy: ConfigPolicy | undefined = group.policies.get(policyName)?.policy;
    if (!policy) return false;
    if (policy.kind === 'signature') {
        const { rule, principals } = policy.policy;
        return isRuleSatisfied(rule, principals, signers);
    }
    const inner = [...group.groups.values()];
    const satisfied = inner.filter((one) => isGroupPolicySatisfied(one, policy.subPolicy, signers)).length;
    const needed = { ANY: 1, ALL: inner.length, MAJORITY: Math.floor(inner.length / 2) + 1 }[policy.rule];
    return satisfied >= Math.min(needed, inner.length);
}

function isRuleSatisfied(rule: SignatureRule, principals: readonly Principal[], signers: ReadonlySet<string>): boolean {
    if ('signedBy' in rule) return isAdministrator(principals[rule.signedBy], signers);
    return rule.rules.filter((inner) => isRuleSatisfied(inner, principals, signers)).length >= rule.outOf;
}

/** Whether an administrator of one of these organisations is whom the principal means. */
function isAdministrator(principal: Principal | undefined, signers: ReadonlySet<string>): boolean {
    return (
        principal?.kind === 'role' &&
        (principal.role === 'admin' || principal.role === 'member') &&
        signers.has(principal.mspId)
    );
}
