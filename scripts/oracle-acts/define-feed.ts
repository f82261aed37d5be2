import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { feedCalls, feedLimits, type Agreement, type FeedInput } from '../../chaincode/src/oracles/feeds-api';
import { timeOf } from '../../network/client/call-form';
import { submitCall } from '../../network/client/submit-call';
import { identityNames } from '../../network/identities/identity';
import type { ActValues, NetworkAct } from '../network-acts/network-act';
import { openNetwork } from '../open-network';
import { UsageError } from '../run-script';
import { given, numberFrom, whichLedger, whoSigns } from './oracle-options';

const options = {
    ...whichLedger,
    ...whoSigns,
    question: { type: 'string', value: 'TEXT', usage: 'what is asked, for people' },
    type: { type: 'string', value: 'TYPE', usage: 'what kind of thing the answer is, e.g. air-temperature' },
    oracles: { type: 'string', value: 'A,B,…', usage: 'who is asked' },
    unit: { type: 'string', value: 'UNIT', usage: 'of the number that is asked for' },
    tolerance: { type: 'string', value: 'N', usage: 'how far numbers may lie from their median; 0' },
    documents: { type: 'boolean', usage: 'documents are asked for, which agree by their digest: no number' },
    quorum: { type: 'string', value: 'N', usage: 'how many must agree; more than half of those asked' },
    interval: { type: 'string', value: 'SECONDS', usage: 'from one round to the next; 60' },
    window: {
        type: 'string',
        value: 'SECONDS',
        usage: 'how long after its tick a round takes answers in time; half of that',
    },
    start: { type: 'string', value: 'TIME', usage: 'the first tick, ISO 8601 or ms since 1970; now' },
} as const;
type Values = ActValues<typeof options>;

export const defineFeed: NetworkAct<typeof options> = {
    name: 'feed',
    words: ['FEED'],
    usage: 'defines what is asked of which oracles, by the dispatcher',
    options,
    run: (values, [feedId = '']) => define(values, feedId),
};

async function define(values: Values, feedId: string): Promise<ExitCode> {
    const feed = feedOf(values, feedId, Date.now());
    const open = await openNetwork(values);
    const connection = await open.connect(values.as ?? identityNames.dispatcher);
    try {
        const { transactionId } = await submitCall(connection, feedCalls.define(feed));
        const { oracles, quorum, intervalMs, windowMs, startMs } = feed;
        console.log(
            `${feedId} asks ${oracles.join(', ')} from ${new Date(startMs).toISOString()} on, every ${intervalMs / 1000} s ` +
                `for ${windowMs / 1000} s; ${quorum} must agree.\n${transactionId}`,
        );
        return exitCodes.kept;
    } finally {
        connection.close();
    }
}

/** What was typed, with the rest filled in. Throws UsageError. */
export function feedOf(values: Values, feedId: string, nowMs: number): FeedInput {
    const oracles = given('feed', 'oracles', values.oracles)
        .split(',')
        .map((id) => id.trim());
    const milliseconds = (option: 'interval' | 'window', text: string): number =>
        Math.round(numberFrom(option, text, { min: 0.001, max: feedLimits.intervalMs.max / 1000 }) * 1000);
    const intervalMs = milliseconds('interval', values.interval ?? '60');
    const most = { min: 1, max: oracles.length };
    return {
        feedId,
        question: given('feed', 'question', values.question),
        type: given('feed', 'type', values.type),
        agreement: agreementOf(values),
        quorum:
            values.quorum === undefined
                ? Math.floor(oracles.length / 2) + 1
                : numberFrom('quorum', values.quorum, most),
        oracles,
        startMs: values.start === undefined ? Math.floor(nowMs) : timeOf(values.start, 'start'),
        intervalMs,
        windowMs: values.window === undefined ? Math.ceil(intervalMs / 2) : milliseconds('window', values.window),
    };
}

function agreementOf({ documents, unit, tolerance }: Values): Agreement {
    if (documents === true) {
        if (unit !== undefined || tolerance !== undefined) {
            throw new UsageError('Give either --documents or --unit and --tolerance: documents have none.');
        }
        return { rule: 'same-digest' };
    }
    const most = { min: 0, max: Number.MAX_VALUE };
    return {
        rule: 'median',
        unit: given('feed', 'unit', unit),
        tolerance: numberFrom('tolerance', tolerance ?? '0', most),
    };
}
