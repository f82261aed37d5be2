import { BackendError } from '../backend-errors';
import type { ComposeProject, ContainerState } from './compose-project';

/** NODE_ENDED for the first container that does not run though it is meant to, or not for long; undefined else. */
export async function whyContainerEnded(
    project: ComposeProject,
    isMeantToRun: (service: string) => boolean,
): Promise<BackendError | undefined> {
    const dead = (await project.containers()).find(
        (container) => isEnded(container) && isMeantToRun(container.service),
    );
    if (!dead) return undefined;
    return new BackendError({
        code: 'NODE_ENDED',
        node: dead.service,
        reason: dead.status,
        logFile: `"docker logs ${dead.id}"`,
        lastLines: await project.lastLines(dead),
    });
}

function isEnded({ state }: ContainerState): boolean {
    return state === 'exited' || state === 'dead' || state === 'restarting';
}
