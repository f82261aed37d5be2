import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { BackendError } from '../../network/backends/backend-errors';
import { findBackend } from '../../network/backends/find-backend';
import { lastLinesOf } from '../../network/backends/last-lines';
import { chooseKnownNetwork, runDirectoryOf } from '../run-directories';
import { UsageError } from '../run-script';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';

const options = {
    ...whichNetwork,
    lines: { type: 'string', value: 'N', usage: 'how many of a log’s last lines are shown; 50 unless told' },
} as const;

export const logs: NetworkAct<typeof options> = {
    name: 'logs',
    words: ['NODE'],
    usage: 'shows the last lines of a node’s log, also after it went down',
    options,
    run,
};

async function run(values: ActValues<typeof options>, [name = '']: readonly string[]): Promise<ExitCode> {
    const lines = Number(values.lines ?? 50);
    if (!Number.isInteger(lines) || lines < 1) {
        throw new UsageError(`--lines ${values.lines ?? ''} is not a number of lines: give a whole number from 1 on.`);
    }
    const known = await chooseKnownNetwork(values);
    if (known === undefined) {
        throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: runDirectoryOf(values.topology ?? '*') });
    }
    const file = findBackend(known.backend).logOf(known, name);
    console.error(file);
    for (const line of lastLinesOf(file, lines)) console.log(line);
    return exitCodes.kept;
}
