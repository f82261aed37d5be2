import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { readCertificate } from '../../../../chaincode/src/caller/read-certificate';
import { newTestIdentity } from '../../../support/chaincode/test-identity';

describe('readCertificate', () => {
    it.each(['01', '7f00', '80ff', 'c0ffee00112233445566778899aabbcc'])(
        'reads serial %s as node:crypto does',
        async (serial) => {
            const { certificatePem } = await newTestIdentity({ serial });
            const known = new X509Certificate(certificatePem);
            const read = readCertificate(Buffer.from(certificatePem));
            expect(read.serial).toBe(known.serialNumber.toLowerCase().replace(/^0+/, ''));
            expect(read.publicKey).toBe(known.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'));
        },
    );

    it('reads the names of the subject, whatever characters they hold', async () => {
        const { certificatePem } = await newTestIdentity({ name: '终端/OU=admin', organizationalUnit: 'client' });
        const read = readCertificate(Buffer.from(certificatePem));
        expect(read).toMatchObject({ commonName: '终端/OU=admin', organizationalUnits: ['client'] });
    });

    it('reads a certificate with line ends of Windows', async () => {
        const { certificatePem } = await newTestIdentity();
        const read = readCertificate(Buffer.from(certificatePem.replaceAll('\n', '\r\n')));
        expect(read).toEqual(readCertificate(Buffer.from(certificatePem)));
    });

    it('refuses every certificate that was cut short', async () => {
        const { certificatePem } = await newTestIdentity();
        const der = new X509Certificate(certificatePem).raw;
        const codes = Array.from({ length: der.length }, (_, length) => {
            const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64', 0, length)}\n-----END CERTIFICATE-----\n`;
            return codeOf(() => readCertificate(Buffer.from(pem)));
        });
        expect(new Set(codes)).toEqual(new Set(['CERTIFICATE_UNREADABLE']));
    });

    it.each(['', 'no certificate', '-----BEGIN CERTIFICATE-----\nMA==\n-----END CERTIFICATE-----'])(
        'refuses %j',
        (pem) => {
            expect(codeOf(() => readCertificate(Buffer.from(pem)))).toBe('CERTIFICATE_UNREADABLE');
        },
    );
});

function codeOf(read: () => unknown): unknown {
    try {
        read();
        return 'accepted';
    } catch (error) {
        return (error as { fault?: { code?: string } }).fault?.code ?? error;
    }
}
