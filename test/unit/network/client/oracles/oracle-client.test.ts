import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Call } from '../../../../../chaincode/src/calls/call-api';
import type { FeedRecord, FeedRoundAnswer, SubmissionInput } from '../../../../../chaincode/src/oracles/feeds-api';
import { ClientError } from '../../../../../network/client/client-errors';
import { OracleClient, type OracleDesk, type OracleStep } from '../../../../../network/client/oracles/oracle-client';
import { SubmissionSigner } from '../../../../../network/client/oracles/sign-submission';
import { aFeed, feedStartMs } from '../../../../support/chaincode/oracle-grid';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = new SubmissionSigner(
    { privateKeyPem: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString() },
    'grid',
);
const pick = { format: 'json', pointer: '/t' } as const;

interface Given {
    readonly nowMs?: number;
    readonly feed?: Partial<FeedRecord>;
    readonly round?: Partial<FeedRoundAnswer>;
    readonly desk?: Partial<OracleDesk>;
}

/** One step of a client before a ledger that answers as given; what it submitted, and which ticks it asked for. */
async function step({ nowMs = feedStartMs, feed, round, desk }: Given): Promise<{
    did: OracleStep;
    submitted: SubmissionInput[];
    asked: unknown[];
}> {
    const submitted: SubmissionInput[] = [];
    const asked: unknown[] = [];
    const read = ({ args }: Call): unknown => JSON.parse(args[0] ?? '');
    const client = new OracleClient({
        oracleId: 'north',
        feedId: 'temperature',
        signer,
        source: { name: 's', read: () => Promise.resolve(Buffer.from('{"t":21.5}')) },
        pick,
        clock: () => nowMs + 0.75,
        evaluate: (call) => {
            if (call.transaction === 'QueryFeed') return Promise.resolve({ ...aFeed(), state: 'active', ...feed });
            asked.push(read(call));
            return Promise.resolve({ state: 'open', submissions: [], ...round });
        },
        submit: (call) => {
            submitted.push(read(call) as SubmissionInput);
            return Promise.resolve();
        },
        ...desk,
    });
    return { did: await client.step(), submitted, asked };
}

describe('an oracle client', () => {
    it.each([
        [0, 0],
        [29_999, 0],
        [60_000, 60_000],
        [150_000, 120_000],
    ])('answers %d ms after the start for the newest tick that has come', async (afterMs, tickMs) => {
        const { did, submitted, asked } = await step({ nowMs: feedStartMs + afterMs });
        expect(asked).toEqual([{ feedId: 'temperature', tickMs: feedStartMs + tickMs }]);
        const submission = {
            feedId: 'temperature',
            tickMs: feedStartMs + tickMs,
            oracleId: 'north',
            value: 21.5,
            source: { name: 's', sizeBytes: 10, fetchedMs: feedStartMs + afterMs },
        };
        expect(did).toMatchObject({ did: 'answered', submission });
        expect(submitted).toMatchObject([{ ...submission, signature: expect.stringMatching(/^[0-9a-f]{128}$/) }]);
    });

    it.each<[string, Given, object]>([
        ['before the first tick', { nowMs: feedStartMs - 1 }, { why: 'not-begun', startMs: feedStartMs }],
        ['when the feed has ended', { feed: { state: 'ended' } }, { why: 'ended' }],
        ['when the window is over', { nowMs: feedStartMs + 30_001 }, { why: 'over', tickMs: feedStartMs }],
        ['when it was concluded', { round: { state: 'concluded' } }, { why: 'concluded', tickMs: feedStartMs }],
        [
            'when it has answered',
            { round: { submissions: [{ oracleId: 'north' }] as never } },
            { why: 'answered', tickMs: feedStartMs },
        ],
    ])('submits nothing %s', async (_, given, why) => {
        const { did, submitted } = await step(given);
        expect(did).toEqual({ did: 'nothing', ...why });
        expect(submitted).toEqual([]);
    });

    it('answers documents by their digest alone', async () => {
        const { submitted } = await step({ feed: { agreement: { rule: 'same-digest' } }, desk: { pick: undefined } });
        const sha256 = '64cb2922cbcd122329525c35461f0e6c3e56d112c21aed2200ed6d45a448f9af';
        expect(submitted).toMatchObject([{ value: null, source: { sha256 } }]);
    });

    it('must be told where a number stands', async () => {
        await expect(step({ desk: { pick: undefined } })).rejects.toThrow(ClientError);
    });
});
