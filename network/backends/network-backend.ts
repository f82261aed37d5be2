import type { PackagesByOrganization } from '../admin/deploy-chaincode';
import type { LinkStatus } from '../links/site-links';
import type { Network, PeerNode } from '../topology/network-model';
import type { BackendError } from './backend-errors';
import type { BackendName, RunningNetwork } from './running-network';

/** What can be started beside a network, to look at it. */
export const observers = ['explorer', 'monitoring'] as const;
export type Observer = (typeof observers)[number];

/** How a network is started. */
export interface StartOptions {
    /** Where its files go: keys, log, what runs. */
    readonly runDirectory: string;
    /** Folder with the chaincode's package.json. */
    readonly chaincodeDirectory: string;
    /** The environment of this process; the network is given it without proxies. */
    readonly environment: NodeJS.ProcessEnv;
    readonly now: Date;
    /**
     * Begin anew: what an earlier network left in the run directory is deleted. Otherwise a network whose ledgers lie
     * there is resumed, and what of its start was done already is found and not repeated.
     */
    readonly fresh?: boolean;
    /** The network ends with the process that started it, however that ends; otherwise it outlives it until stopped. */
    readonly endsWithStarter?: boolean;
    /** What the caller can do while the network's processes start, such as loading its client. */
    readonly meanwhile?: () => void;
    /** Model the links between the sites, so that they can be cut. Otherwise nodes reach each other at once. */
    readonly links?: boolean;
    /** How long the start may take. */
    readonly deadlineMs?: number;
}

/** One way to run a network. */
export interface NetworkBackend {
    readonly name: BackendName;
    /** Brings the network up, or throws BackendError and leaves nothing running. */
    start(network: Network, options: StartOptions): Promise<RunningNetwork>;
    /** Takes it down; nothing of it stays running. Does nothing when it is down. */
    stop(running: RunningNetwork): Promise<void>;
    /** NETWORK_ENDED with its last log lines when it ended by itself; undefined while it runs. */
    whyEnded(running: RunningNetwork): Promise<BackendError | undefined>;
    /** How it is; throws NETWORK_NOT_UP when it does not answer. */
    status(running: RunningNetwork): Promise<NetworkStatus>;
    /**
     * Stops, kills or starts one node and waits until that is done. Throws NODE_UNKNOWN, NODE_NOT_CHANGED, NODE_ENDED
     * for one that does not start, NOT_ON_EMBEDDED.
     */
    change(running: RunningNetwork, act: NodeAct, node: string): Promise<NodeChange>;
    /**
     * Has the chaincode services run the code as it lies in its folder now, one after the other. Throws
     * CHAINCODE_NOT_BUILT, DOCKER_REFUSED, NODE_NOT_CHANGED, NODE_ENDED for one that does not start.
     */
    renewChaincode(running: RunningNetwork, chaincodeDirectory: string): Promise<void>;
    /** The packages of a network that this back end started: they say where peers dial their chaincode service. */
    packagesOf(network: Network): PackagesByOrganization;
    /** Starts what looks at a network that is up; only where nodes are containers. */
    startBeside?(running: RunningNetwork, observers: readonly Observer[]): Promise<void>;
    /** The file that the node writes its log to. Throws NODE_UNKNOWN, NOT_ON_EMBEDDED, LOG_KEPT_BY_DOCKER. */
    logOf(running: Pick<RunningNetwork, 'network' | 'runDirectory'>, node: string): string;
}

/** What can be done to one node: `stop` lets it end in order, `kill` does not. */
export type NodeAct = 'start' | 'stop' | 'kill';

export interface NodeChange {
    /** Its full name. */
    readonly node: string;
    /** False: it was so already. */
    readonly changed: boolean;
    /** Of a node that was started as a process of its own. */
    readonly pid?: number;
}

export interface NetworkStatus {
    /** Where the ledgers are: `memory` and Docker's `volumes` end with the network. */
    readonly stateIn: 'memory' | 'disk' | 'volumes';
    readonly startedAtMs: number;
    readonly memoryMb: number;
    /** CPU of the network's processes since their start. */
    readonly cpuMs: number;
    readonly nodes: readonly NodeStatus[];
    /** The chaincode services, where each is a process that can be looked at. */
    readonly chaincodes?: readonly ProcessStatus[];
    /** Of each site, where they are modelled. */
    readonly links?: readonly LinkStatus[];
}

/** `stopped`: on purpose. `ended`: by itself. */
export type NodeState = 'up' | 'stopped' | 'ended';

/** One process of the network. */
export interface ProcessStatus {
    readonly name: string;
    /** host:port */
    readonly endpoint: string;
    readonly state: NodeState;
    /** Where the node is a process of its own. */
    readonly pid?: number;
    /** Resident memory. */
    readonly memoryMb?: number;
    /** Since the process's start. */
    readonly cpuMs?: number;
    /** The last line that an ended one logged. */
    readonly lastLine?: string;
}

export interface NodeStatus extends ProcessStatus {
    readonly kind: 'orderer' | 'peer';
    readonly role: 'orderer' | PeerNode['role'];
    /** Of an orderer that runs Raft and answers. */
    readonly raft?: 'leader' | 'follower';
    /** Number of blocks; undefined when the node does not answer. */
    readonly height: number | undefined;
    /** Connections accepted since the start; undefined where nodes do not tell. */
    readonly acceptedConnections: number | undefined;
    readonly hasChaincode: boolean;
}
