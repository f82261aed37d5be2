import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunningNetwork } from '../../network/backends/running-network';
import type { NetworkIdentities } from '../../network/identities/identity';
import { readIdentities } from '../../network/identities/identity-store';
import type { Network } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';
import { embedded } from './back-ends';
import type { BackEnd } from './back-ends';

export interface TestNetwork {
    readonly running: RunningNetwork;
    readonly identities: NetworkIdentities;
    stop(): Promise<void>;
}

export interface TestNetworkOptions {
    /** The embedded network when left out. */
    readonly backEnd?: BackEnd;
    /** The project's own when left out. */
    readonly chaincodeDirectory?: string;
}

/** A network in a folder of its own; it ends with the test's process at the latest. */
export async function startTestNetwork(
    network: Network,
    { backEnd = embedded, chaincodeDirectory = join(projectRoot, 'chaincode') }: TestNetworkOptions = {},
): Promise<TestNetwork> {
    const { backend } = backEnd;
    const runDirectory = await mkdtemp(join(tmpdir(), 'test-network-'));
    const running = await backend.start(network, {
        runDirectory,
        chaincodeDirectory,
        environment: process.env,
        now: new Date(),
        endsWithStarter: true,
    });
    return {
        running,
        identities: await readIdentities(running.identitiesDirectory),
        stop: async () => {
            await backend.stop(running);
            await rm(runDirectory, { recursive: true, force: true });
        },
    };
}
