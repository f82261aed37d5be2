import { common } from 'fabric-protos/bundle';
import { decodeOrThrow } from './decode-message';
import { encodeVarint, FieldWriter } from './field-writer';
import { malformed } from './wire-errors';

/** The roles that an MSP tells apart, in the order of their wire numbers (msp_principal.proto, MSPRole). */
export const mspRoles = ['member', 'admin', 'client', 'peer', 'orderer'] as const;
export type MspRole = (typeof mspRoles)[number];

/** Whom a signature must come from (msp_principal.proto, MSPPrincipal). */
export type Principal =
    | { readonly kind: 'role'; readonly mspId: string; readonly role: MspRole }
    | { readonly kind: 'organization-unit'; readonly mspId: string; readonly unit: string; readonly certifiers: Buffer }
    | { readonly kind: 'identity'; readonly identity: Buffer }
    | { readonly kind: 'anonymity'; readonly anonymous: boolean }
    | { readonly kind: 'combined'; readonly principals: readonly Principal[] }
    | { readonly kind: 'unknown'; readonly classification: number };

/** A leaf names a principal by its index, a gate asks that `outOf` of its rules be satisfied. */
export type SignatureRule =
    { readonly signedBy: number } | { readonly outOf: number; readonly rules: readonly SignatureRule[] };

/** A signature policy (policies.proto, SignaturePolicyEnvelope). */
export interface SignaturePolicy {
    readonly rule: SignatureRule;
    readonly principals: readonly Principal[];
}

export const implicitMetaRules = ['ANY', 'ALL', 'MAJORITY'] as const;
export type ImplicitMetaRule = (typeof implicitMetaRules)[number];

/** A policy of the channel configuration: signatures, or a count over the policies of the groups below. */
export type ConfigPolicy =
    | { readonly kind: 'signature'; readonly policy: SignaturePolicy }
    | { readonly kind: 'implicit-meta'; readonly rule: ImplicitMetaRule; readonly subPolicy: string };

const SIGNATURE = 1;
const IMPLICIT_META = 3;
const classification = { role: 0, organizationUnit: 1, identity: 2, anonymity: 3, combined: 4 } as const;

/** One signature of any of these principals. */
export function anyOf(...principals: readonly Principal[]): SignaturePolicy {
    return { rule: { outOf: 1, rules: principals.map((_, index) => ({ signedBy: index })) }, principals };
}

/** Bytes of an MSPPrincipal message. */
export function encodePrincipal(principal: Principal): Buffer {
    switch (principal.kind) {
        case 'role': {
            const role = new FieldWriter().string(1, principal.mspId).uint(2, mspRoles.indexOf(principal.role));
            return newClassified(classification.role, role.finish());
        }
        case 'organization-unit': {
            const unit = new FieldWriter().string(1, principal.mspId).string(2, principal.unit);
            return newClassified(classification.organizationUnit, unit.bytes(3, principal.certifiers).finish());
        }
        case 'identity':
            return newClassified(classification.identity, principal.identity);
        case 'anonymity':
            return newClassified(classification.anonymity, new FieldWriter().bool(1, principal.anonymous).finish());
        case 'combined': {
            const parts = new FieldWriter();
            for (const part of principal.principals) parts.message(1, encodePrincipal(part));
            return newClassified(classification.combined, parts.finish());
        }
        case 'unknown':
            return newClassified(principal.classification, Buffer.alloc(0));
    }
}

/**
 * Reads an MSPPrincipal. A classification that no MSP knows comes back as `unknown`: no identity satisfies it.
 * Fabric v2.5: msp/mspimpl.go, collectPrincipals and satisfiesPrincipalInternal*.
 */
export function parsePrincipal(message: common.IMSPPrincipal): Principal {
    const bytes = message.principal ?? Buffer.alloc(0);
    const kind: number = message.principal_classification ?? classification.role;
    switch (kind) {
        case classification.role: {
            const { msp_identifier: mspId, role: number } = decodeOrThrow(common.MSPRole, bytes, 'MSPRole');
            const role = at(mspRoles, number);
            return role === undefined ? { kind: 'unknown', classification: kind } : { kind: 'role', mspId, role };
        }
        case classification.organizationUnit: {
            const unit = decodeOrThrow(common.OrganizationUnit, bytes, 'OrganizationUnit');
            return {
                kind: 'organization-unit',
                mspId: unit.msp_identifier,
                unit: unit.organizational_unit_identifier,
                certifiers: Buffer.from(unit.certifiers_identifier),
            };
        }
        case classification.identity:
            return { kind: 'identity', identity: Buffer.from(bytes) };
        case classification.anonymity: {
            const anonymity = decodeOrThrow(common.MSPIdentityAnonymity, bytes, 'MSPIdentityAnonymity');
            return { kind: 'anonymity', anonymous: at([false, true], anonymity.anonymity_type) ?? true };
        }
        case classification.combined: {
            const combined = decodeOrThrow(common.CombinedPrincipal, bytes, 'CombinedPrincipal');
            return { kind: 'combined', principals: combined.principals.map(parsePrincipal) };
        }
        default:
            return { kind: 'unknown', classification: kind };
    }
}

/** Bytes of a SignaturePolicyEnvelope, as chaincode definitions and key-level policies carry it. */
export function encodeSignaturePolicy(policy: SignaturePolicy): Buffer {
    const envelope = new FieldWriter().message(2, encodeRule(policy.rule));
    for (const principal of policy.principals) envelope.message(3, encodePrincipal(principal));
    return envelope.finish();
}

/** Reads a SignaturePolicyEnvelope; throws WireError when a rule is missing or names no principal of the list. */
export function parseSignaturePolicy(bytes: Uint8Array): SignaturePolicy {
    const envelope = decodeOrThrow(common.SignaturePolicyEnvelope, bytes, 'SignaturePolicyEnvelope');
    const principals = envelope.identities.map(parsePrincipal);
    return { rule: parseRule(envelope.rule, principals.length), principals };
}

/** The Policy message of a configuration policy. */
export function newConfigPolicy(policy: ConfigPolicy): common.IPolicy {
    if (policy.kind === 'signature') return { type: SIGNATURE, value: encodeSignaturePolicy(policy.policy) };
    const value = new FieldWriter()
        .string(1, policy.subPolicy)
        .uint(2, implicitMetaRules.indexOf(policy.rule))
        .finish();
    return { type: IMPLICIT_META, value };
}

/** Reads a Policy message; throws WireError for a type that Fabric's policy manager does not know. */
export function parseConfigPolicy(message: common.IPolicy | null | undefined): ConfigPolicy {
    const value = message?.value ?? Buffer.alloc(0);
    if (message?.type === SIGNATURE) return { kind: 'signature', policy: parseSignaturePolicy(value) };
    if (message?.type !== IMPLICIT_META) throw malformed('Policy', `unknown policy type ${message?.type ?? 0}`);
    const meta = decodeOrThrow(common.ImplicitMetaPolicy, value, 'ImplicitMetaPolicy');
    const rule = at(implicitMetaRules, meta.rule);
    if (rule === undefined) throw malformed('ImplicitMetaPolicy', `unknown rule ${meta.rule}`);
    return { kind: 'implicit-meta', rule, subPolicy: meta.sub_policy };
}

function newClassified(kind: number, principal: Uint8Array): Buffer {
    return new FieldWriter().uint(1, kind).bytes(2, principal).finish();
}

function encodeRule(rule: SignatureRule): Buffer {
    if ('signedBy' in rule) {
        // A leaf for principal 0 too: the oneof needs its zero on the wire.
        return Buffer.concat([Buffer.of(0x08), encodeVarint(rule.signedBy)]);
    }
    const gate = new FieldWriter().uint(1, rule.outOf);
    for (const inner of rule.rules) gate.message(2, encodeRule(inner));
    return new FieldWriter().message(2, gate.finish()).finish();
}

function parseRule(rule: common.ISignaturePolicy | null | undefined, principalCount: number): SignatureRule {
    const gate = rule?.n_out_of;
    if (gate) {
        return { outOf: gate.n ?? 0, rules: (gate.rules ?? []).map((inner) => parseRule(inner, principalCount)) };
    }
    const signedBy = rule && Object.hasOwn(rule, 'signed_by') ? rule.signed_by : undefined;
    if (signedBy === undefined || signedBy === null) throw malformed('SignaturePolicy', 'Empty policy element');
    if (signedBy < 0 || signedBy >= principalCount) {
        const reason = `identity index out of range, requested ${signedBy}, but identities length is ${principalCount}`;
        throw malformed('SignaturePolicy', reason);
    }
    return { signedBy };
}

/** The name of a wire number, which may be one that nobody has given a name. */
function at<T>(names: readonly T[], number: number): T | undefined {
    return names[number];
}
