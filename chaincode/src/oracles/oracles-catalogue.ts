import type { FaultEntries } from '../faults/fault-entry';
import type { FeedFault } from './feeds-api';
import type { OracleFault } from './oracles-api';

/** What the faults of oracles and feeds mean, and what to do. */
export const oraclesCatalogue: FaultEntries<(OracleFault | FeedFault)['code']> = {
    ORACLE_UNKNOWN: {
        meaning: 'No oracle of this id was registered.',
        action: 'Let an operator of its organisation call RegisterOracle.',
        says: (f) => `There is no oracle ${f.oracleId}.`,
    },
    ORACLE_EXISTS: {
        meaning: 'An oracle of this id was registered before; its key and certificate do not change.',
        action: 'Retire it, and register its successor under a new id.',
        says: (f) => `The oracle ${f.oracleId} exists and is ${f.state}.`,
    },
    FOREIGN_ORACLE: {
        meaning: 'The oracle belongs to another organisation than the caller.',
        action: 'Call with an identity of the oracle’s organisation.',
        says: (f) => `The oracle ${f.oracleId} belongs to ${f.mspId}, not to ${f.callerMspId}.`,
    },
    ORACLE_STATE_NOT_ALLOWED: {
        meaning: 'The oracle’s state does not allow the act; retired is final.',
        action: 'Read the state with QueryOracle.',
        says: (f) => `The oracle ${f.oracleId} is ${f.state}, which does not allow the act ${f.act}.`,
    },
    ORACLE_NOT_SERVING: {
        meaning: 'The oracle was suspended or retired: its answers do not count, and no new feed names it.',
        action: 'Let an operator of its organisation resume it, or ask another oracle.',
        says: (f) => `The oracle ${f.oracleId} is ${f.state}.`,
    },
    NOT_THE_ORACLE: {
        meaning: 'The caller’s certificate is not the one that was registered for the oracle.',
        action: 'Call with the oracle’s own identity; a new certificate is registered as a new oracle.',
        says: (f) => `The certificate ${f.certificateSerial} is not that of the oracle ${f.oracleId}.`,
    },
    FEED_UNKNOWN: {
        meaning: 'No feed of this id was defined.',
        action: 'Read the feeds with ListFeeds.',
        says: (f) => `There is no feed ${f.feedId}.`,
    },
    FEED_EXISTS: {
        meaning: 'A feed of this id was defined before; what it asks does not change.',
        action: 'End it, and define its successor under a new id.',
        says: (f) => `The feed ${f.feedId} exists.`,
    },
    FEED_ENDED: {
        meaning: 'The feed was ended, so it takes no answers any more.',
        action: 'Define its successor under a new id.',
        says: (f) => `The feed ${f.feedId} has ended.`,
    },
    ORACLE_KEY_SHARED: {
        meaning: 'Two oracles of the feed have one key: one signer would answer twice.',
        action: 'Name oracles with keys of their own.',
        says: (f) => `The oracles ${f.otherOracleId} and ${f.oracleId} have the same key.`,
    },
    NOT_IN_FEED: {
        meaning: 'The feed does not ask this oracle.',
        action: 'Read with QueryFeed whom it asks.',
        says: (f) => `The feed ${f.feedId} does not ask the oracle ${f.oracleId}.`,
    },
    NOT_A_FEED_TICK: {
        meaning: 'The time is not one of the feed’s ticks.',
        action: 'Use startMs and a whole number of intervalMs more.',
        says: (f) => `${f.tickMs} is no tick of ${f.feedId}: they are ${f.startMs} and every ${f.intervalMs} ms more.`,
    },
    ANSWER_UNSUITABLE: {
        meaning: 'The rule median asks for a number, the rule same-digest for none: there the digest is the answer.',
        action: 'Read with QueryFeed what is asked.',
        says: (f) => `The answer is not what ${f.feedId} asks for by the rule ${f.rule}.`,
    },
    FETCHED_OFF_TICK: {
        meaning: 'The source was not fetched between the round’s tick and the end of its window.',
        action: 'Fetch it anew, for the tick that has come last.',
        says: (f) =>
            `The source for ${f.feedId} was fetched ${f.offMs} ms after the tick ${f.tickMs}; the window is ` +
            `${f.windowMs} ms from there.`,
    },
    FETCHED_FROM_FUTURE: {
        meaning: 'The source was fetched after the proposal’s timestamp, by more than clocks may differ.',
        action: 'Compare the clocks of the oracle and of the client that sends for it.',
        says: (f) => `${f.oracleId} fetched the source for ${f.feedId} ${f.aheadMs} ms ahead of its transaction.`,
    },
    ALREADY_SUBMITTED: {
        meaning: 'The oracle answered for this round before; one answer of each counts.',
        action: 'Nothing is lost if it is the same; another answer belongs to the next round.',
        says: (f) => `${f.oracleId} answered the round ${f.tickMs} of ${f.feedId} in transaction ${f.transactionId}.`,
    },
    ROUND_CONCLUDED: {
        meaning: 'The round was concluded, which is final.',
        action: 'Read the outcome with QueryFeedRound.',
        says: (f) => `The round ${f.tickMs} of ${f.feedId} was concluded in transaction ${f.transactionId}.`,
    },
    SUBMISSIONS_AWAITED: {
        meaning: 'The round is not due yet, and not every oracle has answered.',
        action: 'Conclude it later, or compare the clocks.',
        says: (f) => `The round ${f.tickMs} of ${f.feedId} waits ${f.remainingMs} ms more for ${f.missing.join(', ')}.`,
    },
    QUORUM_NOT_REACHED: {
        meaning: 'Fewer oracles agree than the feed asks for, so that there is no agreed value.',
        action: 'Read the answers with QueryFeedRound; a late answer can still bring the quorum.',
        says: (f) => `Of the round ${f.tickMs} of ${f.feedId} ${f.agreed.length} answers agree, and ${f.quorum} must.`,
    },
};
