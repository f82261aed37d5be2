import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { watchEndorsers } from '../../network/peers/watch-endorsers';
import { UsageError } from '../run-script';
import { whichNetwork, type ActOptions, type ActValues, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

const options = {
    ...whichNetwork,
    after: { type: 'string', value: 'SECONDS', usage: 'how long an endorser may not serve before it is lost (5)' },
} as const satisfies ActOptions;

export const watch: NetworkAct<typeof options> = {
    name: 'watch',
    usage: "brings an organisation's backup in by itself when its endorser is lost, until the network is down",
    options,
    run,
};

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    const afterMs = readAfter(values);
    const running = await requireRunningNetwork(values);
    const ended = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
        process.once(signal, () => {
            ended.abort();
        });
    }
    await watchEndorsers(running, {
        afterMs,
        nowMs: () => performance.now(),
        log: (line) => {
            console.log(`${new Date().toISOString()} ${line}`);
        },
        signal: ended.signal,
    });
    return exitCodes.kept;
}

/** Milliseconds. Throws UsageError. */
export function readAfter({ after = '5' }: Pick<ActValues<typeof options>, 'after'>): number {
    const seconds = Number(after);
    if (Number.isFinite(seconds) && seconds >= 1 && seconds <= 3600) return seconds * 1000;
    throw new UsageError(`--after ${after}: give a number of seconds from 1 to 3600.`);
}
