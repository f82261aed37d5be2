import { renameSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ConnectionProfile } from '../generate/connection-profile';
import type { Network } from '../topology/network-model';
import type { DockerPrograms } from './docker/docker-programs';
import { hasErrorCode } from './has-error-code';

export type BackendName = 'embedded' | 'native' | 'docker' | 'profile';

/** A network that is up: what clients may know of it. Stands in `<runDirectory>/network.json` while it is up. */
export interface RunningNetwork {
    readonly backend: BackendName;
    readonly network: Network;
    readonly runDirectory: string;
    /** Where `readIdentities` finds everybody's keys and certificates. */
    readonly identitiesDirectory: string;
    /** By MSP id, for fabric-network with discovery. */
    readonly connectionProfiles: Readonly<Record<string, ConnectionProfile>>;
    readonly networkPid: number;
    readonly chaincodePids: readonly number[];
    /** By node name, chaincode services among them, where each node is a process of its own; of those that run. */
    readonly nodePids?: Readonly<Record<string, number>>;
    /** Nodes that were stopped or killed on purpose. */
    readonly stoppedNodes?: readonly string[];
    /** Those of them that were killed, which is a failure that somebody plays. */
    readonly killedNodes?: readonly string[];
    /** Where the network's process is told what to do with one node; see control-server.ts. */
    readonly control?: ControlPlace;
    /** Of a network in containers: by what it was started, and is spoken to. Its nodes advertise names of their own. */
    readonly docker?: DockerPrograms;
    /** The links between the sites are modelled, and can be cut. */
    readonly links?: boolean;
    /** The nodes' advertised names stand for ports of this machine. */
    readonly asLocalhost?: boolean;
    /** Epoch milliseconds. */
    readonly startedAtMs: number;
}

/** A port of the loopback, and what whoever asks there must know. */
export interface ControlPlace {
    readonly port: number;
    readonly token: string;
}

/** Files of a run directory. */
export const runFiles = {
    running: (runDirectory: string): string => join(runDirectory, 'network.json'),
    log: (runDirectory: string): string => join(runDirectory, 'network.log'),
    lock: (runDirectory: string): string => join(runDirectory, 'network.lock'),
    kept: (runDirectory: string): string => join(runDirectory, 'kept.json'),
    /** What an embedded network is given, apart from what another back end keeps. */
    embedded: (runDirectory: string): string => join(runDirectory, 'embedded'),
    /** What a Docker network is given, likewise. */
    docker: (runDirectory: string): string => join(runDirectory, 'docker'),
    genesisBlock: (runDirectory: string): string => join(runDirectory, 'genesis.block'),
    /** Log of a node that is a process of its own. */
    nodeLog: (runDirectory: string, node: string): string => join(runDirectory, 'logs', `${node}.log`),
    identities: (runDirectory: string): string => join(runDirectory, 'identities'),
} as const;

/** Block 0 of a network that is up: it lies beside the identities. */
export function genesisBlockFileOf({ identitiesDirectory }: Pick<RunningNetwork, 'identitiesDirectory'>): string {
    return runFiles.genesisBlock(dirname(identitiesDirectory));
}

/**
 * The network that is up in this run directory; undefined when there is none, or its process has ended. Containers outlive
 * the process that holds them, and are up until they are taken down.
 */
export async function findRunningNetwork(runDirectory: string): Promise<RunningNetwork | undefined> {
    const running = await readJson<RunningNetwork>(runFiles.running(runDirectory));
    return running && (running.docker || isProcessAlive(running.networkPid)) ? running : undefined;
}

/** The record of a network as it is now: since it was read, nodes may have been stopped and started. */
export async function refreshRunningNetwork(running: RunningNetwork): Promise<RunningNetwork> {
    const now = await readJson<RunningNetwork>(runFiles.running(running.runDirectory));
    return now?.networkPid === running.networkPid ? now : running;
}

/** Written whole or not at all, for its owner alone: it holds the token of the network's process. */
export function writeRunningNetwork(running: RunningNetwork): void {
    const file = runFiles.running(running.runDirectory);
    writeFileSync(`${file}.new`, JSON.stringify(running), { mode: 0o600 });
    renameSync(`${file}.new`, file);
}

/** Whether a process of that id exists (it may be another one than was meant, when the id was given again). */
export function isProcessAlive(pid: number): boolean {
    try {
        process.kill(pid, 0);
        return true;
    } catch (error) {
        return hasErrorCode(error, 'EPERM');
    }
}

/** What this project wrote itself and reads back; undefined when the file is not there. */
async function readJson<T>(file: string): Promise<T | undefined> {
    try {
        return JSON.parse(await readFile(file, 'utf8')) as T;
    } catch (error) {
        if (hasErrorCode(error, 'ENOENT')) return undefined;
        throw error;
    }
}
