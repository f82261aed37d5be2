import { setInterval } from 'node:timers/promises';
import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { evaluateCall } from '../../network/client/evaluate-call';
import { OracleClient, type OracleStep } from '../../network/client/oracles/oracle-client';
import { SubmissionSigner } from '../../network/client/oracles/sign-submission';
import { submitCall } from '../../network/client/submit-call';
import type { ActValues, NetworkAct } from '../network-acts/network-act';
import { openNetwork } from '../open-network';
import { exitCodeOfError } from '../run-script';
import { given, numberFrom, whichLedger, whoSigns } from './oracle-options';
import { pickOf, sourceOf, sourceOptions } from './source-options';

const options = {
    ...whichLedger,
    ...sourceOptions,
    ...whoSigns,
    every: {
        type: 'string',
        value: 'SECONDS',
        usage: 'how often run looks whether an answer is due, until Ctrl-C; once',
    },
} as const;
type Values = ActValues<typeof options>;

export const run: NetworkAct<typeof options> = {
    name: 'run',
    words: ['FEED'],
    usage: 'answers for the newest round as the oracle that --as names: reads, signs, submits',
    options,
    run: (values, [feedId = '']) => runOracle(values, feedId),
};

async function runOracle(values: Values, feedId: string): Promise<ExitCode> {
    const oracleId = given('run', 'as', values.as);
    const pick = pickOf(values);
    const source = await sourceOf(values, pick);
    const everyMs =
        values.every === undefined ? undefined : 1000 * numberFrom('every', values.every, { min: 0.1, max: 86_400 });
    const open = await openNetwork(values);
    const connection = await open.connect(oracleId);
    const client = new OracleClient({
        oracleId,
        feedId,
        signer: new SubmissionSigner(connection.identity, open.network.channel.name),
        source,
        pick,
        clock: Date.now,
        evaluate: (call) => evaluateCall(connection, call),
        submit: (call) => submitCall(connection, call),
    });
    try {
        if (everyMs === undefined) {
            const step = await client.step();
            console.log(describeStep(step));
            return step.did === 'answered' || step.why === 'answered' ? exitCodes.kept : exitCodes.lost;
        }
        await answerUntilInterrupted(client, everyMs);
        return exitCodes.kept;
    } finally {
        connection.close();
    }
}

/** Tells what became of a round once; a source or a network that fails is tried again at the next look. */
async function answerUntilInterrupted(client: OracleClient, everyMs: number): Promise<void> {
    const interrupted = new AbortController();
    const interrupt = (): void => {
        interrupted.abort();
    };
    process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
    let told = '';
    const look = async (): Promise<void> => {
        const text = await client.step().then(describeStep, sentenceOf);
        if (text !== told) console.log(text);
        told = text;
    };
    await look();
    try {
        for await (const again of setInterval(everyMs, look, { signal: interrupted.signal })) await again();
    } catch (error) {
        if (!interrupted.signal.aborted) throw error;
    } finally {
        process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    }
}

/** The sentence of a fault; a bug is thrown on. */
function sentenceOf(error: unknown): string {
    if (error instanceof Error && exitCodeOfError(error) !== undefined) return error.message;
    throw error;
}

function describeStep(step: OracleStep): string {
    if (step.did === 'answered') {
        const { tickMs, value, source } = step.submission;
        return `Answered the round ${timeOf(tickMs)}: ${value ?? 'the document'}, from ${source.name} (${source.sizeBytes} bytes, SHA-256 ${source.sha256}).`;
    }
    switch (step.why) {
        case 'ended':
            return 'Nothing to answer: the feed has ended.';
        case 'not-begun':
            return `Nothing to answer yet: the first round is at ${timeOf(step.startMs)}.`;
        case 'answered':
            return `The round ${timeOf(step.tickMs)} has this oracle's answer.`;
        case 'concluded':
            return `The round ${timeOf(step.tickMs)} was concluded.`;
        case 'over':
            return `The window of the round ${timeOf(step.tickMs)} is over: the next one takes answers again.`;
    }
}

function timeOf(tickMs: number): string {
    return new Date(tickMs).toISOString();
}
