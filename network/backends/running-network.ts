import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConnectionProfile } from '../generate/connection-profile';
import type { Network } from '../topology/network-model';
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
    /** By node name, where each node is a process of its own. */
    readonly nodePids?: Readonly<Record<string, number>>;
    /** Epoch milliseconds. */
    readonly startedAtMs: number;
}

/** Files of a run directory. */
export const runFiles = {
    running: (runDirectory: string): string => join(runDirectory, 'network.json'),
    log: (runDirectory: string): string => join(runDirectory, 'network.log'),
    lock: (runDirectory: string): string => join(runDirectory, 'network.lock'),
    start: (runDirectory: string): string => join(runDirectory, 'start.json'),
    genesisBlock: (runDirectory: string): string => join(runDirectory, 'genesis.block'),
    /** Log of a node that is a process of its own. */
    nodeLog: (runDirectory: string, node: string): string => join(runDirectory, 'logs', `${node}.log`),
    identities: (runDirectory: string): string => join(runDirectory, 'identities'),
} as const;

/** The network that is up in this run directory; undefined when there is none, or its process has ended. */
export async function findRunningNetwork(runDirectory: string): Promise<RunningNetwork | undefined> {
    const running = await readJson<RunningNetwork>(runFiles.running(runDirectory));
    return running && isProcessAlive(running.networkPid) ? running : undefined;
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
