import { upgradeChaincode, type ChaincodeUpgrade } from '../admin/upgrade-chaincode';
import { readCommittedDefinition } from '../admin/deploy-chaincode';
import { findBackend } from './find-backend';
import { openAdminSession } from './open-admin-session';
import type { RunningNetwork } from './running-network';

/**
 * Has a running network take the chaincode as it lies in its folder now, as a new version: has the services run it, and
 * then brings the version onto the channel, so that code which does not start changes no definition. Does nothing when
 * the channel has that version. The packages stay: they say where a service is dialled. Throws what `renewChaincode`
 * throws, and AdminError.
 */
export async function upgradeNetwork(
    running: RunningNetwork,
    version: string,
    chaincodeDirectory: string,
): Promise<ChaincodeUpgrade> {
    const session = await openAdminSession(running);
    const { network } = running;
    const backend = findBackend(running.backend);
    try {
        const committed = await readCommittedDefinition(session, network.chaincode.name);
        if (committed?.version !== version) await backend.renewChaincode(running, chaincodeDirectory);
        return await upgradeChaincode(session, version, backend.packagesOf(network));
    } finally {
        session.close();
    }
}
