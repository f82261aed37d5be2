import type { ApplicationPolicy, CollectionConfig } from '../../wire/collection-config';
import { anyOf, type SignaturePolicy } from '../../wire/policies';
import type { ChannelOrganization } from '../../wire/channel-config';
import { lifecycleNamespace } from '../ledger/lifecycle-state';
import type { ChaincodeDefinitions } from '../lifecycle/chaincode-definitions';
import type { ChannelPolicies } from '../msp/channel-policies';
import type { MspRegistry } from '../msp/msp-registry';
import type { Policy, SignedData } from '../msp/policy';
import { newSignaturePolicy } from '../msp/signature-policy';
import type { SignatureJudge } from '../signed-data';
import { mspIdOfImplicit, nameOfImplicit } from './implicit-collection';

/** A collection of a namespace, with its member policy ready to judge. */
export interface Collection {
    readonly config: CollectionConfig;
    readonly members: Policy;
    /** MSP ids that the member policy names. */
    readonly memberMspIds: ReadonlySet<string>;
}

/** What collections rest on: one peer's view of its channel. */
export interface CollectionsOptions {
    /** The peer's own organisation. */
    readonly mspId: string;
    readonly definitions: Pick<ChaincodeDefinitions, 'find'>;
    readonly msps: MspRegistry;
    readonly policies: ChannelPolicies;
    readonly organizations: readonly Pick<ChannelOrganization, 'name' | 'mspId' | 'inApplication'>[];
}

/**
 * The collections of every namespace: those of the committed definition, and an implicit one for each organisation.
 * Fabric v2.5.16: core/chaincode/lifecycle/deployedcc_infoprovider.go.
 */
export class Collections {
    readonly #options: CollectionsOptions;
    readonly #compiled = new WeakMap<CollectionConfig, Collection>();
    readonly #judges = new WeakMap<ApplicationPolicy, SignatureJudge>();
    readonly #implicit = new Map<string, CollectionConfig>();

    constructor(options: CollectionsOptions) {
        this.#options = options;
    }

    /** As the chaincode's calls look it up, where the implicit collection of anybody is known. */
    find(namespace: string, name: string): Collection | undefined {
        const config = this.#findConfig(namespace, name);
        return config && this.#compile(config);
    }

    /** As the simulation looks it up, where implicit collections are those of the channel's organisations. */
    isDefined(namespace: string, name: string): boolean {
        const mspId = mspIdOfImplicit(name);
        if (mspId === undefined) return this.#findConfig(namespace, name) !== undefined;
        return this.#hasNamespace(namespace) && this.#organization(mspId) !== undefined;
    }

    /**
     * Who must endorse what is written into a collection; undefined when the chaincode's own policy counts. A collection
     * that is not there is satisfied by nobody.
     */
    endorsementPolicy(namespace: string, name: string): SignatureJudge | undefined {
        const mspId = mspIdOfImplicit(name);
        if (mspId !== undefined) return this.#implicitEndorsement(mspId);
        const config = this.#findConfig(namespace, name);
        if (!config) return newRefusal(`no such collection '${name}'`);
        return config.endorsementPolicy && this.#judge(config.endorsementPolicy);
    }

    /** A collection's own endorsement policy as signatures, which is how discovery counts whom to ask. */
    signaturePolicy(namespace: string, name: string): SignaturePolicy | undefined {
        const mspId = mspIdOfImplicit(name);
        if (mspId !== undefined) return anyMember(mspId);
        const own = this.#findConfig(namespace, name)?.endorsementPolicy;
        if (!own) return undefined;
        return own.kind === 'signature' ? own.policy : this.#options.policies.signaturePolicy(own.path);
    }

    /** Whether a client may be delivered what lies in a collection: anybody, unless it is for members only. */
    mayRead(namespace: string, name: string, reader: SignedData): boolean {
        const collection = this.find(namespace, name);
        return (
            collection !== undefined &&
            (!collection.config.memberOnlyRead || collection.members.evaluate([reader]).satisfied)
        );
    }

    #findConfig(namespace: string, name: string): CollectionConfig | undefined {
        const mspId = mspIdOfImplicit(name);
        if (mspId !== undefined) return this.#hasNamespace(namespace) ? this.#implicitOf(mspId) : undefined;
        return this.#options.definitions.find(namespace)?.collections.find((each) => each.name === name);
    }

    #hasNamespace(namespace: string): boolean {
        return namespace === lifecycleNamespace || this.#options.definitions.find(namespace) !== undefined;
    }

    #organization(mspId: string): CollectionsOptions['organizations'][number] | undefined {
        return this.#options.organizations.find((each) => each.inApplication && each.mspId === mspId);
    }

    #implicitOf(mspId: string): CollectionConfig {
        const known = this.#implicit.get(mspId);
        if (known) return known;
        const made: CollectionConfig = {
            name: nameOfImplicit(mspId),
            memberPolicy: anyMember(mspId),
            requiredPeerCount: 0,
            // sampleconfig/core.yaml, peer.gossip.pvtData.implicitCollectionDisseminationPolicy; others' are not handed on.
            maximumPeerCount: mspId === this.#options.mspId ? 1 : 0,
            blockToLive: 0,
            memberOnlyRead: false,
            memberOnlyWrite: false,
            endorsementPolicy: undefined,
        };
        this.#implicit.set(mspId, made);
        return made;
    }

    #implicitEndorsement(mspId: string): SignatureJudge {
        const organization = this.#organization(mspId);
        if (!organization) return newRefusal(`no org found in channel with MSPID '${mspId}'`);
        return this.#options.policies.policy(`/Channel/Application/${organization.name}/Endorsement`);
    }

    #judge(policy: ApplicationPolicy): SignatureJudge {
        const known = this.#judges.get(policy);
        if (known) return known;
        const { msps, policies } = this.#options;
        const made =
            policy.kind === 'signature' ? newSignaturePolicy(policy.policy, msps) : policies.policy(policy.path);
        this.#judges.set(policy, made);
        return made;
    }

    #compile(config: CollectionConfig): Collection {
        const known = this.#compiled.get(config);
        if (known) return known;
        const members = newSignaturePolicy(config.memberPolicy, this.#options.msps);
        const made = { config, members, memberMspIds: mspIdsOf(config.memberPolicy) };
        this.#compiled.set(config, made);
        return made;
    }
}

/** Fabric v2.5.16: common/policydsl, SignedByMspMember. */
function anyMember(mspId: string): SignaturePolicy {
    return anyOf({ kind: 'role', mspId, role: 'member' });
}

/** The organisations behind a policy's principals. Fabric v2.5.16: core/common/privdata/util.go, getMemberOrgs. */
function mspIdsOf({ principals }: SignaturePolicy): ReadonlySet<string> {
    return new Set(
        principals.flatMap((each) => (each.kind === 'role' || each.kind === 'organization-unit' ? [each.mspId] : [])),
    );
}

function newRefusal(reason: string): SignatureJudge {
    return { evaluate: () => ({ satisfied: false, reason }) };
}
