import { encodeApplicationPolicy, parseCollectionConfigs } from '../../wire/collection-config';
import type { CollectionConfig } from '../../wire/collection-config';
import type { DefinitionTerms } from '../../wire/lifecycle';
import type { Principal, SignatureRule } from '../../wire/policies';
import { readDefinition } from '../ledger/lifecycle-state';
import { policyPaths } from '../msp/channel-policies';
import { MspError } from '../msp/msp-errors';
import type { MspRegistry } from '../msp/msp-registry';
import { LifecycleError } from './lifecycle-errors';
import { publicState } from './lifecycle-view';
import type { ChannelCall } from './lifecycle-view';

const names = /^[a-zA-Z0-9]+([-_][a-zA-Z0-9]+)*$/;
const versions = /^[A-Za-z0-9_.+-]+$/;
const collectionNames = /^[A-Za-z0-9-]+([A-Za-z0-9_-]+)*$/;
const systemNames: readonly string[] = ['cscc', 'escc', 'lscc', 'qscc', 'vscc'];

/**
 * Requires that a definition may be approved or committed at all. Throws LifecycleError DEFINITION_INVALID, WIRE_MALFORMED
 * for collections that cannot be read. Fabric v2.5.16: core/chaincode/lifecycle/scc.go, validateInput.
 */
export function requireValidDefinition(terms: DefinitionTerms, { simulator, peer }: ChannelCall): void {
    requireValidNames(terms);
    const proposed = parseCollectionConfigs(terms.collections);
    requireValidCollections(proposed, peer.msps);
    const committed = readDefinition(terms.name, publicState(simulator));
    if (committed) requireFormerCollections(proposed, parseCollectionConfigs(committed.collections));
    // What is not defined here might be defined the old way: that is looked up, and stands in the read-write set.
    else simulator.get('lscc', terms.name);
}

/** What a definition leaves open is the channel's. Fabric v2.5.16: lifecycle.go, SetChaincodeDefinitionDefaults. */
export function withDefaults<T extends DefinitionTerms>(terms: T): T {
    return {
        ...terms,
        endorsementPlugin: terms.endorsementPlugin || 'escc',
        validationPlugin: terms.validationPlugin || 'vscc',
        validationParameter:
            terms.validationParameter.length > 0 ? terms.validationParameter : channelsEndorsementPolicy,
    };
}

const channelsEndorsementPolicy = encodeApplicationPolicy({
    kind: 'reference',
    path: policyPaths.applicationEndorsement,
});

function requireValidNames({ name, version }: DefinitionTerms): void {
    if (!names.test(name)) {
        throw invalid(
            `invalid chaincode name '${name}'. Names can only consist of alphanumerics, '_', and '-' ` +
                'and can only begin with alphanumerics',
        );
    }
    if (systemNames.includes(name)) throw invalid(`chaincode name '${name}' is the name of a system chaincode`);
    if (!versions.test(version)) {
        throw invalid(
            `invalid chaincode version '${version}'. Versions can only consist of alphanumerics, '_', '-', '+', and '.'`,
        );
    }
}

function requireValidCollections(collections: readonly CollectionConfig[], msps: MspRegistry): void {
    const seen = new Set<string>();
    for (const collection of collections) {
        const { name, requiredPeerCount, maximumPeerCount, memberPolicy } = collection;
        if (!collectionNames.test(name)) {
            throw invalid(
                `invalid collection name '${name}'. Names can only consist of alphanumerics, '_', and '-' ` +
                    "and cannot begin with '_'",
            );
        }
        if (seen.has(name)) throw invalidCollection(name, 'found duplicate in collection configuration');
        seen.add(name);
        if (maximumPeerCount < requiredPeerCount) {
            throw invalidCollection(
                name,
                `maximum peer count (${maximumPeerCount}) cannot be less than the required peer count (${requiredPeerCount})`,
            );
        }
        if (requiredPeerCount < 0) {
            throw invalidCollection(name, `requiredPeerCount (${requiredPeerCount}) cannot be less than zero`);
        }
        requireAlternatives(name, memberPolicy.rule);
        for (const principal of memberPolicy.principals) requireMember(name, principal, msps);
    }
}

/** Members are alternatives: one of them is enough. */
function requireAlternatives(collection: string, rule: SignatureRule): void {
    if ('signedBy' in rule) return;
    if (rule.outOf !== 1) {
        const reason = `signature policy is not an OR concatenation, NOutOf ${rule.outOf}`;
        throw invalidCollection(collection, `error in member org policy: ${reason}`);
    }
    for (const inner of rule.rules) requireAlternatives(collection, inner);
}

function requireMember(collection: string, principal: Principal, msps: MspRegistry): void {
    switch (principal.kind) {
        case 'role':
        case 'organization-unit':
            if (msps.mspIds.includes(principal.mspId)) return;
            throw invalidCollection(collection, `collection member '${principal.mspId}' is not part of the channel`);
        case 'identity':
            if (isKnown(principal.identity, msps)) return;
            throw invalidCollection(collection, 'contains an identity that is not part of the channel');
        case 'anonymity':
        case 'combined':
        case 'unknown': {
            const type = principal.kind === 'unknown' ? String(principal.classification) : principal.kind.toUpperCase();
            throw invalidCollection(collection, `principal type ${type} is not supported`);
        }
    }
}

function isKnown(identity: Buffer, msps: MspRegistry): boolean {
    try {
        msps.identity(identity);
        return true;
    } catch (error) {
        if (error instanceof MspError) return false;
        throw error;
    }
}

/** A collection stays once it is there, and so does how long its data live. */
function requireFormerCollections(proposed: readonly CollectionConfig[], committed: readonly CollectionConfig[]): void {
    if (committed.length > 0 && proposed.length === 0) {
        throw invalid('the proposed collection config does not contain previously defined collections');
    }
    for (const { name, blockToLive } of committed) {
        const next = proposed.find((each) => each.name === name);
        if (!next) throw invalid(`existing collection [${name}] missing in the proposed collection configuration`);
        if (next.blockToLive !== blockToLive) {
            throw invalid(
                `the BlockToLive in an existing collection [${name}] modified. Existing value [${blockToLive}]`,
            );
        }
    }
}

function invalidCollection(name: string, reason: string): LifecycleError {
    return invalid(`collection-name: ${name} -- ${reason}`);
}

function invalid(reason: string): LifecycleError {
    return new LifecycleError({ code: 'DEFINITION_INVALID', reason });
}
