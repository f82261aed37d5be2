import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { outcomeOf } from '../../../../chaincode/src/oracles/conclusion-rules';
import {
    feedCalls,
    feedEvents,
    type ConclusionRecord,
    type FeedInput,
    type SubmissionRecord,
} from '../../../../chaincode/src/oracles/feeds-api';
import { oraclesLimits } from '../../../../chaincode/src/oracles/oracles-api';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { aFeed, aSource, aSubmission, feedStartMs, OracleGrid } from '../../../support/chaincode/oracle-grid';

function answers(given: Readonly<Record<string, number | string>>): SubmissionRecord[] {
    return Object.entries(given).map(([oracleId, answer]) => ({
        ...aSubmission({
            oracleId,
            value: typeof answer === 'number' ? answer : null,
            ...(typeof answer === 'string' && { source: aSource({ sha256: answer.repeat(64) }) }),
        }),
        schemaVersion: 1,
        signature: '',
        late: false,
        transactionId: '00',
        transactionTimeMs: 1,
    }));
}

function asked(oracles: readonly string[], given: Partial<FeedInput> = {}): FeedInput {
    return aFeed({ oracles, ...given });
}

describe('outcomeOf', () => {
    const five = ['a', 'b', 'c', 'd', 'e'];

    it('is the median, with who agreed, who deviated and who is missing, in the order of their ids', () => {
        const outcome = outcomeOf(asked(['e', 'd', 'c', 'b', 'a']), answers({ d: 10.4, a: 10, c: 99, b: 10.2 }));
        expect(outcome).toEqual({
            value: 10.2,
            sha256: null,
            agreed: ['a', 'b', 'd'],
            deviated: ['c'],
            missing: ['e'],
            late: [],
        });
    });

    it('takes the lower number in the middle of an even count: one that an oracle signed', () => {
        expect(outcomeOf(asked(five), answers({ a: 1, b: 2, c: 3, d: 4 })).value).toBe(2);
        expect(outcomeOf(asked(five), answers({ a: 7 })).value).toBe(7);
    });

    it('takes a difference that is just the tolerance, and no greater one', () => {
        const feed = asked(['a', 'b', 'c'], { agreement: { rule: 'median', unit: 'K', tolerance: 0.5 } });
        expect(outcomeOf(feed, answers({ a: 10, b: 10.5, c: 11.001 })).agreed).toEqual(['a', 'b']);
    });

    it('does not stumble over numbers as large as there are', () => {
        const { value, agreed, deviated } = outcomeOf(
            asked(['a', 'b', 'c']),
            answers({ a: -1.7e308, b: 1.7e308, c: 5 }),
        );
        expect({ value, agreed, deviated }).toEqual({ value: 5, agreed: ['c'], deviated: ['a', 'b'] });
    });

    it('is the digest that most name; of several, the first by its digits', () => {
        const feed = asked(five, { agreement: { rule: 'same-digest' } });
        expect(outcomeOf(feed, answers({ a: 'f', b: '1', c: 'f' }))).toMatchObject({
            value: null,
            sha256: 'f'.repeat(64),
            agreed: ['a', 'c'],
            deviated: ['b'],
            missing: ['d', 'e'],
        });
        expect(outcomeOf(feed, answers({ a: 'f', b: '1' })).sha256).toBe('1'.repeat(64));
    });

    it('is nothing without an answer', () => {
        const nobody = { value: null, sha256: null, agreed: [], deviated: [], missing: five, late: [] };
        expect(outcomeOf(asked(five), [])).toEqual(nobody);
        expect(outcomeOf(asked(five, { agreement: { rule: 'same-digest' } }), [])).toEqual(nobody);
    });

    it('is the same in whatever order the answers come, and a minority never moves it out of the others’ range', () => {
        const values = fc.uniqueArray(
            fc.tuple(fc.constantFrom(...five), fc.double({ min: -50, max: 50, noNaN: true })),
            {
                selector: ([oracleId]) => oracleId,
                minLength: 3,
            },
        );
        const honest = values.filter(({ length }) => length % 2 === 1);
        fc.assert(
            fc.property(honest, fc.double({ noNaN: true, noDefaultInfinity: true }), (given, lie) => {
                const feed = asked(five);
                const outcome = outcomeOf(feed, answers(Object.fromEntries(given)));
                expect(outcomeOf(feed, answers(Object.fromEntries([...given].reverse())))).toEqual(outcome);
                const [liar, ...others] = given;
                const moved = outcomeOf(feed, answers(Object.fromEntries([[liar?.[0] ?? '', lie], ...others])));
                const range = others.map(([, value]) => value);
                expect(moved.value).toBeGreaterThanOrEqual(Math.min(...range));
                expect(moved.value).toBeLessThanOrEqual(Math.max(...range));
            }),
            { seed: 20_261_129, numRuns: 300 },
        );
    });
});

describe('Conclude', () => {
    let oracles: OracleGrid;

    beforeEach(async () => {
        oracles = await OracleGrid.start();
        await oracles.define();
    });

    async function answer(given: Readonly<Record<string, number>>): Promise<void> {
        for (const [oracleId, value] of Object.entries(given)) await oracles.submit({ oracleId, value });
    }

    it('keeps the agreed value when everybody has answered, with three gets and one for each oracle', async () => {
        await answer({ north: 21.5, south: 21.7, west: 35 });
        const { calls, event, transactionId } = await oracles.conclude();
        expect(calls).toEqual({ gets: 6, puts: 1, deletes: 0, ranges: 0, histories: 0 });
        const outcome = {
            value: 21.7,
            sha256: null,
            agreed: ['north', 'south'],
            deviated: ['west'],
            missing: [],
            late: [],
        };
        expect(event).toMatchObject({ name: feedEvents.concluded, payload: { ...outcome, byName: 'dispatcher' } });
        const round = await oracles.round();
        expect(round).toMatchObject({ state: 'concluded', outcome, conclusion: { transactionId, schemaVersion: 1 } });
        expect(round.submissions).toHaveLength(3);
        const list = feedCalls.listConclusions({ feedId: 'temperature', pageSize: 5, bookmark: '' });
        const page = await oracles.grid.ledger.evaluate<{ items: ConclusionRecord[] }>(list, oracles.grid.reader);
        expect(page.items).toEqual([round.conclusion]);
    });

    it('waits for the others until the round is due, and then concludes without them', async () => {
        await answer({ north: 21.5, west: 21.5 });
        oracles.advance(30_000);
        const fault = await expectFault(oracles.conclude(), 'SUBMISSIONS_AWAITED');
        expect(fault).toMatchObject({ missing: ['south'], remainingMs: 1 });
        expect((await oracles.round()).state).toBe('open');
        oracles.advance(1);
        expect(await oracles.round()).toMatchObject({ state: 'due', outcome: { value: 21.5, missing: ['south'] } });
        expect((await oracles.conclude()).event?.payload).toMatchObject({ missing: ['south'], value: 21.5 });
    });

    it('refuses below the quorum; a late answer can still bring it', async () => {
        await answer({ north: 21.5, west: 30 });
        oracles.advance(30_001);
        const fault = await expectFault(oracles.conclude(), 'QUORUM_NOT_REACHED');
        expect(fault).toMatchObject({ agreed: ['north'], quorum: 2 });
        await answer({ south: 21.4 });
        expect((await oracles.conclude()).event?.payload).toMatchObject({
            value: 21.5,
            agreed: ['north', 'south'],
            deviated: ['west'],
            late: ['south'],
        });
    });

    it('refuses without any answer, for no tick, and for no feed', async () => {
        oracles.advance(30_001);
        expect((await expectFault(oracles.conclude(), 'QUORUM_NOT_REACHED')).agreed).toEqual([]);
        await expectFault(oracles.conclude(feedStartMs + 1), 'NOT_A_FEED_TICK');
        await expectFault(oracles.round(feedStartMs + 1), 'NOT_A_FEED_TICK');
        const unknown = feedCalls.conclude({ feedId: 'x', tickMs: 1 });
        await expectFault(oracles.grid.ledger.submit(unknown, oracles.dispatcher), 'FEED_UNKNOWN');
    });

    it('is final', async () => {
        await answer({ north: 1, south: 1, west: 1 });
        const { transactionId } = await oracles.conclude();
        expect((await expectFault(oracles.conclude(), 'ROUND_CONCLUDED')).transactionId).toBe(transactionId);
    });

    it('concludes what an ended feed was answered', async () => {
        await answer({ north: 1, south: 1, west: 1 });
        await oracles.grid.ledger.submit(feedCalls.end('temperature'), oracles.dispatcher);
        expect((await oracles.conclude()).event?.payload).toMatchObject({ value: 1 });
    });

    it('is not valid when an answer is committed first: it is concluded again', async () => {
        await answer({ north: 1, south: 1 });
        oracles.advance(30_001);
        const submission = feedCalls.submit(await oracles.signed({ oracleId: 'west', value: 1 }));
        const conclusion = feedCalls.conclude({ feedId: 'temperature', tickMs: feedStartMs });
        const { ledger } = oracles.grid;
        const answered = await ledger.endorse(submission, oracles.as('west'));
        const concluded = await ledger.endorse(conclusion, oracles.dispatcher);
        expect(ledger.commit(answered, concluded)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('is judged at the later of two times; one that went back too far is refused', async () => {
        oracles.advance(20_000);
        await answer({ north: 1, south: 1, west: 1 });
        oracles.advance(-oraclesLimits.clockToleranceMs - 1);
        await expectFault(oracles.conclude(), 'TIME_WENT_BACK');
        oracles.advance(1);
        const { event } = await oracles.conclude();
        expect(event?.payload).toMatchObject({ transactionTimeMs: feedStartMs + 20_000 });
    });
});
