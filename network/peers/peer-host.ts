import type { Network } from '../topology/network-model';

/** Where a peer is to fetch blocks in place of the orderers; its certificate is the peer's own organisation's. */
export interface BlocksAt {
    readonly host: string;
    readonly port: number;
}

/** Whoever holds the processes of a running network's nodes. */
export interface PeerHost {
    /** Starts a peer as the network says, or ends its process first when it has one, and waits until it serves. */
    startPeer(network: Network, name: string, blocksFrom?: BlocksAt): Promise<void>;
    /** Starts an organisation's chaincode service unless it runs, and waits until it serves. */
    startChaincode(network: Network, mspId: string): Promise<void>;
    /** Ends a peer's process, if it still runs, and holds it no more; its files stay. */
    dropPeer(name: string): Promise<void>;
    /** The same, and deletes its configuration and its ledger. */
    removePeer(name: string): Promise<void>;
    /** From now on this is the network: for whoever looks it up, and for clients that connect. */
    announce(network: Network): Promise<void>;
}
