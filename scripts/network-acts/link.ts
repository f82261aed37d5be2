import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { BackendError } from '../../network/backends/backend-errors';
import { turnSiteLink } from '../../network/backends/site-links-of';
import { chooseRunningNetwork, runDirectoryOf } from '../run-directories';
import { UsageError } from '../run-script';
import { describeLinks } from './describe-links';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';

const done = {
    cut: 'is cut off: nothing reaches its nodes from other sites, and nobody is told.',
    restore: 'is joined again: its nodes catch up.',
} as const;

export const link: NetworkAct<typeof whichNetwork> = {
    name: 'link',
    words: ['cut|restore', 'SITE'],
    usage: "cuts a site (an organisation's id) off from the others, or joins it again; needs up --links",
    options: whichNetwork,
    run,
};

async function run(values: ActValues<typeof whichNetwork>, [turn, site = '']: readonly string[]): Promise<ExitCode> {
    if (turn !== 'cut' && turn !== 'restore') {
        throw new UsageError(`A link cannot be told to "${turn ?? ''}": say link cut SITE or link restore SITE.`);
    }
    const running = await chooseRunningNetwork(values);
    if (running === undefined) {
        throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: runDirectoryOf(values.topology ?? '*') });
    }
    const links = await turnSiteLink(running, turn, site);
    console.log(`${site} ${done[turn]}`);
    console.log(describeLinks(links).join('\n'));
    return exitCodes.kept;
}
