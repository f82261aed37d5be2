import type { ParsedChannelConfig } from '../../wire/channel-config';
import type { ConfigGroup } from '../../wire/config-tree';
import type { SignaturePolicy, SignatureRule, Principal } from '../../wire/policies';
import { implicitMetaThreshold, newImplicitMetaPolicy } from './implicit-meta-policy';
import { MspError } from './msp-errors';
import type { MspRegistry } from './msp-registry';
import type { Policy, PolicyVerdict } from './policy';
import { newSignaturePolicy } from './signature-policy';

/** The policies that Fabric's own checks ask for. */
export const policyPaths = {
    channelReaders: '/Channel/Readers',
    channelWriters: '/Channel/Writers',
    applicationReaders: '/Channel/Application/Readers',
    applicationWriters: '/Channel/Application/Writers',
    applicationAdmins: '/Channel/Application/Admins',
    applicationEndorsement: '/Channel/Application/Endorsement',
    lifecycleEndorsement: '/Channel/Application/LifecycleEndorsement',
    blockValidation: '/Channel/Orderer/BlockValidation',
} as const;

/** The policies of a channel, by path. Fabric v2.5: common/policies/policy.go, ManagerImpl. */
export class ChannelPolicies {
    readonly #policies: ReadonlyMap<string, Policy>;
    readonly #root: ConfigGroup;

    private constructor(policies: ReadonlyMap<string, Policy>, root: ConfigGroup) {
        this.#policies = policies;
        this.#root = root;
    }

    static fromChannelConfig(config: ParsedChannelConfig, msps: MspRegistry): ChannelPolicies {
        const policies = new Map<string, Policy>();
        compileGroup(config.root, '/Channel', { msps, policies });
        return new ChannelPolicies(policies, config.root);
    }

    /** The policy at a path such as `/Channel/Application/Writers`; one that refuses everybody where there is none. */
    policy(path: string): Policy {
        return this.#policies.get(path) ?? newRejectPolicy(path.replace(/^\/Channel\//, ''));
    }

    /**
     * The policy at a path as one signature policy, which is how discovery counts whom to ask. Throws MspError
     * POLICY_INVALID where the path, or a policy it rests on, does not exist. Fabric v2.5: common/policies/convert.go.
     */
    signaturePolicy(path: string): SignaturePolicy {
        const names = path.split('/').slice(2);
        const policyName = names.pop() ?? '';
        let group: ConfigGroup | undefined = this.#root;
        for (const name of names) group = group?.groups.get(name);
        const principals: Principal[] = [];
        const rule = convert(group, policyName, principals, path);
        return { rule, principals };
    }
}

interface Compiling {
    readonly msps: MspRegistry;
    readonly policies: Map<string, Policy>;
}

function compileGroup(group: ConfigGroup, path: string, compiling: Compiling): void {
    for (const [name, inner] of group.groups) compileGroup(inner, `${path}/${name}`, compiling);
    const { msps, policies } = compiling;
    for (const [name, { policy }] of group.policies) {
        if (policy.kind === 'signature') {
            policies.set(`${path}/${name}`, newSignaturePolicy(policy.policy, msps));
            continue;
        }
        const subPolicies = [...group.groups.keys()].map(
            (below) => policies.get(`${path}/${below}/${policy.subPolicy}`) ?? newRejectPolicy(policy.subPolicy),
        );
        const meta = { rule: policy.rule, subPolicyName: policy.subPolicy, subPolicies };
        policies.set(`${path}/${name}`, newImplicitMetaPolicy(meta, msps));
    }
}

function convert(group: ConfigGroup | undefined, name: string, principals: Principal[], path: string): SignatureRule {
    const policy = group?.policies.get(name)?.policy;
    if (!group || !policy) throw new MspError({ code: 'POLICY_INVALID', path, reason: `no such policy: '${name}'` });
    if (policy.kind === 'signature') {
        const offsets = policy.policy.principals.map((principal) => indexOf(principal, principals));
        return shift(policy.policy.rule, offsets);
    }
    const rules = [...group.groups.values()].map((below) => convert(below, policy.subPolicy, principals, path));
    return { outOf: implicitMetaThreshold(policy.rule, rules.length), rules };
}

function indexOf(principal: Principal, principals: Principal[]): number {
    const text = JSON.stringify(principal);
    const known = principals.findIndex((other) => JSON.stringify(other) === text);
    return known >= 0 ? known : principals.push(principal) - 1;
}

function shift(rule: SignatureRule, offsets: readonly number[]): SignatureRule {
    if ('signedBy' in rule) return { signedBy: offsets[rule.signedBy] ?? 0 };
    return { outOf: rule.outOf, rules: rule.rules.map((inner) => shift(inner, offsets)) };
}

function newRejectPolicy(name: string): Policy {
    const verdict: PolicyVerdict = { satisfied: false, reason: `no such policy: '${name}'` };
    return { evaluate: () => verdict, evaluateIdentities: () => verdict };
}
