import { readFileSync } from 'node:fs';
import { isHealthy } from '../../admin/read-operations';
import { requireFreePort } from '../../embedded/services/node-server';
import { serviceNames } from '../../generate/compose-names';
import { readIdentities } from '../../identities/identity-store';
import type { Network } from '../../topology/network-model';
import { setUpChannel } from '../set-up-channel';
import type { HeldNetwork } from '../run-network-process';
import { runFiles } from '../running-network';
import { waitUntil } from '../wait-until';
import { answersTls } from './answers-tls';
import { changeContainer } from './change-container';
import { ComposeProject } from './compose-project';
import { dockerPackages, writeDockerFiles } from './docker-files';
import type { DockerStart } from './docker-start';
import { whyContainerEnded } from './why-container-ended';

/** How long any one step may take. */
const stepDeadlineMs = 90_000;
const askIntervalMs = 250;

/**
 * Starts the containers of a new network, has orderers and peers join the channel and deploys the chaincode. What an
 * earlier network of that name left is removed first. Throws ServiceError PORT_IN_USE, DockerError, BackendError
 * NODE_ENDED and WAITED_TOO_LONG, AdminError; then, and when it is interrupted, nothing stays.
 */
export async function startDockerNetwork(
    order: DockerStart,
    log: (line: string) => void,
    interruption: AbortSignal,
): Promise<HeldNetwork> {
    const { network, runDirectory, identitiesDirectory, programs } = order;
    const project = new ComposeProject(network, runDirectory, programs);
    const place = runFiles.docker(runDirectory);
    await writeDockerFiles(network, place);
    await project.down();
    await Promise.all(listPublished(network).map(requireFreePort));
    const [first] = network.organizations;
    try {
        if (first) await project.build(serviceNames.chaincode(first), interruption);
        await project.up([], interruption);
        log('every container is started');
        await waitForNodes(network, project, interruption);
        log('every node serves');
        await setUpChannel({
            network,
            identities: await readIdentities(identitiesDirectory),
            genesisBlock: readFileSync(runFiles.genesisBlock(place)),
            packages: dockerPackages(network),
            stepDeadlineMs,
            log,
        });
        interruption.throwIfAborted();
        log('the network is up');
    } catch (error) {
        await project.down();
        throw error;
    }
    const stopped = new Set<string>();
    // The containers are Docker's: nothing else keeps this process, whom one asks to change a node.
    const staying = setInterval(() => undefined, stepDeadlineMs);
    return {
        chaincodePids: [],
        docker: programs,
        startedAtMs: Date.now(),
        get stoppedNodes() {
            return [...stopped];
        },
        control: {
            change: async (act, node) => {
                const change = await changeContainer(project, network, act, node);
                if (act === 'start') stopped.delete(node);
                else stopped.add(node);
                log(`${node}: ${act}${change.changed ? '' : ', which it was already'}`);
                return change;
            },
        },
        stop: async () => {
            clearInterval(staying);
            await project.down();
        },
    };
}

async function waitForNodes(network: Network, project: ComposeProject, interruption: AbortSignal): Promise<void> {
    const chaincodes = network.organizations.map(serviceNames.chaincode);
    await waitUntil(
        async () => {
            interruption.throwIfAborted();
            const ended = await whyContainerEnded(project, () => true);
            if (ended) throw ended;
            return (await areServing(network)) && (await project.areHealthy(chaincodes));
        },
        { deadlineMs: stepDeadlineMs, forWhat: 'every container to serve', intervalMs: askIntervalMs },
    );
}

async function areServing({ organizations }: Network): Promise<boolean> {
    const nodes = organizations.flatMap(({ orderer, peers }) => [
        { node: orderer, ports: [orderer.port, orderer.adminPort] },
        ...peers.map((peer) => ({ node: peer, ports: [peer.port] })),
    ]);
    const serving = await Promise.all(
        nodes.map(async ({ node, ports }) => {
            const open = await Promise.all(ports.map((port) => answersTls(node.host, port)));
            return open.every(Boolean) && (await isHealthy(node));
        }),
    );
    return serving.every(Boolean);
}

/** What Docker is going to publish on this machine. */
function listPublished({ organizations }: Network): { name: string; host: string; port: number }[] {
    return organizations.flatMap(({ orderer, peers }) => [
        ...[orderer.port, orderer.adminPort, orderer.operationsPort].map((port) => ({ ...orderer, port })),
        ...peers.flatMap((peer) => [peer.port, peer.operationsPort].map((port) => ({ ...peer, port }))),
    ]);
}
