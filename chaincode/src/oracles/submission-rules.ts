import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import { judgeTick } from './feed-rules';
import type { ConclusionRecord, FeedFault, FeedRecord, SubmissionInput, SubmissionRecord } from './feeds-api';
import { oraclesLimits, type OracleRecord } from './oracles-api';

/** What lies under the round's keys already. */
export interface EarlierRecords {
    readonly submission: SubmissionRecord | undefined;
    readonly conclusion: ConclusionRecord | undefined;
}

/**
 * Tells why an answer does not belong to the feed: the oracle is not asked, the time is no tick, the answer is of the
 * other kind, or its source was fetched at another time than the round asks for.
 */
export function judgeAnswer(feed: FeedRecord, submission: SubmissionInput): FeedFault | undefined {
    const { feedId, tickMs, oracleId, value, source } = submission;
    if (!feed.oracles.includes(oracleId)) {
        return { code: 'NOT_IN_FEED', feedId, oracleId };
    }
    const fault = judgeTick(feed, submission);
    if (fault !== undefined) {
        return fault;
    }
    const { rule } = feed.agreement;
    if ((rule === 'median') !== (value !== null)) {
        return { code: 'ANSWER_UNSUITABLE', feedId, rule };
    }
    const offMs = source.fetchedMs - tickMs;
    return offMs < 0 || offMs > feed.windowMs
        ? { code: 'FETCHED_OFF_TICK', feedId, tickMs, offMs, windowMs: feed.windowMs }
        : undefined;
}

/**
 * The record of an answer, at the later of the proposal's time and that of the newest act on feed and oracle. One
 * answer of an oracle counts for a round, and none after its conclusion.
 */
export function decideSubmission(
    { submission: earlier, conclusion }: EarlierRecords,
    { feed, oracle }: { readonly feed: FeedRecord; readonly oracle: OracleRecord },
    submission: SubmissionInput,
    act: Pick<SubmissionRecord, 'transactionId' | 'transactionTimeMs'>,
): SubmissionRecord | FeedFault | TimeFault {
    const { feedId, tickMs, oracleId, source } = submission;
    if (earlier !== undefined) {
        return { code: 'ALREADY_SUBMITTED', feedId, tickMs, oracleId, transactionId: earlier.transactionId };
    }
    if (conclusion !== undefined) {
        return { code: 'ROUND_CONCLUDED', feedId, tickMs, transactionId: conclusion.transactionId };
    }
    const lastMs = Math.max(feed.transactionTimeMs, oracle.lastAct.transactionTimeMs);
    const time = laterOf(act.transactionTimeMs, lastMs, oraclesLimits.clockToleranceMs);
    if ('code' in time) {
        return time;
    }
    const aheadMs = source.fetchedMs - time.nowMs;
    if (aheadMs > oraclesLimits.clockToleranceMs) {
        return { code: 'FETCHED_FROM_FUTURE', feedId, tickMs, oracleId, aheadMs };
    }
    const late = time.nowMs > tickMs + feed.windowMs;
    const { transactionId } = act;
    return { schemaVersion: 1, ...submission, late, transactionId, transactionTimeMs: time.nowMs };
}
