import type { Network } from '../topology/network-model';
import type { BackendError } from './backend-errors';
import type { BackendName, RunningNetwork } from './running-network';

/** How a network is started. */
export interface StartOptions {
    /** Where its files go: keys, log, what runs. */
    readonly runDirectory: string;
    /** Folder with the chaincode's package.json. */
    readonly chaincodeDirectory: string;
    /** The environment of this process; the network is given it without proxies. */
    readonly environment: NodeJS.ProcessEnv;
    readonly now: Date;
    /** The network ends with the process that started it, however that ends; otherwise it outlives it until stopped. */
    readonly endsWithStarter?: boolean;
    /** What the caller can do while the network's processes start, such as loading its client. */
    readonly meanwhile?: () => void;
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
}

export interface NetworkStatus {
    /** Where the ledgers are: `memory` ends with the network. */
    readonly stateIn: 'memory' | 'disk';
    readonly startedAtMs: number;
    readonly memoryMb: number;
    /** CPU of the network's processes since their start. */
    readonly cpuMs: number;
    readonly nodes: readonly NodeStatus[];
}

export interface NodeStatus {
    readonly name: string;
    readonly kind: 'orderer' | 'peer';
    /** host:port */
    readonly endpoint: string;
    /** Number of blocks; undefined when the node does not answer. */
    readonly height: number | undefined;
    /** Connections accepted since the start; undefined where nodes do not tell. */
    readonly acceptedConnections: number | undefined;
    readonly hasChaincode: boolean;
}
