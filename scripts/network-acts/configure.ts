import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { configureBlocks, type BlockChange } from '../../network/admin/configure-blocks';
import { openConfigSession } from '../../network/backends/open-admin-session';
import type { BlockCutting } from '../../network/topology/network-model';
import { UsageError } from '../run-script';
import { describeUnheard } from './describe-unheard';
import { whichNetwork, type ActOptions, type ActValues, type NetworkAct } from './network-act';
import { requireRunningNetwork } from './require-running-network';

const options = {
    ...whichNetwork,
    'block-timeout': { type: 'string', value: 'MS', usage: 'how long a transaction waits for others, in milliseconds' },
    'block-count': { type: 'string', value: 'N', usage: 'how many transactions a block takes' },
    'block-bytes': { type: 'string', value: 'N', usage: 'size at which a block is cut, in bytes' },
} as const satisfies ActOptions;

export const configure: NetworkAct<typeof options> = {
    name: 'configure',
    usage: 'changes how blocks are cut, while it runs',
    options,
    run,
};

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    const change = readChange(values);
    const session = await openConfigSession(await requireRunningNetwork(values), "change its channel's configuration");
    try {
        const { blockCutting, update } = await configureBlocks(session, change);
        const how = describeCutting(blockCutting);
        if (update === undefined) {
            console.log(`Nothing to change: ${how} already.`);
        } else {
            const signers = update.signedBy.join(' and ');
            console.log(`From now on ${how} (configuration ${update.sequence}, signed by ${signers}).`);
            if (update.notHeardBy.length > 0) console.log(describeUnheard(update.notHeardBy).trim());
        }
        return exitCodes.kept;
    } finally {
        session.close();
    }
}

/** What was typed; throws UsageError for nothing at all and for what is no whole number. */
export function readChange(values: ActValues<typeof options>): BlockChange {
    const change = {
        ...readNumber(values, 'block-timeout', 'timeoutMs'),
        ...readNumber(values, 'block-count', 'maxMessageCount'),
        ...readNumber(values, 'block-bytes', 'preferredMaxBytes'),
    };
    if (Object.keys(change).length === 0) {
        throw new UsageError('configure needs --block-timeout MS, --block-count N or --block-bytes N.');
    }
    return change;
}

type Setting = keyof BlockChange;

function readNumber(values: ActValues<typeof options>, option: keyof typeof options, setting: Setting): BlockChange {
    const text = values[option];
    if (text === undefined) return {};
    if (!/^\d{1,15}$/.test(text)) {
        const unit = {
            timeoutMs: 'of milliseconds',
            maxMessageCount: 'of transactions',
            preferredMaxBytes: 'of bytes',
        };
        throw new UsageError(`--${option} "${text}" is not a whole number ${unit[setting]}.`);
    }
    return { [setting]: Number(text) };
}

function describeCutting({ timeoutMs, maxMessageCount, preferredMaxBytes }: BlockCutting): string {
    return `a block is cut after ${timeoutMs} ms, at ${maxMessageCount} transactions or at ${preferredMaxBytes} bytes`;
}
