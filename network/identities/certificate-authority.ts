import { createHash, createPrivateKey, generateKeyPair, randomBytes, X509Certificate } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { isIPv4 } from 'node:net';
import { promisify } from 'node:util';
import { certificateOids, parseCertificate, type CertificateParts } from '../wire/certificate';
import {
    derBitString,
    derChildren,
    derElement,
    derInteger,
    derOid,
    derSequence,
    derTags,
    derTime,
    parseDer,
} from '../wire/der';
import { newPem } from '../wire/pem';
import { signLowS } from '../wire/signature';
import type { Authority } from './identity';

/** The role that the certificate's organisational unit names; Fabric's NodeOUs read it. */
export type NodeRole = 'client' | 'peer' | 'admin' | 'orderer';

export interface Validity {
    readonly notBefore: Date;
    readonly notAfter: Date;
}

/** Whom a signing certificate names. Attributes are what the Fabric CA would put there. */
export interface SigningRequest {
    readonly commonName: string;
    readonly organizationalUnits: readonly NodeRole[];
    readonly attributes?: Readonly<Record<string, string>>;
}

/** Whom a TLS certificate names: a server that is also a client of its like. */
export interface TlsRequest {
    readonly commonName: string;
    /** DNS names and IPv4 addresses. */
    readonly hosts: readonly string[];
}

export interface IssuedCertificate {
    readonly certificatePem: string;
    readonly privateKeyPem: string;
}

const keyUsages = {
    digitalSignature: Buffer.of(0x80),
    certificates: Buffer.of(0x06), // keyCertSign, cRLSign
} as const;

/**
 * A certificate authority of one organisation: signs with ECDSA P-256 and SHA-256, low S. Certificates are written here
 * in DER (RFC 5280) because the 90 of a network cost a general library 0.6 s of CPU and cost 0.1 s here.
 */
export class CertificateAuthority {
    readonly #certificate: X509Certificate;
    readonly #key: KeyObject;
    readonly #parts: CertificateParts;

    constructor(authority: Authority) {
        this.#certificate = new X509Certificate(authority.certificatePem);
        this.#key = createPrivateKey(authority.privateKeyPem);
        this.#parts = parseCertificate(this.#certificate.raw);
    }

    /** Makes a new self-signed authority. */
    static async create(commonName: string, organization: string, validity: Validity): Promise<Authority> {
        const keys = await newKeys();
        const name = newName({ organization, units: [], commonName });
        const certificate = newCertificate({
            issuer: name,
            issuerKey: keys.privateKey,
            subject: name,
            subjectKey: keys.publicKey,
            validity,
            extensions: [
                extension(certificateOids.keyUsage, derBitString(keyUsages.certificates, 1), true),
                extension(
                    certificateOids.basicConstraints,
                    derSequence(derElement(derTags.boolean, Buffer.of(0xff))),
                    true,
                ),
                extension(
                    certificateOids.subjectKeyIdentifier,
                    derElement(derTags.octetString, keyIdentifier(keys.publicKey)),
                ),
            ],
        });
        return issued(certificate, keys.privateKey);
    }

    /** A certificate and key that sign transactions, endorsements or blocks. */
    issueSigning(request: SigningRequest, validity: Validity): Promise<IssuedCertificate> {
        const attributes = request.attributes;
        return this.#issue(request.commonName, request.organizationalUnits, validity, [
            ...(attributes
                ? [extension(certificateOids.fabricAttributes, Buffer.from(JSON.stringify({ attrs: attributes })))]
                : []),
        ]);
    }

    /** A certificate and key for a TLS listener that is also a TLS client. */
    issueTls(request: TlsRequest, validity: Validity): Promise<IssuedCertificate> {
        const names = request.hosts.map((host) =>
            isIPv4(host)
                ? derElement(0x87, Buffer.from(host.split('.').map(Number)))
                : derElement(0x82, Buffer.from(host)),
        );
        return this.#issue(request.commonName, [], validity, [
            extension(
                certificateOids.extendedKeyUsage,
                derSequence(derOid(certificateOids.serverAuth), derOid(certificateOids.clientAuth)),
            ),
            extension(certificateOids.subjectAltName, derSequence(...names)),
        ]);
    }

    async #issue(
        commonName: string,
        units: readonly string[],
        validity: Validity,
        extensions: readonly Buffer[],
    ): Promise<IssuedCertificate> {
        const keys = await newKeys();
        const authorityKey = derSequence(derElement(0x80, keyIdentifier(this.#certificate.publicKey)));
        const certificate = newCertificate({
            issuer: this.#parts.subject,
            issuerKey: this.#key,
            subject: newName({ organization: this.#parts.organization ?? '', units, commonName }),
            subjectKey: keys.publicKey,
            validity,
            extensions: [
                extension(certificateOids.keyUsage, derBitString(keyUsages.digitalSignature, 7), true),
                extension(certificateOids.basicConstraints, derSequence(), true),
                extension(
                    certificateOids.subjectKeyIdentifier,
                    derElement(derTags.octetString, keyIdentifier(keys.publicKey)),
                ),
                extension(certificateOids.authorityKeyIdentifier, authorityKey),
                ...extensions,
            ],
        });
        return issued(certificate, keys.privateKey);
    }
}

interface NewCertificate {
    readonly issuer: Buffer;
    readonly issuerKey: KeyObject;
    readonly subject: Buffer;
    readonly subjectKey: KeyObject;
    readonly validity: Validity;
    readonly extensions: readonly Buffer[];
}

/** RFC 5280, 4.1: an X.509 v3 certificate in DER. */
function newCertificate(parts: NewCertificate): Buffer {
    const algorithm = derSequence(derOid(certificateOids.ecdsaWithSha256));
    const toBeSigned = derSequence(
        derElement(0xa0, derInteger(Buffer.of(2))),
        derInteger(newSerialNumber()),
        algorithm,
        parts.issuer,
        derSequence(derTime(parts.validity.notBefore), derTime(parts.validity.notAfter)),
        parts.subject,
        parts.subjectKey.export({ type: 'spki', format: 'der' }),
        derElement(0xa3, derSequence(...parts.extensions)),
    );
    return derSequence(toBeSigned, algorithm, derBitString(signLowS(parts.issuerKey, toBeSigned)));
}

const generateKeys = promisify(generateKeyPair);

function newKeys(): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> {
    return generateKeys('ec', { namedCurve: 'P-256' });
}

/** 128 random bits, positive and not zero. */
function newSerialNumber(): Buffer {
    const serial = randomBytes(16);
    serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
    return serial;
}

function issued(certificate: Buffer, privateKey: KeyObject): IssuedCertificate {
    return {
        certificatePem: newPem('CERTIFICATE', certificate),
        privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    };
}

function newName(name: { organization: string; units: readonly string[]; commonName: string }): Buffer {
    const part = (oid: string, value: string): Buffer =>
        derElement(derTags.set, derSequence(derOid(oid), derElement(derTags.utf8String, Buffer.from(value))));
    return derSequence(
        part(certificateOids.organization, name.organization),
        ...name.units.map((unit) => part(certificateOids.organizationalUnit, unit)),
        part(certificateOids.commonName, name.commonName),
    );
}

function extension(oid: string, value: Buffer, critical = false): Buffer {
    const flag = critical ? [derElement(derTags.boolean, Buffer.of(0xff))] : [];
    return derSequence(derOid(oid), ...flag, derElement(derTags.octetString, value));
}

/** RFC 5280, 4.2.1.2, method 1: the SHA-1 of the public key's bits. */
function keyIdentifier(publicKey: KeyObject): Buffer {
    const [, bits] = derChildren(parseDer(publicKey.export({ type: 'spki', format: 'der' })));
    return createHash('sha1')
        .update(bits?.contents.subarray(1) ?? '')
        .digest();
}
