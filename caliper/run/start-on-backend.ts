import { join } from 'node:path';
import type { NetworkBackend } from '../../network/backends/network-backend';
import type { RunningNetwork } from '../../network/backends/running-network';
import { readClients } from '../../network/identities/identity-store';
import type { Network } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';
import type { NetworkUnderTest, StartNetwork } from './network-under-test';
import type { NetworkObservation } from './watch-network';

/** How a benchmark brings its networks up on a back end: new ones, which end with the benchmark however that ends. */
export function startOnBackend(backend: NetworkBackend, environment: NodeJS.ProcessEnv): StartNetwork {
    return async (network, runDirectory) => {
        const chaincodeDirectory = join(projectRoot, 'chaincode');
        const running = await backend.start(network, {
            runDirectory,
            chaincodeDirectory,
            environment,
            now: new Date(),
            fresh: true,
            endsWithStarter: true,
        });
        return newNetworkUnderTest(backend, running);
    };
}

async function newNetworkUnderTest(backend: NetworkBackend, running: RunningNetwork): Promise<NetworkUnderTest> {
    const { network, connectionProfiles } = running;
    return {
        backend: running.backend,
        network,
        connectionProfiles,
        identities: await readClients(running.identitiesDirectory),
        asLocalhost: running.asLocalhost ?? running.docker !== undefined,
        nodes: nodeAddresses(network),
        emulateLinks: true,
        observe: () => observe(backend, running),
        whyEnded: () => backend.whyEnded(running),
        changeNode: (act, node) => backend.change(running, act, node),
        raftLeader: async () => (await backend.status(running)).nodes.find(({ raft }) => raft === 'leader')?.name,
        stop: () => backend.stop(running),
    };
}

/** `host:port` of every node that a client dials. */
function nodeAddresses({ organizations }: Network): string[] {
    return organizations.flatMap(({ orderer, peers }) =>
        [orderer, ...peers].map(({ host, port }) => `${host}:${port}`),
    );
}

async function observe(backend: NetworkBackend, running: RunningNetwork): Promise<NetworkObservation> {
    const { memoryMb, nodes } = await backend.status(running);
    const counts = new Map<string, number>();
    for (const { endpoint, acceptedConnections } of nodes) {
        if (acceptedConnections !== undefined) counts.set(endpoint, acceptedConnections);
    }
    return { memoryMb, acceptedConnections: counts.size > 0 ? counts : undefined };
}
