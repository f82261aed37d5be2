import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import { oraclesContract } from './oracles-api';

/**
 * When the answers of several oracles agree: numbers that lie within a tolerance of their median, or documents (texts,
 * files) of the same digest.
 */
export type Agreement =
    { readonly rule: 'median'; readonly unit: string; readonly tolerance: number } | { readonly rule: 'same-digest' };
export const agreementRules = ['median', 'same-digest'] as const satisfies readonly Agreement['rule'][];

/** What is asked of which oracles, how often, and when their answers count. */
export interface FeedInput {
    readonly feedId: string;
    /** What is asked, for people: which value of which source. */
    readonly question: string;
    /** What kind of thing the answer is, e.g. `air-temperature`. */
    readonly type: string;
    readonly agreement: Agreement;
    /** How many oracles must agree: more than half of them, so that no two answers can. */
    readonly quorum: number;
    readonly oracles: readonly string[];
    /** A round's tick is `startMs` and every `intervalMs` from there on. */
    readonly startMs: number;
    readonly intervalMs: number;
    /** A source is fetched from the tick until this much after it; the round is due then. At most `intervalMs`. */
    readonly windowMs: number;
}

export const feedStates = ['active', 'ended'] as const;
export type FeedState = (typeof feedStates)[number];

/** The ledger record of a feed. */
export interface FeedRecord extends FeedInput {
    readonly schemaVersion: 1;
    readonly state: FeedState;
    readonly definedByMspId: string;
    readonly definedByName: string;
    /** Of the newest act: its definition or its end. */
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export interface FeedName {
    readonly feedId: string;
}
/** A round of a feed: the answers to what is asked at one tick. */
export interface FeedRoundName extends FeedName {
    readonly tickMs: number;
}

/** Where an answer was taken from, and how to tell that the source said so. */
export interface SourceReference {
    /** A file's name or an address, for people. */
    readonly name: string;
    /** SHA-256 of the bytes that the source gave, 64 lower-case hex digits. */
    readonly sha256: string;
    readonly sizeBytes: number;
    /** When they were fetched, by the oracle's clock. */
    readonly fetchedMs: number;
}

/** What an oracle signs: `submissionBytes`. */
export interface SignableSubmission extends FeedRoundName {
    readonly oracleId: string;
    /** The number that is asked for; null where documents are asked for. */
    readonly value: number | null;
    readonly source: SourceReference;
}
export interface SubmissionInput extends SignableSubmission {
    /** ECDSA P-256 with SHA-256 over `submissionBytes`: 64 bytes r‖s with the lower s, lower-case hex. */
    readonly signature: string;
}

/** The record under (feed, tick, oracle); with the oracle's registered key everybody can verify it again. */
export interface SubmissionRecord extends SubmissionInput {
    readonly schemaVersion: 1;
    /** True: it came after tick + window. */
    readonly late: boolean;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** What the answers of a round come to. All lists are in the order of the ids. */
export interface FeedOutcome {
    /** The median of all numbers; the lower of the two in the middle. Null for documents, or without an answer. */
    readonly value: number | null;
    /** The digest that most oracles name. Null for numbers, or without an answer. */
    readonly sha256: string | null;
    readonly agreed: readonly string[];
    readonly deviated: readonly string[];
    readonly missing: readonly string[];
    /** Those of the agreed and deviated whose answer came late. */
    readonly late: readonly string[];
}

/** The record of a round that was concluded, and the payload of its event. It never changes. */
export interface ConclusionRecord extends FeedRoundName, FeedOutcome {
    readonly schemaVersion: 1;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** `due` after tick + window; never written: queries tell it. */
export const feedRoundStates = ['open', 'due', 'concluded'] as const;
export type FeedRoundState = (typeof feedRoundStates)[number];

/** A round as of the question. */
export interface FeedRoundAnswer extends FeedRoundName {
    readonly state: FeedRoundState;
    /** Of the conclusion, or of the answers that there are so far. */
    readonly outcome: FeedOutcome;
    readonly submissions: readonly SubmissionRecord[];
    readonly conclusion: ConclusionRecord | null;
}

export interface FeedFilter extends FeedName, PageRequest {}

export type FeedFault =
    | { readonly code: 'FEED_UNKNOWN'; readonly feedId: string }
    | { readonly code: 'FEED_EXISTS'; readonly feedId: string }
    | { readonly code: 'FEED_ENDED'; readonly feedId: string }
    | { readonly code: 'ORACLE_KEY_SHARED'; readonly oracleId: string; readonly otherOracleId: string }
    | { readonly code: 'NOT_IN_FEED'; readonly feedId: string; readonly oracleId: string }
    | (FeedRoundName & { readonly code: 'NOT_A_FEED_TICK'; readonly startMs: number; readonly intervalMs: number })
    | { readonly code: 'ANSWER_UNSUITABLE'; readonly feedId: string; readonly rule: Agreement['rule'] }
    | (FeedRoundName & { readonly code: 'FETCHED_OFF_TICK'; readonly offMs: number; readonly windowMs: number })
    | (FeedRoundName & { readonly code: 'FETCHED_FROM_FUTURE'; readonly oracleId: string; readonly aheadMs: number })
    | (FeedRoundName & {
          readonly code: 'ALREADY_SUBMITTED';
          readonly oracleId: string;
          readonly transactionId: string;
      })
    | (FeedRoundName & { readonly code: 'ROUND_CONCLUDED'; readonly transactionId: string })
    | (FeedRoundName & {
          readonly code: 'SUBMISSIONS_AWAITED';
          readonly missing: readonly string[];
          readonly remainingMs: number;
      })
    | (FeedRoundName & {
          readonly code: 'QUORUM_NOT_REACHED';
          readonly agreed: readonly string[];
          readonly quorum: number;
      });

export const feedLimits = {
    /** A conclusion reads the answer of each. */
    oracles: 25,
    intervalMs: { min: 1_000, max: 31_622_400_000 },
    /** UTF-16 units of a source's name. */
    sourceNameLength: 200,
} as const;

export const feedCalls = {
    /** By a dispatcher. Its oracles must be registered, and no two of them have one key. */
    define: (input: FeedInput): Call => submitCallOf(oraclesContract, 'DefineFeed', input),
    /** By a dispatcher: no more answers. What was answered can be concluded. */
    end: (feedId: string): Call => submitCallOf(oraclesContract, 'EndFeed', { feedId }),
    /** By the oracle itself: once for each round. */
    submit: (input: SubmissionInput): Call => submitCallOf(oraclesContract, 'SubmitToFeed', input),
    /** By a dispatcher, after tick + window or when every oracle has answered. */
    conclude: (input: FeedRoundName): Call => submitCallOf(oraclesContract, 'Conclude', input),
    /** Answers a FeedRecord. */
    query: (feedId: string): Call => evaluateCallOf(oraclesContract, 'QueryFeed', { feedId }),
    /** Answers a Page<FeedRecord>. */
    list: (input: PageRequest): Call => evaluateCallOf(oraclesContract, 'ListFeeds', input),
    /** Answers a FeedRoundAnswer. */
    queryRound: (input: FeedRoundName): Call => evaluateCallOf(oraclesContract, 'QueryFeedRound', input),
    /** Answers a Page<ConclusionRecord>, by tick. */
    listConclusions: (input: FeedFilter): Call => evaluateCallOf(oraclesContract, 'ListConclusions', input),
} as const;

export const feedEvents = {
    defined: 'oracles.feed-defined',
    ended: 'oracles.feed-ended',
    submitted: 'oracles.submitted',
    concluded: 'oracles.concluded',
} as const;
export interface FeedEventPayloads {
    readonly 'oracles.feed-defined': FeedRecord;
    readonly 'oracles.feed-ended': FeedRecord;
    readonly 'oracles.submitted': SubmissionRecord;
    readonly 'oracles.concluded': ConclusionRecord;
}
