import { createPrivateKey, X509Certificate } from 'node:crypto';
import { certificateOids, parseCertificate } from '../wire/certificate';
import { derBitString, derElement, derInteger, derOid, derSequence, derTags, derTime, parseDer } from '../wire/der';
import { newPem } from '../wire/pem';
import { parseRevocationList, revocationListOids } from '../wire/revocation-list';
import type { RevocationList } from '../wire/revocation-list';
import { signLowS } from '../wire/signature';
import type { Authority } from './identity';

/** A revocation list as it is published. */
export interface IssuedRevocationList {
    readonly pem: string;
    /** 1 for an authority's first. */
    readonly number: number;
}

/** What an authority has to say of certificates that it takes back. */
export interface RevocationRequest {
    /** Lists of the same authority that the new one continues: whatever they revoke stays revoked. */
    readonly former: readonly RevocationList[];
    /** Serial number as it stands in the certificate. */
    readonly serialNumber: Buffer;
    readonly now: Date;
}

const DAY_MS = 24 * 3_600_000;
/** RFC 5280 wants the day of the next list told. Fabric never looks at it: a list counts until another takes its place. */
const nextUpdateMs = 30 * DAY_MS;
const hexDigitsOfByte = 2;

/** The serial number of a certificate, as revocation lists name it. */
export function serialNumberOf(certificatePem: string): Buffer {
    return parseCertificate(new X509Certificate(certificatePem).raw).serialNumber;
}

/** Whether one of the lists takes back the certificate of that serial number. */
export function isRevokedBy(lists: readonly RevocationList[], serialNumber: Buffer): boolean {
    return lists.some(({ revoked }) => revoked.has(serialNumber.toString('hex')));
}

/**
 * Of some revocation lists, PEM or DER, those that this authority's key signed: the only ones that it may continue.
 * Throws WireError when one cannot be read.
 */
export function listsOfAuthority({ certificatePem }: Authority, lists: readonly Buffer[]): RevocationList[] {
    const keyIdentifier = keyIdentifierOf(certificatePem);
    return lists
        .map((list) => parseRevocationList(list))
        .filter(({ authorityKeyIdentifier }) => authorityKeyIdentifier?.equals(keyIdentifier));
}

/**
 * An authority's next revocation list (RFC 5280, 5): version 2, signed with ECDSA and SHA-256, with the two extensions
 * that 5.2.1 and 5.2.3 demand. Fabric takes a whole organisation out over a list without the first of them.
 */
export function issueRevocationList(
    authority: Authority,
    { former, serialNumber, now }: RevocationRequest,
): IssuedRevocationList {
    const entries = new Map(former.flatMap(({ revoked }) => [...revoked]));
    const serial = serialNumber.toString('hex');
    if (!entries.has(serial)) entries.set(serial, derSequence(derInteger(serialNumber), derTime(now)));
    const number = Math.max(0, ...former.map((list) => list.number ?? 0)) + 1;
    const algorithm = derSequence(derOid(certificateOids.ecdsaWithSha256));
    const toBeSigned = derSequence(
        derInteger(Buffer.of(1)),
        algorithm,
        parseCertificate(new X509Certificate(authority.certificatePem).raw).subject,
        derTime(now),
        derTime(new Date(now.getTime() + nextUpdateMs)),
        derSequence(...entries.values()),
        derElement(
            0xa0,
            derSequence(
                newExtension(
                    revocationListOids.authorityKeyIdentifier,
                    derSequence(derElement(0x80, keyIdentifierOf(authority.certificatePem))),
                ),
                newExtension(revocationListOids.listNumber, derInteger(bigEndian(number))),
            ),
        ),
    );
    const signature = signLowS(createPrivateKey(authority.privateKeyPem), toBeSigned);
    return { pem: newPem('X509 CRL', derSequence(toBeSigned, algorithm, derBitString(signature))), number };
}

/** The subject key identifier that the authority's own certificate carries (RFC 5280, 4.2.1.2). */
function keyIdentifierOf(certificatePem: string): Buffer {
    const { extensions } = parseCertificate(new X509Certificate(certificatePem).raw);
    const identifier = extensions.get(certificateOids.subjectKeyIdentifier);
    return identifier ? parseDer(identifier).contents : Buffer.alloc(0);
}

/** Neither extension of a revocation list is critical. */
function newExtension(oid: string, value: Buffer): Buffer {
    return derSequence(derOid(oid), derElement(derTags.octetString, value));
}

function bigEndian(value: number): Buffer {
    const digits = value.toString(16);
    return Buffer.from(digits.padStart(digits.length + (digits.length % hexDigitsOfByte), '0'), 'hex');
}
