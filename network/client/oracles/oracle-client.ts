import { createHash } from 'node:crypto';
import type { Call } from '../../../chaincode/src/calls/call-api';
import {
    feedCalls,
    type FeedRecord,
    type FeedRoundAnswer,
    type SignableSubmission,
} from '../../../chaincode/src/oracles/feeds-api';
import { unusable } from '../call-form';
import { pickValue, type ValuePick } from './pick-value';
import type { SubmissionSigner } from './sign-submission';
import type { Source } from './source';

export interface OracleDesk {
    readonly oracleId: string;
    readonly feedId: string;
    readonly signer: SubmissionSigner;
    readonly source: Source;
    /** Where the number stands; undefined where documents are asked for. */
    readonly pick: ValuePick | undefined;
    /** Milliseconds since 1970. */
    readonly clock: () => number;
    /** Both throw ClientError. */
    readonly evaluate: (call: Call) => Promise<unknown>;
    readonly submit: (call: Call) => Promise<unknown>;
}

/** What one step did: an answer, or why there is none to give. */
export type OracleStep =
    | { readonly did: 'answered'; readonly submission: SignableSubmission }
    /** The present round has this oracle's answer, or was concluded, or its window is over. */
    | { readonly did: 'nothing'; readonly why: 'answered' | 'concluded' | 'over'; readonly tickMs: number }
    | { readonly did: 'nothing'; readonly why: 'not-begun'; readonly startMs: number }
    | { readonly did: 'nothing'; readonly why: 'ended' };

/**
 * Answers what a feed asks: reads the source, takes the value out of it, signs both and submits them with their
 * provenance. It keeps nothing that the ledger does not hold: it may be started anew at any time.
 */
export class OracleClient {
    readonly #desk: OracleDesk;

    constructor(desk: OracleDesk) {
        this.#desk = desk;
    }

    /** Answers for the newest tick that has come. Throws SourceError, and ClientError when the ledger refuses. */
    async step(): Promise<OracleStep> {
        const { feedId, oracleId, clock, evaluate } = this.#desk;
        const feed = (await evaluate(feedCalls.query(feedId))) as FeedRecord;
        if (feed.state === 'ended') return { did: 'nothing', why: 'ended' };
        const nowMs = Math.floor(clock());
        const { startMs, intervalMs, windowMs } = feed;
        if (nowMs < startMs) return { did: 'nothing', why: 'not-begun', startMs };
        const tickMs = nowMs - ((nowMs - startMs) % intervalMs);
        const round = (await evaluate(feedCalls.queryRound({ feedId, tickMs }))) as FeedRoundAnswer;
        const isAnswered = round.submissions.some((submission) => submission.oracleId === oracleId);
        if (isAnswered) return { did: 'nothing', why: 'answered', tickMs };
        if (round.state === 'concluded') return { did: 'nothing', why: 'concluded', tickMs };
        if (nowMs > tickMs + windowMs) return { did: 'nothing', why: 'over', tickMs };
        return { did: 'answered', submission: await this.#answer(feed, tickMs) };
    }

    async #answer({ feedId, agreement }: FeedRecord, tickMs: number): Promise<SignableSubmission> {
        const { oracleId, source, pick, signer, clock, submit } = this.#desk;
        if (agreement.rule === 'median' && pick === undefined) {
            throw unusable(`The feed ${feedId} asks for a number: say where in the source it stands`);
        }
        const bytes = await source.read();
        const fetchedMs = Math.floor(clock());
        const value = agreement.rule === 'median' && pick ? pickValue(source.name, bytes, pick) : null;
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const reference = { name: source.name, sha256, sizeBytes: bytes.length, fetchedMs };
        const submission = { feedId, tickMs, oracleId, value, source: reference };
        await submit(feedCalls.submit(signer.sign(submission)));
        return submission;
    }
}
