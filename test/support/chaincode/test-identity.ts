import 'reflect-metadata';
import {
    Extension,
    ExtendedKeyUsageExtension,
    X509CertificateGenerator,
    type X509CertificateCreateSelfSignedParams,
} from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

/** A caller as a peer hands it to chaincode: MSP id and certificate. */
export interface TestIdentity {
    readonly mspId: string;
    readonly certificatePem: string;
    readonly serial: string;
    readonly keys: webcrypto.CryptoKeyPair;
}

export interface TestIdentityOptions {
    readonly mspId?: string;
    readonly name?: string;
    readonly organizationalUnit?: string;
    /** Attributes of the Fabric CA extension. */
    readonly attributes?: Readonly<Record<string, unknown>>;
    readonly serial?: string;
    readonly keys?: webcrypto.CryptoKeyPair;
}

const fabricAttributes = '1.2.3.4.5.6.7.8.1';
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
let issued = 0;

/** Issues a real certificate, so that the real ClientIdentity of fabric-shim reads it. */
export async function newTestIdentity(options: TestIdentityOptions = {}): Promise<TestIdentity> {
    const { mspId = 'DispatchMSP', name = 'somebody', organizationalUnit = 'client', attributes } = options;
    const keys = options.keys ?? (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']));
    issued += 1;
    const serial = options.serial ?? `7a${issued.toString(16).padStart(6, '0')}`;
    const attribute = new TextEncoder().encode(JSON.stringify({ attrs: attributes ?? {} }));
    const parameters: X509CertificateCreateSelfSignedParams = {
        serialNumber: serial,
        name: [{ OU: [organizationalUnit] }, { CN: [name] }],
        notBefore: new Date('2026-01-01T00:00:00Z'),
        notAfter: new Date('2036-01-01T00:00:00Z'),
        signingAlgorithm: algorithm,
        keys,
        extensions: [
            new ExtendedKeyUsageExtension(['1.3.6.1.5.5.7.3.2']),
            ...(attributes === undefined ? [] : [new Extension(fabricAttributes, false, attribute)]),
        ],
    };
    const certificate = await X509CertificateGenerator.createSelfSigned(parameters, webcrypto);
    return { mspId, certificatePem: certificate.toString('pem'), serial, keys };
}

/** A terminal's identity: the certificate carries its id. */
export async function newTerminalIdentity(
    terminalId: string,
    options: TestIdentityOptions = {},
): Promise<TestIdentity> {
    return newTestIdentity({ name: terminalId, attributes: { terminalId }, ...options });
}
