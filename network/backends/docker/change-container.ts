import { isHealthy } from '../../admin/read-operations';
import { serviceOfNode } from '../../generate/compose-names';
import type { OwnedNode } from '../../topology/list-nodes';
import type { Network } from '../../topology/network-model';
import { BackendError } from '../backend-errors';
import { findNode } from '../find-node';
import type { NodeAct, NodeChange } from '../network-backend';
import { waitUntil } from '../wait-until';
import type { ComposeProject } from './compose-project';
import { whyContainerEnded } from './why-container-ended';

const serveDeadlineMs = 90_000;
const askIntervalMs = 250;

/**
 * Stops, kills or starts one container, by the name of its node; one that is started, or was running, serves afterwards.
 * Throws NODE_NOT_CHANGED, NODE_ENDED, WAITED_TOO_LONG, DockerError.
 */
export async function changeContainer(
    project: ComposeProject,
    network: Network,
    act: NodeAct,
    node: string,
): Promise<NodeChange> {
    const service = serviceOfNode(network, node);
    const container = (await project.containers()).find((each) => each.service === service);
    if (!container) {
        throw new BackendError({ code: 'NODE_NOT_CHANGED', node, act, reason: 'its container is not there' });
    }
    const changed = (container.state === 'running') !== (act === 'start');
    if (changed) await project.change(act, container);
    if (act === 'start') await waitUntilServing(project, findNode(network, node), container.service);
    return { node, changed };
}

async function waitUntilServing(project: ComposeProject, owned: OwnedNode, service: string): Promise<void> {
    await waitUntil(
        async () => {
            const ended = await whyContainerEnded(project, (each) => each === service);
            if (ended) throw ended;
            return owned.kind === 'chaincode' ? project.areHealthy([service]) : isHealthy(owned.node);
        },
        { deadlineMs: serveDeadlineMs, forWhat: `${owned.node.name} to serve`, intervalMs: askIntervalMs },
    );
}
