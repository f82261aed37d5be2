import { readCommittedDefinition } from '../admin/deploy-chaincode';
import { upgradeChaincode, type ChaincodeUpgrade } from '../admin/upgrade-chaincode';
import type { Network } from '../topology/network-model';
import { hashTopology } from '../topology/topology-hash';
import { askForPeer } from './ask-control';
import { BackendError } from './backend-errors';
import { findBackend } from './find-backend';
import { askedOf } from './kept-network';
import { openAdminSession } from './open-admin-session';
import type { RunningNetwork } from './running-network';

export interface NetworkUpgrade {
    /** Left out: the code and its version stay. */
    readonly version?: string | undefined;
    readonly chaincodeDirectory: string;
    /** The network as its topology file is now, whose collections it gets; left out: they stay. */
    readonly topology?: Network | undefined;
}

/**
 * Has a running network take the chaincode as it lies in its folder now, as a new version, its topology's collections as
 * they are now, or both: has the services run the code, and then brings the definition onto the channel, so that code which
 * does not start changes none. What the channel has already is left alone. The packages stay: they say where a service is
 * dialled. From then on the network is one of the topology as it is now. Throws BackendError TOPOLOGY_CHANGED_FURTHER, what
 * `renewChaincode` throws, and AdminError.
 */
export async function upgradeNetwork(
    running: RunningNetwork,
    { version, chaincodeDirectory, topology }: NetworkUpgrade,
): Promise<ChaincodeUpgrade> {
    const asked = topology && withCollectionsOf(await askedOf(running), topology);
    const session = await openAdminSession(running);
    const { network, connectionProfiles } = running;
    const backend = findBackend(running.backend);
    try {
        const committed = await readCommittedDefinition(session, network.chaincode.name);
        if (version !== undefined && committed?.version !== version) {
            await backend.renewChaincode(running, chaincodeDirectory);
        }
        const terms = { version, collections: topology?.chaincode.collections };
        const upgrade = await upgradeChaincode(session, terms, backend.packagesOf(network));
        if (asked) {
            const grown = withCollections(network, asked.chaincode.collections);
            await askForPeer(running, { act: 'announce', network: grown, connectionProfiles, asked });
        }
        return upgrade;
    } finally {
        session.close();
    }
}

/** The network with another one's collections; throws TOPOLOGY_CHANGED_FURTHER when that one is not the same otherwise. */
function withCollectionsOf(asked: Network, topology: Network): Network {
    const changed = withCollections(asked, topology.chaincode.collections);
    if (changed.topologyHash === hashTopology(topology)) return changed;
    throw new BackendError({ code: 'TOPOLOGY_CHANGED_FURTHER', network: asked.name, topology: topology.name });
}

function withCollections(network: Network, collections: Network['chaincode']['collections']): Network {
    const changed = { ...network, chaincode: { ...network.chaincode, collections } };
    return { ...changed, topologyHash: hashTopology(changed) };
}
