import { createHash, X509Certificate } from 'node:crypto';
import {
    certificateOids,
    parseCertificate,
    parseExtendedKeyUsages,
    type CertificateParts,
} from '../../wire/certificate';
import { derBitString, derChildren, derInteger, derSequence, parseDer } from '../../wire/der';
import { parsePem } from '../../wire/pem';

/** A certificate with what the checks of an MSP ask of it. */
export interface LoadedCertificate {
    readonly x509: X509Certificate;
    readonly parts: CertificateParts;
    readonly notBeforeMs: number;
    readonly notAfterMs: number;
    /** DER with the signature's S made low: equal for every form in which one certificate can be shown. */
    readonly canonicalDer: Buffer;
}

/** Reads the first PEM block of the bytes as a certificate; throws when there is none. */
export function loadCertificate(pem: Uint8Array): LoadedCertificate {
    const der = parsePem(pem);
    const x509 = new X509Certificate(der);
    const parts = parseCertificate(x509.raw);
    return {
        x509,
        parts,
        notBeforeMs: Date.parse(x509.validFrom),
        notAfterMs: Date.parse(x509.validTo),
        canonicalDer: withLowS(x509.raw, parts),
    };
}

/** Whether ECDSA signed the certificate: only then does Fabric look for its issuer while it reads the identity. */
export function isEcdsaSigned(certificate: LoadedCertificate): boolean {
    return certificate.parts.signatureAlgorithm.startsWith('1.2.840.10045.4.');
}

/**
 * All chains from the certificate to a root, each beginning with the certificate itself. The time that counts is one
 * second after the certificate's beginning, so that an expired certificate still has its chain.
 * Fabric v2.5: msp/mspimplvalidate.go, getValidityOptsForCert.
 */
export function findChains(
    certificate: LoadedCertificate,
    roots: readonly LoadedCertificate[],
    intermediates: readonly LoadedCertificate[],
): LoadedCertificate[][] {
    if (!isForServers(certificate)) return [];
    return extendChain([certificate], { atMs: certificate.notBeforeMs + 1000, roots, intermediates });
}

/** SHA-256 over a chain of authorities: the name under which NodeOUs and principals mean that chain. */
export function chainIdentifier(authorities: readonly LoadedCertificate[]): Buffer {
    const hash = createHash('sha256');
    for (const authority of authorities) hash.update(authority.canonicalDer);
    return hash.digest();
}

/** The subject key identifier extension, unwrapped; undefined when the certificate has none. */
export function subjectKeyIdentifier(certificate: LoadedCertificate): Buffer | undefined {
    const value = certificate.parts.extensions.get(certificateOids.subjectKeyIdentifier);
    return value && parseDer(value).contents;
}

interface ChainSearch {
    readonly atMs: number;
    readonly roots: readonly LoadedCertificate[];
    readonly intermediates: readonly LoadedCertificate[];
}

const LONGEST_CHAIN = 8;

function extendChain(chain: readonly LoadedCertificate[], search: ChainSearch): LoadedCertificate[][] {
    const last = chain.at(-1);
    if (!last || search.atMs < last.notBeforeMs || search.atMs > last.notAfterMs) return [];
    if (search.roots.some((root) => root.x509.raw.equals(last.x509.raw))) return [[...chain]];
    if (chain.length >= LONGEST_CHAIN) return [];
    return [...search.roots, ...search.intermediates]
        .filter((candidate) => !chain.includes(candidate) && isIssuer(candidate, last))
        .flatMap((issuer) => extendChain([...chain, issuer], search));
}

function isIssuer(candidate: LoadedCertificate, issued: LoadedCertificate): boolean {
    return (
        candidate.parts.subject.equals(issued.parts.issuer) &&
        candidate.x509.ca &&
        maySignCertificates(candidate) &&
        issued.x509.verify(candidate.x509.publicKey)
    );
}

function maySignCertificates(certificate: LoadedCertificate): boolean {
    const usage = certificate.parts.extensions.get(certificateOids.keyUsage);
    return usage === undefined || ((parseDer(usage).contents[1] ?? 0) & 0x04) !== 0;
}

/** Go's certificate check, which Fabric calls without naming a purpose, asks for that of a server. */
function isForServers(certificate: LoadedCertificate): boolean {
    const usages = parseExtendedKeyUsages(certificate.parts);
    const fitting: string[] = [certificateOids.serverAuth, certificateOids.anyExtendedKeyUsage];
    return usages === undefined || usages.some((usage) => fitting.includes(usage));
}

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Fabric v2.5: msp/cert.go, sanitizeECDSASignedCert. */
function withLowS(der: Buffer, parts: CertificateParts): Buffer {
    if (parts.signatureAlgorithm !== certificateOids.ecdsaWithSha256) return der;
    const [r, s] = derChildren(parseDer(parts.signature));
    const value = BigInt(`0x${s?.contents.toString('hex') ?? '0'}`);
    if (!r || value <= order / 2n || value >= order) return der;
    const lowS = derInteger(Buffer.from((order - value).toString(16).padStart(64, '0'), 'hex'));
    const [toBeSigned, algorithm] = derChildren(parseDer(der));
    return derSequence(
        toBeSigned?.bytes ?? Buffer.alloc(0),
        algorithm?.bytes ?? Buffer.alloc(0),
        derBitString(derSequence(r.bytes, lowS)),
    );
}
