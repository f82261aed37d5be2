import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Authority } from '../../network/identities/identity';
import { certificateOids, parseCertificate } from '../../network/wire/certificate';
import {
    derBitString,
    derElement,
    derInteger,
    derOid,
    derSequence,
    derTags,
    derTime,
    parseDer,
} from '../../network/wire/der';
import { newPem } from '../../network/wire/pem';
import { signLowS } from '../../network/wire/signature';
import { testNow } from './an-msp';

/** A revocation list (RFC 5280, 5.1) of an authority; `signedBy` and `withKeyIdentifier` make it a bad one. */
export function aRevocationList(
    authority: Authority,
    revoked: readonly { certificatePem: string }[],
    { signedBy = authority, withKeyIdentifier = true }: { signedBy?: Authority; withKeyIdentifier?: boolean } = {},
): Buffer {
    const certificate = parseCertificate(new X509Certificate(authority.certificatePem).raw);
    const algorithm = derSequence(derOid(certificateOids.ecdsaWithSha256));
    const entries = revoked.map(({ certificatePem }) => {
        const { serialNumber } = parseCertificate(new X509Certificate(certificatePem).raw);
        return derSequence(derInteger(serialNumber), derTime(testNow));
    });
    const keyIdentifier = certificate.extensions.get(certificateOids.subjectKeyIdentifier) ?? Buffer.alloc(0);
    const extension = derSequence(
        derOid(certificateOids.authorityKeyIdentifier),
        derElement(derTags.octetString, derSequence(derElement(0x80, parseDer(keyIdentifier).contents))),
    );
    const toBeSigned = derSequence(
        derInteger(Buffer.of(1)),
        algorithm,
        certificate.issuer,
        derTime(testNow),
        ...(entries.length > 0 ? [derSequence(...entries)] : []),
        ...(withKeyIdentifier ? [derElement(0xa0, derSequence(extension))] : []),
    );
    const signature = signLowS(createPrivateKey(signedBy.privateKeyPem), toBeSigned);
    return Buffer.from(newPem('X509 CRL', derSequence(toBeSigned, algorithm, derBitString(signature))));
}
