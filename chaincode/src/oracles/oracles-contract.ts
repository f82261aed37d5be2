import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireRole } from '../caller/require-role';
import { accepted } from '../faults/accepted';
import { acceptedAt } from '../faults/accepted-at';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { submissionBytes } from '../signatures/signed-bytes-api';
import { judgeSignature } from '../signatures/verify-signature';
import { decideConclusion, feedRoundAnswer } from './conclusion-rules';
import { decideActive, decideEnd, decideFeed, decideKnown, judgeTick } from './feed-rules';
import { feedEvents } from './feeds-api';
import { decideAct, decideActing, decideRegistration } from './oracle-rules';
import { oracleEvents, oraclesContract, type OracleAct, type OracleActRecord, type OracleRecord } from './oracles-api';
import { oraclesInput } from './oracles-input';
import { decideSubmission, judgeAnswer } from './submission-rules';
import './oracle-records';
import './oracles-input-schema';

@DescribedOnly
@Info({
    title: 'oracles',
    description: 'Registered oracles, what they answer of data off the chain, and what they agree on',
})
export class OraclesContract extends Contract {
    constructor() {
        super(oraclesContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(oraclesContract);
    }

    /** Two gets, one put. */
    @Transaction()
    @Param('input', 'string', 'JSON of OracleRegistration')
    async RegisterOracle(ctx: GridContext, input: string): Promise<void> {
        const registration = readArgument(input, oraclesInput.registration);
        requireRole(ctx.caller, 'operator', await ctx.roles.find());
        const existing = await ctx.oracles.find(registration.oracleId);
        const oracle = accepted(decideRegistration(existing, registration, newAct(ctx, 'register')));
        ctx.stub.setEvent(oracleEvents.register, await ctx.oracles.put(oracle));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of OracleReason')
    async SuspendOracle(ctx: GridContext, input: string): Promise<void> {
        await actOn(ctx, 'suspend', readArgument(input, oraclesInput.oracleReason));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of OracleName')
    async ResumeOracle(ctx: GridContext, input: string): Promise<void> {
        await actOn(ctx, 'resume', readArgument(input, oraclesInput.oracleName));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of OracleReason')
    async RetireOracle(ctx: GridContext, input: string): Promise<void> {
        await actOn(ctx, 'retire', readArgument(input, oraclesInput.oracleReason));
    }

    /** Two gets and one for each oracle that it names, one put. */
    @Transaction()
    @Param('input', 'string', 'JSON of FeedInput')
    async DefineFeed(ctx: GridContext, input: string): Promise<void> {
        const feed = readArgument(input, oraclesInput.feed);
        requireRole(ctx.caller, 'dispatcher', await ctx.roles.find());
        const existing = await ctx.oracles.findFeed(feed.feedId);
        const oracles = new Map<string, OracleRecord | undefined>();
        for (const oracleId of existing === undefined ? feed.oracles : []) {
            oracles.set(oracleId, await ctx.oracles.find(oracleId));
        }
        const { byMspId, byName } = actor(ctx);
        const act = { definedByMspId: byMspId, definedByName: byName, ...ctx.transaction };
        const record = accepted(decideFeed(existing, feed, (oracleId) => oracles.get(oracleId), act));
        ctx.stub.setEvent(feedEvents.defined, await ctx.oracles.putFeed(record));
    }

    /** Two gets, one put. */
    @Transaction()
    @Param('input', 'string', 'JSON of FeedName')
    async EndFeed(ctx: GridContext, input: string): Promise<void> {
        const { feedId } = readArgument(input, oraclesInput.feedName);
        requireRole(ctx.caller, 'dispatcher', await ctx.roles.find());
        const ended = accepted(decideEnd(await ctx.oracles.findFeed(feedId), feedId, ctx.transaction));
        ctx.stub.setEvent(feedEvents.ended, await ctx.oracles.putFeed(ended));
    }

    /** Four gets, one put, under a key of this round and oracle alone. */
    @Transaction()
    @Param('input', 'string', 'JSON of SubmissionInput')
    async SubmitToFeed(ctx: GridContext, input: string): Promise<void> {
        const given = readArgument(input, oraclesInput.submission);
        const { signature, ...signed } = given;
        const { feedId, oracleId } = given;
        const oracle = accepted(decideActing(await ctx.oracles.find(oracleId), oracleId, ctx.caller));
        const feed = accepted(decideActive(await ctx.oracles.findFeed(feedId), feedId));
        const signer = { signerId: oracleId, publicKey: oracle.certificate.publicKey };
        const message = submissionBytes(signed, ctx.stub.getChannelID());
        acceptedAt(judgeAnswer(feed, given) ?? judgeSignature(signer, message, signature));
        const earlier = {
            submission: await ctx.oracles.findSubmission(given, oracleId),
            conclusion: await ctx.oracles.findConclusion(given),
        };
        const record = accepted(decideSubmission(earlier, { feed, oracle }, given, ctx.transaction));
        ctx.stub.setEvent(feedEvents.submitted, await ctx.oracles.putSubmission(record));
    }

    /** Three gets and one for each oracle of the feed, one put. */
    @Transaction()
    @Param('input', 'string', 'JSON of FeedRoundName')
    async Conclude(ctx: GridContext, input: string): Promise<void> {
        const round = readArgument(input, oraclesInput.round);
        requireRole(ctx.caller, 'dispatcher', await ctx.roles.find());
        const feed = accepted(decideKnown(await ctx.oracles.findFeed(round.feedId), round.feedId));
        acceptedAt(judgeTick(feed, round));
        const existing = await ctx.oracles.findConclusion(round);
        const submissions = existing === undefined ? await ctx.oracles.findSubmissions(feed, round.tickMs) : [];
        const act = { ...actor(ctx), ...ctx.transaction };
        const conclusion = accepted(decideConclusion(existing, { feed, submissions }, round, act));
        ctx.stub.setEvent(feedEvents.concluded, await ctx.oracles.putConclusion(conclusion));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of OracleName')
    @Returns('OracleRecord')
    async QueryOracle(ctx: GridContext, input: string): Promise<string> {
        const { oracleId } = readArgument(input, oraclesInput.oracleName);
        return canonicalJson(accepted((await ctx.oracles.find(oracleId)) ?? { code: 'ORACLE_UNKNOWN', oracleId }));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of PageRequest')
    @Returns('OraclePage')
    async ListOracles(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.oracles.list(readArgument(input, oraclesInput.page)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of FeedName')
    @Returns('FeedRecord')
    async QueryFeed(ctx: GridContext, input: string): Promise<string> {
        const { feedId } = readArgument(input, oraclesInput.feedName);
        return canonicalJson(accepted(decideKnown(await ctx.oracles.findFeed(feedId), feedId)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of PageRequest')
    @Returns('FeedPage')
    async ListFeeds(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.oracles.listFeeds(readArgument(input, oraclesInput.page)));
    }

    /** The answers that there are, and what they come to as of the question. */
    @Transaction(false)
    @Param('input', 'string', 'JSON of FeedRoundName')
    @Returns('FeedRoundAnswer')
    async QueryFeedRound(ctx: GridContext, input: string): Promise<string> {
        const round = readArgument(input, oraclesInput.round);
        const feed = accepted(decideKnown(await ctx.oracles.findFeed(round.feedId), round.feedId));
        acceptedAt(judgeTick(feed, round));
        const submissions = await ctx.oracles.findSubmissions(feed, round.tickMs);
        const conclusion = await ctx.oracles.findConclusion(round);
        return canonicalJson(feedRoundAnswer({ feed, submissions }, round, conclusion, ctx.clock.nowMs));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of FeedFilter')
    @Returns('ConclusionPage')
    async ListConclusions(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.oracles.listConclusions(readArgument(input, oraclesInput.feedFilter)));
    }
}

/** An act of an operator on an oracle of its organisation. Two gets, one put. */
async function actOn(
    ctx: GridContext,
    act: Exclude<OracleAct, 'register'>,
    { oracleId, reason }: { readonly oracleId: string; readonly reason?: string },
): Promise<void> {
    requireRole(ctx.caller, 'operator', await ctx.roles.find());
    const before = await ctx.oracles.find(oracleId);
    const after = accepted(decideAct(before, oracleId, { ...newAct(ctx, act, reason), act }));
    ctx.stub.setEvent(oracleEvents[act], await ctx.oracles.put(after));
}

function newAct(ctx: GridContext, act: OracleAct, reason?: string): OracleActRecord {
    return { act, ...actor(ctx), reason: reason ?? null, ...ctx.transaction };
}

function actor(ctx: GridContext): { readonly byMspId: string; readonly byName: string } {
    const { mspId, certificate } = ctx.caller;
    return { byMspId: mspId, byName: certificate.commonName };
}
