import { BackendError } from '../backend-errors';
import type { ComposeProject, ContainerState } from './compose-project';

/** NODE_ENDED for the first container of the project that does not run, or not for long; undefined while all do. */
export async function whyContainerEnded(project: ComposeProject): Promise<BackendError | undefined> {
    const dead = (await project.containers()).find(isEnded);
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
