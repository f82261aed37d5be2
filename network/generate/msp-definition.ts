import type { OrganizationIdentities } from '../identities/identity';
import type { MspConfig } from '../wire/msp-config';

/** What the channel has to know of an organisation to recognise its people and nodes. */
export function newMspDefinition(organization: OrganizationIdentities): MspConfig {
    return {
        mspId: organization.mspId,
        rootCertificates: [Buffer.from(organization.ca.certificatePem)],
        intermediateCertificates: [],
        admins: [],
        revocationLists: [],
        tlsRootCertificates: [Buffer.from(organization.tlsCa.certificatePem)],
        tlsIntermediateCertificates: [],
        nodeOus: {
            client: { unit: 'client' },
            peer: { unit: 'peer' },
            admin: { unit: 'admin' },
            orderer: { unit: 'orderer' },
        },
    };
}
