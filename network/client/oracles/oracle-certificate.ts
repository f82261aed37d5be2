import { X509Certificate } from 'node:crypto';
import type { OracleCertificate } from '../../../chaincode/src/oracles/oracles-api';
import type { Identity } from '../../identities/identity';

/** What an operator registers of an oracle's identity: serial number and public key, as contracts read them. */
export function oracleCertificateOf({ certificatePem }: Pick<Identity, 'certificatePem'>): OracleCertificate {
    const certificate = new X509Certificate(certificatePem);
    const publicKey = certificate.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
    return { serial: certificate.serialNumber.toLowerCase().replace(/^0+(?=.)/, ''), publicKey };
}
