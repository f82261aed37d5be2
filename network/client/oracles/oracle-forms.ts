import { feedCalls, type FeedRoundName } from '../../../chaincode/src/oracles/feeds-api';
import { oracleCalls, oraclesContract } from '../../../chaincode/src/oracles/oracles-api';
import { form, jsonOnly, needed, pageOf, pageOptions, timeOf, type CallForm, type CallOptions } from '../call-form';

const oracle = { oracle: "the oracle's id" };
const reasoned = { ...oracle, reason: 'why; sign as the operator of its organisation, with --as' };
const feed = { feed: "the feed's id" };
const round = { ...feed, tick: 'ISO 8601 or ms since 1970' };

/** The calls of oracles that can be made by hand; `npm run oracle` makes those that need a certificate or a signature. */
export const oracleForms: Readonly<Record<string, CallForm>> = {
    RegisterOracle: jsonOnly(oraclesContract, 'operator', 'oracleId and certificate'),
    SuspendOracle: form(oraclesContract, 'operator', {
        options: reasoned,
        build: (options) =>
            oracleCalls.suspend({ oracleId: needed(options, 'oracle'), reason: needed(options, 'reason') }),
    }),
    ResumeOracle: form(oraclesContract, 'operator', {
        options: oracle,
        build: (options) => oracleCalls.resume(needed(options, 'oracle')),
    }),
    RetireOracle: form(oraclesContract, 'operator', {
        options: reasoned,
        build: (options) =>
            oracleCalls.retire({ oracleId: needed(options, 'oracle'), reason: needed(options, 'reason') }),
    }),
    DefineFeed: jsonOnly(
        oraclesContract,
        'dispatcher',
        'feedId, question, type, agreement, quorum, oracles, startMs, intervalMs and windowMs',
    ),
    EndFeed: form(oraclesContract, 'dispatcher', {
        options: feed,
        build: (options) => feedCalls.end(needed(options, 'feed')),
    }),
    SubmitToFeed: jsonOnly(oraclesContract, 'oracle', 'feedId, tickMs, oracleId, value, source and signature'),
    Conclude: form(oraclesContract, 'dispatcher', {
        options: round,
        build: (options) => feedCalls.conclude(roundOf(options)),
    }),
    QueryOracle: form(oraclesContract, 'reader', {
        options: oracle,
        build: (options) => oracleCalls.query(needed(options, 'oracle')),
    }),
    ListOracles: form(oraclesContract, 'reader', {
        options: pageOptions,
        build: (options) => oracleCalls.list(pageOf(options)),
    }),
    QueryFeed: form(oraclesContract, 'reader', {
        options: feed,
        build: (options) => feedCalls.query(needed(options, 'feed')),
    }),
    ListFeeds: form(oraclesContract, 'reader', {
        options: pageOptions,
        build: (options) => feedCalls.list(pageOf(options)),
    }),
    QueryFeedRound: form(oraclesContract, 'reader', {
        options: round,
        build: (options) => feedCalls.queryRound(roundOf(options)),
    }),
    ListConclusions: form(oraclesContract, 'reader', {
        options: { ...feed, ...pageOptions },
        build: (options) => feedCalls.listConclusions({ feedId: needed(options, 'feed'), ...pageOf(options) }),
    }),
};

function roundOf(options: CallOptions): FeedRoundName {
    return { feedId: needed(options, 'feed'), tickMs: timeOf(needed(options, 'tick'), 'tick') };
}
