import { askForChange, askForPeer } from '../backends/ask-control';
import type { BlocksAt } from '../backends/peer-request';
import type { RunningNetwork } from '../backends/running-network';
import { newConnectionProfile } from '../generate/connection-profile';
import type { NetworkIdentities } from '../identities/identity';
import type { Network } from '../topology/network-model';

/** The process that holds a running network's nodes, as it is asked about its peers. */
export class PeerHost {
    readonly #running: RunningNetwork;
    readonly #identities: NetworkIdentities;

    constructor(running: RunningNetwork, identities: NetworkIdentities) {
        this.#running = running;
        this.#identities = identities;
    }

    /** Starts a peer as the network says, ends its process first when it has one, and waits until it serves. */
    async startPeer(network: Network, name: string, blocksFrom?: BlocksAt): Promise<void> {
        await askForPeer(this.#running, { act: 'start', network, name, blocksFrom });
    }

    /** Starts a chaincode service unless it runs, and waits until it serves. */
    async startChaincode(service: string): Promise<void> {
        await askForChange(this.#running, 'start', service);
    }

    /** Ends a peer's process, if it still runs; it is held no more, and its files stay. */
    async dropPeer(name: string): Promise<void> {
        await askForPeer(this.#running, { act: 'drop', name });
    }

    /** The same, and deletes its configuration and its ledger. */
    async removePeer(name: string): Promise<void> {
        await askForPeer(this.#running, { act: 'remove', name });
    }

    /** From now on this is the network: for whoever looks it up, for clients that connect, and after it was down. */
    async announce(network: Network): Promise<void> {
        const profiles = network.organizations.map(
            ({ mspId }) => [mspId, newConnectionProfile(network, mspId, this.#identities)] as const,
        );
        const connectionProfiles = Object.fromEntries(profiles);
        await askForPeer(this.#running, { act: 'announce', network, connectionProfiles });
    }
}
