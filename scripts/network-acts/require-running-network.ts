import { BackendError } from '../../network/backends/backend-errors';
import type { RunningNetwork } from '../../network/backends/running-network';
import { chooseRunningNetwork, runDirectoryOf, type RunningChoice } from '../run-directories';

/** The network that is up and is meant. Throws BackendError NETWORK_NOT_UP, UsageError when several are up. */
export async function requireRunningNetwork(choice: RunningChoice): Promise<RunningNetwork> {
    const running = await chooseRunningNetwork(choice);
    if (running !== undefined) return running;
    throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: runDirectoryOf(choice.topology ?? '*') });
}
