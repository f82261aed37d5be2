import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { encodeSignaturePolicy, parseSignaturePolicy, type SignaturePolicy } from './policies';
import { parsePolicyLanguage, policyLanguageOf } from './policy-language';
import { malformed } from './wire-errors';

/** protos.ApplicationPolicy: signatures, or the path of a policy in the channel's configuration. */
export type ApplicationPolicy =
    | { readonly kind: 'signature'; readonly policy: SignaturePolicy }
    | { readonly kind: 'reference'; readonly path: string };

/** protos.StaticCollectionConfig: who holds the private data of a collection, and for how long. */
export interface CollectionConfig {
    readonly name: string;
    /** One signature of any of its principals. */
    readonly memberPolicy: SignaturePolicy;
    /** Peers that an endorser must have handed the data to; fewer, and it does not endorse. */
    readonly requiredPeerCount: number;
    /** Peers that it hands them to at most. */
    readonly maximumPeerCount: number;
    /** Blocks after which peers forget the data; 0 keeps them. */
    readonly blockToLive: number;
    /** Whether clients of others are refused when chaincode reads for them. */
    readonly memberOnlyRead: boolean;
    readonly memberOnlyWrite: boolean;
    /** Takes the place of the chaincode's for what is written here; undefined: the chaincode's counts. */
    readonly endorsementPolicy: ApplicationPolicy | undefined;
}

/** A collection as people describe it: members by MSP id, its endorsement policy in Fabric's policy language. */
export interface DescribedCollection extends Omit<CollectionConfig, 'memberPolicy' | 'endorsementPolicy'> {
    readonly members: readonly string[];
    readonly endorsementPolicy?: string;
}

/** Throws WireError POLICY_TEXT_INVALID for a policy that cannot be read. */
export function newCollectionConfig({ members, endorsementPolicy, ...rest }: DescribedCollection): CollectionConfig {
    return {
        name: rest.name,
        memberPolicy: parsePolicyLanguage(memberPolicyText(members)),
        requiredPeerCount: rest.requiredPeerCount,
        maximumPeerCount: rest.maximumPeerCount,
        blockToLive: rest.blockToLive,
        memberOnlyRead: rest.memberOnlyRead,
        memberOnlyWrite: rest.memberOnlyWrite,
        endorsementPolicy:
            endorsementPolicy === undefined
                ? undefined
                : { kind: 'signature', policy: parsePolicyLanguage(endorsementPolicy) },
    };
}

/** Any member of any of these organisations, in Fabric's policy language. */
export function memberPolicyText(members: readonly string[]): string {
    return `OR(${members.map((mspId) => `'${mspId}.member'`).join(', ')})`;
}

/**
 * The collections in a CollectionConfigPackage as people describe them; undefined when one of them says what no such
 * description can, and would come to other bytes. Throws WIRE_MALFORMED.
 */
export function describeCollections(bytes: Buffer): readonly DescribedCollection[] | undefined {
    const described = parseCollectionConfigs(bytes).map(({ memberPolicy, endorsementPolicy, ...rest }) => {
        const members = memberPolicy.principals.map((each) => (each.kind === 'role' ? each.mspId : ''));
        const text = endorsementPolicy?.kind === 'signature' ? policyLanguageOf(endorsementPolicy.policy) : undefined;
        return { ...rest, members, ...(text !== undefined && { endorsementPolicy: text }) };
    });
    const isWhole = described.every(({ members }) => members.length > 0 && !members.includes(''));
    return isWhole && encodeCollectionConfigs(described.map(newCollectionConfig)).equals(bytes) ? described : undefined;
}

/** protos.CollectionConfigPackage as Fabric's tools encode it; no collections are no bytes. */
export function encodeCollectionConfigs(collections: readonly CollectionConfig[]): Buffer {
    const writer = new FieldWriter();
    for (const collection of collections) {
        writer.message(1, new FieldWriter().message(1, encodeCollectionConfig(collection)).finish());
    }
    return writer.finish();
}

/** Reads a CollectionConfigPackage. Throws WIRE_MALFORMED. */
export function parseCollectionConfigs(bytes: Uint8Array): CollectionConfig[] {
    const reader = new FieldReader('CollectionConfigPackage', bytes);
    const collections: CollectionConfig[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) collections.push(parseCollectionConfig(reader.message('CollectionConfig')));
        else reader.skip();
    }
    return collections;
}

/** Bytes of a protos.ApplicationPolicy. */
export function encodeApplicationPolicy(policy: ApplicationPolicy): Buffer {
    const writer = new FieldWriter();
    return policy.kind === 'signature'
        ? writer.message(1, encodeSignaturePolicy(policy.policy)).finish()
        : writer.stringAlways(2, policy.path).finish();
}

/** Reads a protos.ApplicationPolicy. Throws WIRE_MALFORMED, also for one that says nothing. */
export function parseApplicationPolicy(bytes: Uint8Array): ApplicationPolicy {
    const reader = new FieldReader('ApplicationPolicy', bytes);
    let policy: ApplicationPolicy | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) policy = { kind: 'signature', policy: parseSignaturePolicy(reader.bytes()) };
        else if (tag === 0x12) policy = { kind: 'reference', path: reader.string() };
        else reader.skip();
    }
    if (!policy) throw malformed('ApplicationPolicy', 'it holds no policy');
    return policy;
}

function encodeCollectionConfig(collection: CollectionConfig): Buffer {
    const members = new FieldWriter().message(1, encodeSignaturePolicy(collection.memberPolicy)).finish();
    const writer = new FieldWriter()
        .string(1, collection.name)
        .message(2, members)
        .int(3, collection.requiredPeerCount)
        .int(4, collection.maximumPeerCount)
        .uint(5, collection.blockToLive)
        .bool(6, collection.memberOnlyRead)
        .bool(7, collection.memberOnlyWrite);
    if (collection.endorsementPolicy) writer.message(8, encodeApplicationPolicy(collection.endorsementPolicy));
    return writer.finish();
}

function parseCollectionConfig(reader: FieldReader): CollectionConfig {
    let collection: CollectionConfig | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) collection = parseStaticCollection(reader.message('StaticCollectionConfig'));
        else reader.skip();
    }
    if (!collection) throw malformed('CollectionConfig', 'it holds no static collection');
    return collection;
}

function parseStaticCollection(reader: FieldReader): CollectionConfig {
    let memberPolicy: SignaturePolicy | undefined;
    const collection = {
        name: '',
        requiredPeerCount: 0,
        maximumPeerCount: 0,
        blockToLive: 0,
        memberOnlyRead: false,
        memberOnlyWrite: false,
        endorsementPolicy: undefined as ApplicationPolicy | undefined,
    };
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) collection.name = reader.string();
        else if (tag === 0x12) memberPolicy = parseMembers(reader.message('CollectionPolicyConfig'));
        else if (tag === 0x18) collection.requiredPeerCount = reader.int32();
        else if (tag === 0x20) collection.maximumPeerCount = reader.int32();
        else if (tag === 0x28) collection.blockToLive = reader.uint();
        else if (tag === 0x30) collection.memberOnlyRead = reader.bool();
        else if (tag === 0x38) collection.memberOnlyWrite = reader.bool();
        else if (tag === 0x42) collection.endorsementPolicy = parseApplicationPolicy(reader.bytes());
        else reader.skip();
    }
    if (!memberPolicy) throw malformed('StaticCollectionConfig', 'it names no members');
    return { ...collection, memberPolicy };
}

function parseMembers(reader: FieldReader): SignaturePolicy | undefined {
    let policy: SignaturePolicy | undefined;
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) policy = parseSignaturePolicy(reader.bytes());
        else reader.skip();
    }
    return policy;
}
