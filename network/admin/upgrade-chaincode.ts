import type { ChaincodeDefinition } from '../topology/network-model';
import { AdminError } from './admin-errors';
import type { AdminSession } from './admin-session';
import { deployChaincode, isCommittedAs, readCommittedDefinition, readDefinitionInForce } from './deploy-chaincode';
import type { PackagesByOrganization } from './deploy-chaincode';

/** What an upgrade changes; what is left out stays as the channel has it. */
export interface UpgradeTerms {
    readonly version?: string | undefined;
    /** All of them: those that are there stay, with how long their data live. */
    readonly collections?: ChaincodeDefinition['collections'] | undefined;
}

export interface ChaincodeUpgrade {
    /** What the channel has now. */
    readonly definition: ChaincodeDefinition;
    /** False: the channel had that version and those collections already. */
    readonly changed: boolean;
}

/**
 * Brings another definition of a deployed chaincode onto the channel, as the next sequence; the ledger's records stay. The
 * packages may be those of before: they say where a service is dialled, not what it runs. A second run after a failure
 * half-way does what is missing. Throws AdminError CHAINCODE_NOT_DEPLOYED, and what `deployChaincode` throws.
 */
export async function upgradeChaincode(
    session: AdminSession,
    { version, collections }: UpgradeTerms,
    packages: PackagesByOrganization,
): Promise<ChaincodeUpgrade> {
    const { chaincode, channel } = session.network;
    const committed = await readCommittedDefinition(session, chaincode.name);
    if (committed === undefined) {
        throw new AdminError({ code: 'CHAINCODE_NOT_DEPLOYED', chaincode: chaincode.name, channel: channel.name });
    }
    const inForce = await readDefinitionInForce(session);
    const wanted = {
        ...inForce,
        version: version ?? committed.version,
        collections: collections ?? inForce.collections,
    };
    const isThere = isCommittedAs(committed, wanted);
    const definition = { ...wanted, sequence: isThere ? committed.sequence : committed.sequence + 1 };
    return { definition, changed: !isThere && (await deployChaincode(session, definition, packages)) };
}
