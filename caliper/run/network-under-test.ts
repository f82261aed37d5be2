import type { ChangeNode } from '../../network/backends/kill-organization';
import type { ReachableNetwork } from '../../network/client/connect-gateway';
import type { ClientIdentities } from '../../network/identities/identity';
import type { Network } from '../../network/topology/network-model';
import type { ObserveNetwork } from './watch-network';

/** A network that is up, whoever started it, as far as a benchmark needs to know it. */
export interface NetworkUnderTest extends ReachableNetwork {
    readonly backend: 'embedded' | 'native' | 'docker' | 'profile';
    readonly network: Network;
    readonly identities: ClientIdentities;
    /** The nodes' advertised names are not reachable from here, but their ports on this machine are. */
    readonly asLocalhost: boolean;
    /** `host:port` of every node that a client dials. */
    readonly nodes: readonly string[];
    /** Every node is on this machine, so the media can be put between. */
    readonly emulateLinks: boolean;
    readonly observe: ObserveNetwork;
    /** What a network that ended by itself died of; undefined while it runs, or where nobody can tell. */
    readonly whyEnded: () => Promise<Error | undefined>;
    /** Stops, kills and starts single nodes; undefined where they belong to somebody else. */
    readonly changeNode?: ChangeNode;
    /** Name of the orderer that leads Raft; undefined where none runs it, or nobody can tell. */
    readonly raftLeader: () => Promise<string | undefined>;
    stop(): Promise<void>;
}

export type StartNetwork = (network: Network, directory: string) => Promise<NetworkUnderTest>;
