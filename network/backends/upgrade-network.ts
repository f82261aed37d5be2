import { newChaincodePackage } from '../wire/chaincode-package';
import { upgradeChaincode, type ChaincodeUpgrade } from '../admin/upgrade-chaincode';
import { readCommittedDefinition } from '../admin/deploy-chaincode';
import { buildChaincode } from './build-chaincode';
import { findBackend } from './find-backend';
import { openAdminSession } from './open-admin-session';
import type { RunningNetwork } from './running-network';

/**
 * Has a running network take the chaincode as it lies in its folder now, as a new version: compiles it, restarts the
 * services one after the other, and then brings the version onto the channel, so that code which does not start changes
 * no definition. Does nothing when the channel has that version. The packages stay: they say where a service is dialled.
 * Throws CHAINCODE_NOT_BUILT, NODE_ENDED, NODE_NOT_CHANGED, AdminError.
 */
export async function upgradeNetwork(
    running: RunningNetwork,
    version: string,
    chaincodeDirectory: string,
): Promise<ChaincodeUpgrade> {
    const session = await openAdminSession(running);
    const { organizations, chaincode } = running.network;
    try {
        const committed = await readCommittedDefinition(session, chaincode.name);
        if (committed?.version !== version) {
            await buildChaincode(chaincodeDirectory);
            const backend = findBackend(running.backend);
            for (const { chaincodeService } of organizations) {
                await backend.change(running, 'stop', chaincodeService.name);
                await backend.change(running, 'start', chaincodeService.name);
            }
        }
        const packages = organizations.map(({ mspId, chaincodeService: { host, port } }) => {
            return [mspId, newChaincodePackage(chaincode.label, { address: `${host}:${port}` })] as const;
        });
        return await upgradeChaincode(session, version, Object.fromEntries(packages));
    } finally {
        session.close();
    }
}
