import type V2FabricGateway from '@hyperledger/caliper-fabric/lib/connector-versions/v2/FabricGateway';
import type { X509Identity } from 'fabric-network';
import type { Identity } from '../../network/identities/identity';

type Configuration = V2FabricGateway.ConnectorConfiguration;

/** An identity out of Caliper's network file. */
export async function readIdentity(
    configuration: Configuration,
    { name, mspId }: Pick<Identity, 'name' | 'mspId'>,
): Promise<Identity> {
    const alias = configuration.getAliasNameForOrganizationAndIdentityName(mspId, name);
    const entry = (await configuration.getWallet().get(alias)) as X509Identity;
    const { certificate: certificatePem, privateKey: privateKeyPem } = entry.credentials;
    return { name, mspId, certificatePem, privateKeyPem };
}

/** The connection profile of an organisation out of Caliper's network file. */
export async function readProfile(configuration: Configuration, mspId: string): Promise<object> {
    const definition = await configuration.getConnectionProfileDefinitionForOrganization(mspId);
    return definition.getConnectionProfile();
}
