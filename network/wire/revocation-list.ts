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
    /** How many lists of this authority came before, as its extension says; absent when it does not say. */
    readonly number: number | undefined;
    /** By serial number, hexadecimal, as it stands in the certificate: the whole entry in DER. */
    readonly revoked: ReadonlyMap<string, Buffer>;
}

export const revocationListOids = { authorityKeyIdentifier: '2.5.29.35', listNumber: '2.5.29.20' } as const;

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
    const extensions = parseExtensions(fields.find((field) => field.tag === EXTENSIONS));
    const keyIdentifier = extensions.get(revocationListOids.authorityKeyIdentifier);
    const number = extensions.get(revocationListOids.listNumber);
    return {
        toBeSigned: toBeSigned.bytes,
        signatureAlgorithm: parseOid(derChildren(algorithm)[0]),
        signature: signature.contents.subarray(1),
        authorityKeyIdentifier:
            keyIdentifier && derChildren(parseDer(keyIdentifier)).find((part) => part.tag === KEY_IDENTIFIER)?.contents,
        number: number && Number(`0x${parseDer(number).contents.toString('hex')}`),
        revoked: new Map(revoked.map((entry) => [derChildren(entry)[0]?.contents.toString('hex') ?? '', entry.bytes])),
    };
}
