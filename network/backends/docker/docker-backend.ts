import { join } from 'node:path';
import { insideDocker, outsideDocker, serviceNames, serviceOfNode } from '../../generate/compose-names';
import { LinksError } from '../../links/links-errors';
import type { Network } from '../../topology/network-model';
import { askForChange } from '../ask-control';
import type { BackendError } from '../backend-errors';
import { findNode } from '../find-node';
import type { NetworkBackend, NodeAct, NodeChange, Observer, StartOptions } from '../network-backend';
import { nearRaft } from '../near-raft';
import { startInProcess, stopNetworkProcess, whyProcessEnded } from '../network-process';
import { prepareNetwork } from '../prepare-network';
import { findRunningNetwork, isProcessAlive, refreshRunningNetwork, runFiles } from '../running-network';
import type { RunningNetwork } from '../running-network';
import { ComposeProject } from './compose-project';
import { DockerError } from './docker-errors';
import { dockerPackages } from './docker-files';
import { findDocker } from './docker-programs';
import type { DockerStart } from './docker-start';
import { readDockerStatus } from './docker-status';
import { whyContainerEnded } from './why-container-ended';

/** Images may have to be fetched and made. */
const defaultDeadlineMs = 20 * 60_000;
const stopDeadlineMs = 60_000;
const processFile = join(__dirname, 'docker-process.ts');

/** Runs Fabric's own images, and the chaincode in one of ours, by Compose; ledgers lie in volumes and go with `down`. */
export const dockerBackend: NetworkBackend = {
    name: 'docker',
    start,
    stop,
    whyEnded,
    status: (running) => readDockerStatus(running, projectOf(running)),
    change,
    logOf,
    renewChaincode,
    packagesOf: dockerPackages,
    startBeside,
};

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    if (options.links) throw new LinksError({ code: 'LINKS_NOT_ON_BACKEND', backend: 'docker' });
    const programs = await findDocker(options.environment);
    await removeLeft(options.runDirectory);
    const deadlineMs = options.deadlineMs ?? defaultDeadlineMs;
    return startInProcess(processFile, { ...options, deadlineMs }, async (): Promise<DockerStart> => {
        const seenFromHere = outsideDocker(network);
        const order = await prepareNetwork(
            insideDocker(network),
            options,
            { raft: nearRaft, seenFromHere },
            runFiles.docker(options.runDirectory),
        );
        return { ...order, programs };
    });
}

/** What a process that was killed left of a Docker network in this run directory. */
async function removeLeft(runDirectory: string): Promise<void> {
    const left = await findRunningNetwork(runDirectory);
    if (left?.docker && !isProcessAlive(left.networkPid)) await projectOf(left)?.down();
}

async function stop(running: RunningNetwork): Promise<void> {
    const project = projectOf(running);
    await stopNetworkProcess(running, stopDeadlineMs);
    if (project && (await project.containers()).length > 0) await project.down();
}

async function whyEnded(given: RunningNetwork): Promise<BackendError | undefined> {
    const running = await refreshRunningNetwork(given);
    const project = projectOf(running);
    const stopped = (running.stoppedNodes ?? []).map((node) => serviceOfNode(running.network, node) ?? node);
    return (
        whyProcessEnded(running) ??
        (project && (await whyContainerEnded(project, (service) => !stopped.includes(service))))
    );
}

async function change(running: RunningNetwork, act: NodeAct, name: string): Promise<NodeChange> {
    return askForChange(running, act, findNode(running.network, name).node.name);
}

function logOf({ network, runDirectory }: Pick<RunningNetwork, 'network' | 'runDirectory'>, name: string): string {
    const node = findNode(network, name).node.name;
    const programs = { compose: ['docker-compose'], environment: {} };
    const command = new ComposeProject(network, runDirectory, programs).logCommand(
        serviceOfNode(network, node) ?? node,
    );
    throw new DockerError({ code: 'LOG_KEPT_BY_DOCKER', node, command });
}

/** The image is made of chaincode/ of this project, whatever folder is named; it is one image for all services. */
async function renewChaincode(running: RunningNetwork): Promise<void> {
    const { organizations } = running.network;
    const project = projectOf(running);
    const [first] = organizations;
    if (!project || !first) return;
    await project.build(serviceNames.chaincode(first));
    for (const organization of organizations) {
        await project.renew(serviceNames.chaincode(organization));
        await change(running, 'start', organization.chaincodeService.name);
    }
}

async function startBeside(running: RunningNetwork, wanted: readonly Observer[]): Promise<void> {
    await projectOf(running)?.up(wanted);
}

function projectOf({ network, runDirectory, docker }: RunningNetwork): ComposeProject | undefined {
    return docker && new ComposeProject(network, runDirectory, docker);
}
