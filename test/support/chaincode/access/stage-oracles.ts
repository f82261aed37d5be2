import { feedCalls } from '../../../../chaincode/src/oracles/feeds-api';
import { oracleCalls } from '../../../../chaincode/src/oracles/oracles-api';
import { aFeed, aSubmission, certificateOf, feedStartMs, signerOf } from '../oracle-grid';
import { oracleId, page, type AccessGrid, type StagedCall } from './access-grid';

const { feedId } = aFeed();
const { intervalMs, windowMs } = aFeed();
const present = { feedId, tickMs: feedStartMs };
const before = { feedId, tickMs: feedStartMs - intervalMs };

/** A feed that asks one oracle, its former round answered and due, its present one open; `south` is suspended. */
export async function stageOracles(access: AccessGrid): Promise<StagedCall[]> {
    const { people } = access;
    const certificate = await certificateOf(people.oracle);
    const at = { timeMs: before.tickMs };
    await access.submit(oracleCalls.register({ oracleId, certificate }), 'operator', at);
    await access.submit(oracleCalls.register({ oracleId: 'south', certificate }), 'operator');
    await access.submit(oracleCalls.suspend({ oracleId: 'south', reason: 'r' }), 'operator');
    const feed = aFeed({ oracles: [oracleId], quorum: 1, startMs: before.tickMs });
    await access.submit(feedCalls.define(feed), 'dispatcher', at);
    const signer = await signerOf(people.oracle);
    const { source } = aSubmission();
    const answerOf = (tickMs: number): ReturnType<typeof signer.sign> =>
        signer.sign(aSubmission({ tickMs, source: { ...source, fetchedMs: tickMs } }));
    await access.submit(feedCalls.submit(answerOf(before.tickMs)), 'oracle', at);
    return [
        { call: oracleCalls.register({ oracleId: 'east', certificate }) },
        { call: oracleCalls.suspend({ oracleId, reason: 'r' }) },
        { call: oracleCalls.resume('south') },
        { call: oracleCalls.retire({ oracleId, reason: 'r' }) },
        { call: oracleCalls.query(oracleId) },
        { call: oracleCalls.list(page) },
        { call: feedCalls.define({ ...feed, feedId: 'humidity' }) },
        { call: feedCalls.end(feedId) },
        { call: feedCalls.submit(answerOf(present.tickMs)) },
        { call: feedCalls.conclude(before), timeMs: before.tickMs + windowMs + 1 },
        { call: feedCalls.query(feedId) },
        { call: feedCalls.list(page) },
        { call: feedCalls.queryRound(present) },
        { call: feedCalls.listConclusions({ feedId, ...page }) },
    ];
}
