import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { BackendError } from '../../network/backends/backend-errors';
import { findBackend } from '../../network/backends/find-backend';
import type { NodeAct } from '../../network/backends/network-backend';
import { chooseRunningNetwork, runDirectoryOf, type RunningChoice } from '../run-directories';
import { whichNetwork, type NetworkAct } from './network-act';

const done: Readonly<Record<NodeAct, string>> = { start: 'is up', stop: 'is stopped', kill: 'is killed' };
const before: Readonly<Record<NodeAct, string>> = { start: 'was up', stop: 'was not running', kill: 'was not running' };

export const start = newAct('start', 'starts a node that was stopped, killed or ended by itself');
export const stop = newAct('stop', 'has a node end in order');
export const kill = newAct('kill', 'ends a node at once, as a power failure would');

function newAct(act: NodeAct, usage: string): NetworkAct<typeof whichNetwork> {
    return {
        name: act,
        words: ['NODE'],
        usage,
        options: whichNetwork,
        run: (values, [name = '']) => change(act, name, values),
    };
}

async function change(act: NodeAct, name: string, choice: RunningChoice): Promise<ExitCode> {
    const running = await chooseRunningNetwork(choice);
    if (running === undefined) {
        throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: runDirectoryOf(choice.topology ?? '*') });
    }
    const { node, changed, pid } = await findBackend(running.backend).change(running, act, name);
    console.log(`${node} ${(changed ? done : before)[act]}${pid === undefined ? '' : ` (process ${pid})`}.`);
    return exitCodes.kept;
}
