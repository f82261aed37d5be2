import { randomBytes } from 'node:crypto';
import { AdminSession } from '../admin/admin-session';
import { waitForDiscovery, waitForLeader } from '../admin/channel-readiness';
import { deployChaincode } from '../admin/deploy-chaincode';
import type { PackagesByOrganization } from '../admin/deploy-chaincode';
import { joinOrderer } from '../admin/join-orderer';
import { joinPeersInTurn } from '../admin/join-peer';
import type { NetworkIdentities } from '../identities/identity';
import type { Network } from '../topology/network-model';
import { waitUntil } from './wait-until';

export interface ChannelSetup {
    /** As administrators reach its nodes from here. */
    readonly network: Network;
    readonly identities: NetworkIdentities;
    readonly genesisBlock: Buffer;
    readonly packages: PackagesByOrganization;
    /** How long any one step may take. */
    readonly stepDeadlineMs: number;
    readonly log: (line: string) => void;
}

/**
 * Has serving orderers and peers of any real Fabric network join the channel and deploys the chaincode, until discovery
 * tells clients whom to ask. What is done already is left alone. Throws AdminError, BackendError WAITED_TOO_LONG.
 */
export async function setUpChannel(setup: ChannelSetup): Promise<void> {
    const { network, identities, genesisBlock, packages, stepDeadlineMs, log } = setup;
    const session = new AdminSession({
        network,
        identities,
        waitUntil,
        nowMs: () => Date.now(),
        newNonce: () => randomBytes(24),
        deadlineMs: stepDeadlineMs,
    });
    try {
        await Promise.all([
            ...network.organizations.map((organization) => joinOrderer(session, organization, genesisBlock)),
            joinPeersInTurn(session, genesisBlock),
        ]);
        await waitForLeader(session);
        log('every node has joined, the orderers have a leader');
        await deployChaincode(session, network.chaincode, packages);
        log('the chaincode is committed');
        await waitForDiscovery(session);
    } finally {
        session.close();
    }
}
