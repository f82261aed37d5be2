import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type { ChaincodeFault } from '../faults/chaincode-fault';
import type { FeedFault, FeedInput, FeedRecord, FeedRoundName } from './feeds-api';
import { decideServing } from './oracle-rules';
import { oraclesLimits, type OracleRecord } from './oracles-api';

/** A new feed: its id is free, its oracles are in service, and each has a key of its own, so that one cannot be several. */
export function decideFeed(
    existing: FeedRecord | undefined,
    input: FeedInput,
    oracleOf: (oracleId: string) => OracleRecord | undefined,
    act: Pick<FeedRecord, 'definedByMspId' | 'definedByName' | 'transactionId' | 'transactionTimeMs'>,
): FeedRecord | ChaincodeFault {
    if (existing !== undefined) {
        return { code: 'FEED_EXISTS', feedId: input.feedId };
    }
    const owners = new Map<string, string>();
    for (const oracleId of input.oracles) {
        const oracle = decideServing(oracleOf(oracleId), oracleId);
        if ('code' in oracle) {
            return oracle;
        }
        const otherOracleId = owners.get(oracle.certificate.publicKey);
        if (otherOracleId !== undefined) {
            return { code: 'ORACLE_KEY_SHARED', oracleId, otherOracleId };
        }
        owners.set(oracle.certificate.publicKey, oracleId);
    }
    return { schemaVersion: 1, ...input, state: 'active', ...act };
}

/** The feed, or that there is none. */
export function decideKnown(feed: FeedRecord | undefined, feedId: string): FeedRecord | FeedFault {
    return feed ?? { code: 'FEED_UNKNOWN', feedId };
}

/** The feed, or why no answer is taken for it. */
export function decideActive(feed: FeedRecord | undefined, feedId: string): FeedRecord | FeedFault {
    return feed?.state === 'ended' ? { code: 'FEED_ENDED', feedId } : decideKnown(feed, feedId);
}

/** The feed once it has ended, at the later of the two times. */
export function decideEnd(
    feed: FeedRecord | undefined,
    feedId: string,
    act: Pick<FeedRecord, 'transactionId' | 'transactionTimeMs'>,
): FeedRecord | FeedFault | TimeFault {
    const active = decideActive(feed, feedId);
    if ('code' in active) {
        return active;
    }
    const time = laterOf(act.transactionTimeMs, active.transactionTimeMs, oraclesLimits.clockToleranceMs);
    const { transactionId } = act;
    return 'code' in time ? time : { ...active, state: 'ended', transactionId, transactionTimeMs: time.nowMs };
}

/** Tells that the time is not one of the feed's ticks. */
export function judgeTick(
    { startMs, intervalMs }: Pick<FeedRecord, 'startMs' | 'intervalMs'>,
    { feedId, tickMs }: FeedRoundName,
): FeedFault | undefined {
    return tickMs < startMs || (tickMs - startMs) % intervalMs !== 0
        ? { code: 'NOT_A_FEED_TICK', feedId, tickMs, startMs, intervalMs }
        : undefined;
}
