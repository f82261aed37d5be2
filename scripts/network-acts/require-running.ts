import { BackendError } from '../../network/backends/backend-errors';
import type { RunningNetwork } from '../../network/backends/running-network';
import { chooseRunningNetwork, runDirectoryOf, type RunningChoice } from '../run-directories';

/** The network that is meant; throws NETWORK_NOT_UP, and UsageError when it is not clear which one. */
export async function requireRunning(choice: RunningChoice): Promise<RunningNetwork> {
    const running = await chooseRunningNetwork(choice);
    if (running) return running;
    throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: runDirectoryOf(choice.topology ?? '*') });
}

/** What to say of peers that did not hear of a change; nothing when all did. */
export function describeUnheard(names: readonly string[]): string {
    return names.length === 0 ? '' : ` ${names.join(' and ')} will hear of it when started again.`;
}
