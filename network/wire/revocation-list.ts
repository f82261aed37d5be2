import { parseExtensions, parseOid } from './certificate';
import { derChildren, derTags, parseDer } from './der';
import { parsePem } from './pem';
import { malformed } from './wire-errors';

/** A certificate revocation list (RFC 5280, 5.1). */
export interface RevocationList {
    /** What the CA signed. */
    readonly toBeSigned: Buffer;
    readonly signatureAlgorithm: string;
    readonly signature: Buffer;
    /** Which key signed it, as its extension says; absent when it does not say. */
    readonly authorityKeyIdentifier: Buffer | undefined;
    /** Serial numbers, hexadecimal, as they stand in the certificates. */
    readonly revoked: ReadonlySet<string>;
}

const AUTHORITY_KEY_IDENTIFIER = '2.5.29.35';
const EXTENSIONS = 0xa0;
const KEY_IDENTIFIER = 0x80;

/** Reads a revocation list, PEM or DER; throws WireError when the bytes are none. */
export function parseRevocationList(bytes: Buffer): RevocationList {
    const der = bytes[0] === derTags.sequence ? bytes : parsePem(bytes);
    const [toBeSigned, algorithm, signature] = derChildren(parseDer(der));
    if (!toBeSigned || !algorithm || !signature) throw malformed('CertificateList', 'it does not have three parts');
    const fields = derChildren(toBeSigned);
    // version?, signature, issuer, thisUpdate, nextUpdate?, revokedCertificates?, [0] extensions?
    const times = fields.findLastIndex(({ tag }) => tag === derTags.utcTime || tag === derTags.generalizedTime);
    const entries = fields.slice(times + 1).find(({ tag }) => tag === derTags.sequence);
    const revoked = entries ? derChildren(entries) : [];
    const keyIdentifier = parseExtensions(fields.find((field) => field.tag === EXTENSIONS)).get(
        AUTHORITY_KEY_IDENTIFIER,
    );
    return {
        toBeSigned: toBeSigned.bytes,
        signatureAlgorithm: parseOid(derChildren(algorithm)[0]),
        signature: signature.contents.subarray(1),
        authorityKeyIdentifier:
            keyIdentifier && derChildren(parseDer(keyIdentifier)).find((part) => part.tag === KEY_IDENTIFIER)?.contents,
        revoked: new Set(revoked.map((entry) => derChildren(entry)[0]?.contents.toString('hex') ?? '')),
    };
}
