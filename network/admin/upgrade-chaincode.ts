import type { ChaincodeDefinition } from '../topology/network-model';
import { AdminError } from './admin-errors';
import type { AdminSession } from './admin-session';
import { deployChaincode, readCommittedDefinition, type PackagesByOrganization } from './deploy-chaincode';

export interface ChaincodeUpgrade {
    /** What the channel has now. */
    readonly definition: ChaincodeDefinition;
    /** False: the channel had that version already. */
    readonly changed: boolean;
}

/**
 * Brings another version of a deployed chaincode onto the channel, as the next sequence; the ledger's records stay. The
 * packages may be those of before: they say where a service is dialled, not what it runs. A second run after a failure
 * half-way does what is missing. Throws AdminError CHAINCODE_NOT_DEPLOYED, and what `deployChaincode` throws.
 */
export async function upgradeChaincode(
    session: AdminSession,
    version: string,
    packages: PackagesByOrganization,
): Promise<ChaincodeUpgrade> {
    const { chaincode, channel } = session.network;
    const committed = await readCommittedDefinition(session, chaincode.name);
    if (committed === undefined) {
        throw new AdminError({ code: 'CHAINCODE_NOT_DEPLOYED', chaincode: chaincode.name, channel: channel.name });
    }
    const isThere = committed.version === version;
    const sequence = isThere ? committed.sequence : committed.sequence + 1;
    const definition = { ...chaincode, version, sequence };
    return { definition, changed: !isThere && (await deployChaincode(session, definition, packages)) };
}
