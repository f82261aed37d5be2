import type { NetworkIdentities } from '../identities/identity';
import type { Network } from '../topology/network-model';
import type { Clock } from './clock';
import type { Reconciliation } from './private-data/reconciler';

/** What an embedded network is made from. */
export interface EmbeddedOptions {
    readonly network: Network;
    readonly identities: NetworkIdentities;
    /** Block 0 of the channel. */
    readonly genesisBlock: Buffer;
    readonly chaincode: EmbeddedChaincode;
    readonly clock: Clock;
    /** 24 random bytes, for the orderer's signature headers. */
    readonly newNonce: () => Buffer;
    /** Receives what is worth telling, line by line. */
    readonly log: (line: string) => void;
    /** Version of this project, for the operations port. */
    readonly version: string;
    /** Left out: all nodes reach each other at once and always. */
    readonly links?: EmbeddedLinks;
    /** Of private data that a peer lacks; embeddedDefaults unless given. */
    readonly reconciliation?: Reconciliation;
}

/** The links between the sites. A site is an organisation, by its id. */
export interface EmbeddedLinks {
    /** Carries a block to a peer: `arrive` is called once its last byte is there, in the order of the blocks. */
    carry(site: string, peer: string, byteCount: number, arrive: () => void): void;
    /** Whether two sites reach each other. */
    areJoined(one: string, other: string): boolean;
    /** Whether the orderer of this site is joined with a majority of the orderers. */
    hasQuorum(site: string): boolean;
    /** Nothing arrives any more. */
    close(): void;
}

/** The chaincode that every organisation runs in a process of its own. */
export interface EmbeddedChaincode {
    /** Folder with the chaincode's package.json. */
    readonly directory: string;
    /** Files for --require in the chaincode's processes; lean-shim-preload.cjs unless others, or none, are given. */
    readonly preloads?: readonly string[];
    /** Fabric: chaincode.executetimeout. */
    readonly executeTimeoutMs?: number;
    /** How long the processes may take from their start to their registration. */
    readonly startTimeoutMs?: number;
}

export const embeddedDefaults = {
    /** Fabric v2.5.16: sampleconfig/core.yaml, chaincode.executetimeout. */
    executeTimeoutMs: 30_000,
    startTimeoutMs: 30_000,
    /** A process that is there answers at once; a lost one is not waited for. */
    dialTimeoutMs: 3_000,
    /** Fabric's interval of a minute suits peers that are far from each other; native peers are given this one, too. */
    reconciliation: { enabled: true, sleepIntervalMs: 5_000 },
} as const;
