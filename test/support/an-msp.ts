import { CertificateAuthority, type NodeRole, type Validity } from '../../network/identities/certificate-authority';
import type { Authority, Identity } from '../../network/identities/identity';
import type { MspConfig } from '../../network/wire/msp-config';

export const testNow = new Date('2026-05-01T12:00:00Z');

export const authorityValidity: Validity = {
    notBefore: new Date('2026-04-01T00:00:00Z'),
    notAfter: new Date('2036-04-01T00:00:00Z'),
};
export const leafValidity: Validity = {
    notBefore: new Date('2026-04-30T00:00:00Z'),
    notAfter: new Date('2030-04-01T00:00:00Z'),
};

export interface TestMsp {
    readonly mspId: string;
    readonly authority: Authority;
    readonly config: MspConfig;
    issue(name: string, units: readonly NodeRole[], validity?: Validity): Promise<Identity>;
}

/** An MSP with an authority of its own that issues what a test asks for, right or wrong. */
export async function anMsp(mspId: string, more: Partial<MspConfig> = {}): Promise<TestMsp> {
    const authority = await CertificateAuthority.create(`ca.${mspId}`, mspId, authorityValidity);
    const issuer = new CertificateAuthority(authority);
    return {
        mspId,
        authority,
        config: {
            mspId,
            rootCertificates: [Buffer.from(authority.certificatePem)],
            intermediateCertificates: [],
            admins: [],
            revocationLists: [],
            tlsRootCertificates: [],
            tlsIntermediateCertificates: [],
            nodeOus: {
                client: { unit: 'client' },
                peer: { unit: 'peer' },
                admin: { unit: 'admin' },
                orderer: { unit: 'orderer' },
            },
            ...more,
        },
        issue: async (name, organizationalUnits, validity = leafValidity) => ({
            name,
            mspId,
            ...(await issuer.issueSigning({ commonName: name, organizationalUnits }, validity)),
        }),
    };
}
