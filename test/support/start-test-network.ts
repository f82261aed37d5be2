import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedBackend } from '../../network/backends/embedded-backend';
import type { RunningNetwork } from '../../network/backends/running-network';
import type { NetworkIdentities } from '../../network/identities/identity';
import { readIdentities } from '../../network/identities/identity-store';
import type { Network } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';

export interface TestNetwork {
    readonly running: RunningNetwork;
    readonly identities: NetworkIdentities;
    stop(): Promise<void>;
}

/** An embedded network with the project's chaincode, in a folder of its own; it ends with the test's process at the latest. */
export async function startTestNetwork(network: Network): Promise<TestNetwork> {
    const runDirectory = await mkdtemp(join(tmpdir(), 'test-network-'));
    const running = await embeddedBackend.start(network, {
        runDirectory,
        chaincodeDirectory: join(projectRoot, 'chaincode'),
        environment: process.env,
        now: new Date(),
        endsWithStarter: true,
    });
    return {
        running,
        identities: await readIdentities(running.identitiesDirectory),
        stop: async () => {
            await embeddedBackend.stop(running);
            await rm(runDirectory, { recursive: true, force: true });
        },
    };
}
