import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type {
    ConclusionRecord,
    FeedFault,
    FeedOutcome,
    FeedRecord,
    FeedRoundAnswer,
    FeedRoundName,
    FeedRoundState,
    SubmissionRecord,
} from './feeds-api';
import { oraclesLimits } from './oracles-api';

/** What the answers of a round come to: the same for everybody who has the same answers. */
export function outcomeOf(
    feed: Pick<FeedRecord, 'agreement' | 'oracles'>,
    submissions: readonly SubmissionRecord[],
): FeedOutcome {
    const { agreement } = feed;
    const value = agreement.rule === 'median' ? lowerMedian(submissions) : null;
    const sha256 = agreement.rule === 'same-digest' ? commonestDigest(submissions) : null;
    const isAgreed = (one: SubmissionRecord): boolean =>
        agreement.rule === 'median'
            ? Math.abs((one.value ?? Number.NaN) - (value ?? Number.NaN)) <= agreement.tolerance
            : one.source.sha256 === sha256;
    const present = new Set(submissions.map(({ oracleId }) => oracleId));
    return {
        value,
        sha256,
        agreed: idsOf(submissions.filter(isAgreed)),
        deviated: idsOf(submissions.filter((one) => !isAgreed(one))),
        missing: feed.oracles.filter((oracleId) => !present.has(oracleId)).sort(),
        late: idsOf(submissions.filter(({ late }) => late)),
    };
}

/** The conclusion of a round: not before it is due, unless everybody has answered, and not below the quorum. */
export function decideConclusion(
    existing: ConclusionRecord | undefined,
    { feed, submissions }: { readonly feed: FeedRecord; readonly submissions: readonly SubmissionRecord[] },
    { feedId, tickMs }: FeedRoundName,
    act: Pick<ConclusionRecord, 'byMspId' | 'byName' | 'transactionId' | 'transactionTimeMs'>,
): ConclusionRecord | FeedFault | TimeFault {
    if (existing !== undefined) {
        return { code: 'ROUND_CONCLUDED', feedId, tickMs, transactionId: existing.transactionId };
    }
    const time = laterOf(act.transactionTimeMs, newestMs(feed, submissions), oraclesLimits.clockToleranceMs);
    if ('code' in time) {
        return time;
    }
    const outcome = outcomeOf(feed, submissions);
    const { agreed, missing } = outcome;
    const remainingMs = tickMs + feed.windowMs + 1 - time.nowMs;
    if (missing.length > 0 && remainingMs > 0) {
        return { code: 'SUBMISSIONS_AWAITED', feedId, tickMs, missing, remainingMs };
    }
    return agreed.length < feed.quorum
        ? { code: 'QUORUM_NOT_REACHED', feedId, tickMs, agreed, quorum: feed.quorum }
        : { schemaVersion: 1, feedId, tickMs, ...outcome, ...act, transactionTimeMs: time.nowMs };
}

/** A round as of the question: the later of the two times decides whether it is due. */
export function feedRoundAnswer(
    { feed, submissions }: { readonly feed: FeedRecord; readonly submissions: readonly SubmissionRecord[] },
    { feedId, tickMs }: FeedRoundName,
    conclusion: ConclusionRecord | undefined,
    nowMs: number,
): FeedRoundAnswer {
    const isDue = Math.max(nowMs, newestMs(feed, submissions)) > tickMs + feed.windowMs;
    const state: FeedRoundState = conclusion !== undefined ? 'concluded' : isDue ? 'due' : 'open';
    const outcome = conclusion === undefined ? outcomeOf(feed, submissions) : outcomeIn(conclusion);
    return { feedId, tickMs, state, outcome, submissions, conclusion: conclusion ?? null };
}

function outcomeIn({ value, sha256, agreed, deviated, missing, late }: ConclusionRecord): FeedOutcome {
    return { value, sha256, agreed, deviated, missing, late };
}

function newestMs(feed: FeedRecord, submissions: readonly SubmissionRecord[]): number {
    return Math.max(feed.transactionTimeMs, ...submissions.map(({ transactionTimeMs }) => transactionTimeMs));
}

/**
 * The number in the middle. Of an even count the lower one of the two: it is a number that an oracle signed, and no
 * mean of two that might round or overflow.
 */
function lowerMedian(submissions: readonly SubmissionRecord[]): number | null {
    const values = submissions.flatMap(({ value }) => value ?? []).sort((one, other) => one - other);
    return values[Math.floor((values.length - 1) / 2)] ?? null;
}

/** The digest that most answers name; of several the first in the order of their digits. */
function commonestDigest(submissions: readonly SubmissionRecord[]): string | null {
    const digests = submissions.map(({ source }) => source.sha256);
    const countOf = (digest: string): number => digests.filter((other) => other === digest).length;
    const [commonest] = [...new Set(digests)].sort().sort((one, other) => countOf(other) - countOf(one));
    return commonest ?? null;
}

function idsOf(submissions: readonly SubmissionRecord[]): string[] {
    return submissions.map(({ oracleId }) => oracleId).sort();
}
