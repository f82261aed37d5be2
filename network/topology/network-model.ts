/**
 * What a network is, complete: the value that every other folder reads. Made by `resolveTopology` from a topology file
 * and the grid it names; nothing in it is optional, except
 * the line of a terminal that measures no line, and the endorsement policy of a collection that has none of its own.
 */

/** What a node may use of its machine. The Docker back end sets it as a limit; the others report it. */
export interface NodeResources {
    /** Cores, a fraction allowed. */
    readonly cpus: number;
    /** Mebibytes. */
    readonly memoryMb: number;
}

export interface OrdererNode {
    /** DNS name in the certificates, e.g. `orderer.dispatch.feeder.example`. */
    readonly name: string;
    /** Where it is reached; 127.0.0.1 on loopback. */
    readonly host: string;
    readonly port: number;
    /** Channel participation API. */
    readonly adminPort: number;
    /** Health, metrics, log level. */
    readonly operationsPort: number;
    readonly resources: NodeResources;
}

export interface PeerNode {
    /** DNS name in the certificates, e.g. `peer0.dispatch.feeder.example`. */
    readonly name: string;
    readonly host: string;
    readonly port: number;
    /** Where a real peer listens for chaincode that dials in; chaincode as a service leaves it idle. */
    readonly chaincodePort: number;
    readonly operationsPort: number;
    readonly role: 'endorser' | 'committer' | 'backup';
    readonly resources: NodeResources;
}

/** The organisation's own chaincode process (chaincode as a service), which its peers dial. */
export interface ChaincodeService {
    /** e.g. `chaincode.dispatch.feeder.example` */
    readonly name: string;
    readonly host: string;
    readonly port: number;
    readonly resources: NodeResources;
}

export interface Organization {
    /** dispatch, primary, switching, … */
    readonly id: string;
    /** e.g. `DispatchMSP` */
    readonly mspId: string;
    /** e.g. `dispatch.feeder.example` */
    readonly domain: string;
    readonly displayName: string;
    readonly role: 'dispatch' | 'substation';
    /** Name of the medium between its nodes and those of the others. */
    readonly uplink: string;
    readonly orderer: OrdererNode;
    /** At least one; the first is the anchor peer. */
    readonly peers: readonly PeerNode[];
    readonly chaincodeService: ChaincodeService;
}

/**
 * An access medium: what lies between a terminal and every node it talks to; or a site's uplink, which lies between its
 * nodes and what joins the sites.
 */
export interface Medium {
    /** fibre-ethernet, epon, 5g, 4g, lte-230, … */
    readonly name: string;
    /** One way. */
    readonly latencyMs: number;
    /** Largest deviation of the one-way latency, either way. */
    readonly jitterMs: number;
    /** Share of TCP segments lost, 0 to 1. */
    readonly lossRate: number;
    /** Terminals to network, of the whole medium (all its terminals share it). */
    readonly uplinkKbps: number;
    /** Network to terminals, of the whole medium. */
    readonly downlinkKbps: number;
    /** How far a reading's time may lie ahead of or behind the proposal's. */
    readonly clockToleranceMs: number;
    /** Client's deadline for an endorsement or a query. */
    readonly requestTimeoutMs: number;
    /** Client's deadline from ordering to the commit event. */
    readonly commitTimeoutMs: number;
    readonly gatewayHolders: 'every-terminal' | 'concentrators';
    /** Where the figures come from, with their grade. */
    readonly origin: string;
}

/** When the ordering service cuts a block: whichever comes first. */
export interface BlockCutting {
    /** Fabric: BatchTimeout. */
    readonly timeoutMs: number;
    /** Fabric: BatchSize.MaxMessageCount. */
    readonly maxMessageCount: number;
    /** Fabric: BatchSize.PreferredMaxBytes. */
    readonly preferredMaxBytes: number;
    /** Fabric: BatchSize.AbsoluteMaxBytes. */
    readonly absoluteMaxBytes: number;
}

export interface Channel {
    readonly name: string;
    readonly blockCutting: BlockCutting;
    /** Default of the channel, in Fabric's policy language, e.g. `OutOf(2, 'DispatchMSP.peer', …)`. */
    readonly endorsementPolicy: string;
}

export interface ChaincodeDefinition {
    readonly name: string;
    readonly version: string;
    readonly sequence: number;
    /** Label of the package, e.g. `feeder_0.1.0`. */
    readonly label: string;
    /** In Fabric's policy language. */
    readonly endorsementPolicy: string;
    readonly collections: readonly CollectionDefinition[];
}

/** A collection of private data: what its members alone hold. */
export interface CollectionDefinition {
    readonly name: string;
    /** MSP ids whose peers hold the data and whose clients may read and write them. */
    readonly members: readonly string[];
    /** Member peers, beside itself, to which an endorser must hand the data. */
    readonly requiredPeerCount: number;
    /** Member peers to which it hands them at most. */
    readonly maximumPeerCount: number;
    /** Blocks after which members forget the data; 0 keeps them. */
    readonly blockToLive: number;
    readonly memberOnlyRead: boolean;
    readonly memberOnlyWrite: boolean;
    /** Of what is written into it, in Fabric's policy language; absent where the chaincode's own counts. */
    readonly endorsementPolicy?: string;
}

/** Feeder terminal unit, distribution (station) terminal unit, transformer terminal unit. */
export type TerminalKind = 'FTU' | 'DTU' | 'TTU';

export interface Terminal {
    /** e.g. `DTU-B004` */
    readonly id: string;
    readonly kind: TerminalKind;
    /** The organisation whose CA issues its certificate and whose operator confirms it. */
    readonly mspId: string;
    /** The place it stands at: a substation's or a bus's name. */
    readonly site: string;
    readonly feeder: string;
    /** Bus number in the grid data. */
    readonly bus: string;
    /** Line number in the grid data whose current it measures; absent where no line meets the bus. */
    readonly line?: string;
    /** Name of a medium of the network. */
    readonly medium: string;
    /** May report for others. */
    readonly isConcentrator: boolean;
    /** Ids of the terminals that may report for it; of its own medium, never itself. */
    readonly concentrators: readonly string[];
}

/** MSP ids that may hold each role. */
export interface RoleHolders {
    readonly operator: readonly string[];
    readonly dispatcher: readonly string[];
    readonly supervisor: readonly string[];
}

export interface Limits {
    /** Switch displacement to the main station. */
    readonly displacementMs: number;
    /** Displacements a second in the round that it is judged on. */
    readonly displacementRateTps: number;
    /** Remote control, from order to completion. */
    readonly remoteControlMs: number;
    /** Remote controls a second in the round that it is judged on. */
    readonly remoteControlRateTps: number;
}

export interface GridSource {
    /** Folder of the grid's CSV files, from the project's root, e.g. `data/simbench/mv-urban`. */
    readonly folder: string;
    readonly description: string;
}

/** One Caliper worker: it speaks for one medium. */
export interface WorkerMedium {
    readonly medium: string;
}

export interface Network {
    /** wired, wireless, … */
    readonly name: string;
    readonly title: string;
    /** Exactly one has the role `dispatch`. */
    readonly organizations: readonly Organization[];
    readonly channel: Channel;
    readonly chaincode: ChaincodeDefinition;
    readonly media: readonly Medium[];
    readonly terminals: readonly Terminal[];
    readonly roleHolders: RoleHolders;
    readonly limits: Limits;
    readonly grid: GridSource;
    readonly seed: number;
    /** One entry for each Caliper worker, in order. */
    readonly workers: readonly WorkerMedium[];
    /** SHA-256, hexadecimal, of the network in canonical JSON without this field and without hosts and ports. */
    readonly topologyHash: string;
}
