import { derChildren, derTags, parseDer } from './der';
import type { DerNode } from './der';
import { malformed } from './wire-errors';

/** What node:crypto's X509Certificate does not tell of a certificate. Extensions are by dotted OID, their bytes unwrapped. */
export interface CertificateParts {
    /** What the issuer signed. */
    readonly toBeSigned: Buffer;
    readonly serialNumber: Buffer;
    readonly issuer: Buffer;
    readonly subject: Buffer;
    /** The subject's organisation (O), if it names one. */
    readonly organization: string | undefined;
    /** Organisational units of the subject, in order. */
    readonly organizationalUnits: readonly string[];
    readonly extensions: ReadonlyMap<string, Buffer>;
    /** OID of the algorithm that the issuer signed with. */
    readonly signatureAlgorithm: string;
    readonly signature: Buffer;
}

export const certificateOids = {
    commonName: '2.5.4.3',
    organization: '2.5.4.10',
    organizationalUnit: '2.5.4.11',
    subjectKeyIdentifier: '2.5.29.14',
    keyUsage: '2.5.29.15',
    subjectAltName: '2.5.29.17',
    basicConstraints: '2.5.29.19',
    authorityKeyIdentifier: '2.5.29.35',
    extendedKeyUsage: '2.5.29.37',
    anyExtendedKeyUsage: '2.5.29.37.0',
    serverAuth: '1.3.6.1.5.5.7.3.1',
    clientAuth: '1.3.6.1.5.5.7.3.2',
    ecdsaWithSha256: '1.2.840.10045.4.3.2',
    /** Attributes of the Fabric CA: JSON bytes `{"attrs":{…}}`, no ASN.1 inside. */
    fabricAttributes: '1.2.3.4.5.6.7.8.1',
} as const;

const VERSION = 0xa0;
const EXTENSIONS = 0xa3;

/** Reads an X.509 certificate (RFC 5280, 4.1); throws WireError when the bytes are none. */
export function parseCertificate(der: Buffer): CertificateParts {
    const [toBeSigned, algorithm, signature] = derChildren(parseDer(der));
    if (!toBeSigned || !algorithm || !signature) throw malformed('Certificate', 'it does not have three parts');
    const fields = derChildren(toBeSigned);
    if (fields[0]?.tag === VERSION) fields.shift();
    const [serialNumber, , issuer, , subject] = fields;
    if (!serialNumber || !issuer || !subject) throw malformed('Certificate', 'its fields end early');
    return {
        toBeSigned: toBeSigned.bytes,
        serialNumber: serialNumber.contents,
        issuer: issuer.bytes,
        subject: subject.bytes,
        organization: namesIn(subject, certificateOids.organization)[0],
        organizationalUnits: namesIn(subject, certificateOids.organizationalUnit),
        extensions: parseExtensions(fields.find((field) => field.tag === EXTENSIONS)),
        signatureAlgorithm: parseOid(derChildren(algorithm)[0]),
        signature: signature.contents.subarray(1),
    };
}

/**
 * The attributes that a Fabric CA (or ours) wrote into a certificate; none when it carries none. Throws WireError when
 * the extension is no such JSON.
 */
export function parseFabricAttributes(certificate: CertificateParts): Readonly<Record<string, string>> {
    const bytes = certificate.extensions.get(certificateOids.fabricAttributes);
    if (!bytes) return {};
    try {
        const parsed = JSON.parse(bytes.toString()) as { attrs?: Record<string, string> };
        return parsed.attrs ?? {};
    } catch (error) {
        throw malformed('attribute extension', error instanceof Error ? error.message : String(error));
    }
}

/** OIDs of an extended key usage extension; undefined when the certificate has none and may be used for anything. */
export function parseExtendedKeyUsages(certificate: CertificateParts): readonly string[] | undefined {
    const bytes = certificate.extensions.get(certificateOids.extendedKeyUsage);
    return bytes && derChildren(parseDer(bytes)).map(parseOid);
}

/** Extensions of a certificate or, in its own place, of a revocation list: OID → bytes inside the OCTET STRING. */
export function parseExtensions(tagged: DerNode | undefined): Map<string, Buffer> {
    const found = new Map<string, Buffer>();
    if (!tagged) return found;
    for (const entry of derChildren(tagged).flatMap(derChildren)) {
        const [oid, ...rest] = derChildren(entry);
        const value = rest.at(-1);
        if (value?.tag === derTags.octetString) found.set(parseOid(oid), value.contents);
    }
    return found;
}

/** Reads an OBJECT IDENTIFIER into its dotted form. */
export function parseOid(node: DerNode | undefined): string {
    if (node?.tag !== derTags.oid) throw malformed('OBJECT IDENTIFIER', 'another type stands in its place');
    const numbers: number[] = [];
    let number = 0;
    for (const byte of node.contents) {
        number = number * 128 + (byte & 0x7f);
        if (byte >= 0x80) continue;
        numbers.push(number);
        number = 0;
    }
    const [first = 0, ...rest] = numbers;
    const root = Math.min(2, Math.floor(first / 40));
    return [root, first - 40 * root, ...rest].join('.');
}

function namesIn(name: DerNode, oid: string): string[] {
    const values: string[] = [];
    for (const attribute of derChildren(name).flatMap(derChildren)) {
        const [type, value] = derChildren(attribute);
        if (value && parseOid(type) === oid) values.push(value.contents.toString());
    }
    return values;
}
