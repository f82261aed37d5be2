import type { Identity } from '../../network/identities/identity';
import type { BackEnd } from '../support/back-ends';

/** A node of the network under test. */
export interface ConformanceNode {
    readonly name: string;
    readonly mspId: string;
    /** host:port */
    readonly endpoint: string;
    readonly tlsRootPem: string;
}

/**
 * A Fabric network as the suites see it, whoever runs it: channel `grid`, chaincode `basic` (chaincodes/crud), three
 * organisations DispatchMSP, NorthMSP and SouthMSP with one orderer and one peer each, two of three endorse, blocks of
 * ten transactions or 200 ms. The recorded answers of a real network have the same names.
 */
export interface ConformanceNetwork {
    readonly backEnd: BackEnd['name'];
    /** The first is DispatchMSP's, as in every list here. */
    readonly peers: readonly ConformanceNode[];
    readonly orderers: readonly ConformanceNode[];
    readonly clients: {
        /** An ordinary client of the organisation. */
        member(mspId: string): Identity;
        admin(mspId: string): Identity;
        /** A client of DispatchMSP whose certificate has expired. */
        readonly expired: Identity;
        /** A client of an organisation that is not on the channel. */
        readonly outsider: Identity;
    };
    connectionProfile(mspId: string): object;
    /** Stops the peer of an organisation, or starts it again; done when it serves no more, or serves. */
    changePeer(act: 'stop' | 'start', mspId: string): Promise<void>;
    /** What can be done to a network that runs in this process; absent where it does not. */
    readonly harm?: {
        /** Changes a value behind the ledger's back. */
        corruptState(peerName: string, key: string, value: string): void;
        /** Breaks a peer's chaincode stream and keeps it broken until `restoreChaincode`. */
        stopChaincode(peerName: string): void;
        restoreChaincode(peerName: string): void;
        /** Breaks the stream once. */
        dropChaincode(peerName: string): void;
    };
    stop(): Promise<void>;
}

export const channelId = 'grid';
export const chaincodeName = 'basic';
export const mspIds = ['DispatchMSP', 'NorthMSP', 'SouthMSP'] as const;
