import type { Network } from '../topology/network-model';
import type { RunningNetwork } from './running-network';

/** Where a peer is to fetch blocks in place of the orderers, with TLS by its own organisation's authority. */
export interface BlocksAt {
    readonly host: string;
    readonly port: number;
}

/** What the process of a network is asked to do with a peer of it. */
export type PeerAct =
    | {
          /** Start it as the network says; end its process first when it has one; wait until it serves. */
          readonly act: 'start';
          readonly network: Network;
          readonly name: string;
          readonly blocksFrom?: BlocksAt | undefined;
      }
    /** End its process, if it still runs, and hold it no more; its files stay. */
    | { readonly act: 'drop'; readonly name: string }
    /** The same, and delete its configuration and its ledger. */
    | { readonly act: 'remove'; readonly name: string };

/** That this is the network from now on. */
export interface Announcement extends Pick<RunningNetwork, 'network' | 'connectionProfiles'> {
    readonly act: 'announce';
    /** The network as its topology file gives it now; left out where that is as it was. */
    readonly asked?: Network | undefined;
}

/** What it can be asked of its peers: an act, or to tell everybody of a changed network. */
export type PeerRequest = PeerAct | Announcement;
