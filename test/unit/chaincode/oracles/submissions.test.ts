import { beforeEach, describe, expect, it } from '@jest/globals';
import {
    feedCalls,
    feedEvents,
    type FeedRecord,
    type SubmissionRecord,
} from '../../../../chaincode/src/oracles/feeds-api';
import { oracleCalls, oraclesLimits } from '../../../../chaincode/src/oracles/oracles-api';
import { submissionBytes } from '../../../../chaincode/src/signatures/signed-bytes-api';
import { judgeSignature } from '../../../../chaincode/src/signatures/verify-signature';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { aFeed, aSource, certificateOf, feedStartMs, OracleGrid, sha256 } from '../../../support/chaincode/oracle-grid';
import { newTestIdentity } from '../../../support/chaincode/test-identity';

let oracles: OracleGrid;

beforeEach(async () => {
    oracles = await OracleGrid.start();
});

describe('a feed', () => {
    it('is defined with what is asked, of whom, and when answers agree', async () => {
        const { calls, event } = await oracles.define();
        expect(calls).toMatchObject({ gets: 5, puts: 1, deletes: 0, ranges: 0 });
        expect(event?.name).toBe(feedEvents.defined);
        const feed = await oracles.grid.ledger.evaluate<FeedRecord>(
            feedCalls.query('temperature'),
            oracles.grid.reader,
        );
        expect(feed).toMatchObject({ ...aFeed(), schemaVersion: 1, state: 'active', definedByName: 'dispatcher' });
        const list = feedCalls.list({ pageSize: 5, bookmark: '' });
        expect(await oracles.grid.ledger.evaluate(list, oracles.grid.reader)).toMatchObject({ items: [feed] });
    });

    it('is defined once', async () => {
        await oracles.define();
        expect((await expectFault(oracles.define({ quorum: 3 }), 'FEED_EXISTS')).feedId).toBe('temperature');
    });

    it('names registered oracles that serve, each with a key of its own', async () => {
        await expectFault(oracles.define({ oracles: ['north', 'nobody', 'west'] }), 'ORACLE_UNKNOWN');
        await oracles.register('twin', 'DispatchMSP', oracles.as('south'));
        const shared = await expectFault(oracles.define({ oracles: ['south', 'west', 'twin'] }), 'ORACLE_KEY_SHARED');
        expect(shared).toMatchObject({ oracleId: 'twin', otherOracleId: 'south' });
        await oracles.grid.ledger.submit(oracleCalls.retire({ oracleId: 'north', reason: 'r' }), oracles.grid.operator);
        const retired = await expectFault(oracles.define(), 'ORACLE_NOT_SERVING');
        expect(retired).toMatchObject({ oracleId: 'north', state: 'retired' });
    });

    it.each([
        ['quorum', { quorum: 1 }, 'too-small'],
        ['quorum', { quorum: 4 }, 'too-large'],
        ['windowMs', { windowMs: 60_001 }, 'too-large'],
        ['oracles[1]', { oracles: ['north', 'north'] }, 'twice-the-same'],
        ['agreement.tolerance', { agreement: { rule: 'median', unit: 'K', tolerance: -1 } }, 'too-small'],
        ['agreement.unit', { agreement: { rule: 'same-digest', unit: 'K' } as never }, 'unknown-field'],
        ['agreement.rule', { agreement: { rule: 'mean' } as never }, 'not-one-of-the-known'],
        ['agreement', { agreement: null as never }, 'not-an-object'],
    ] as const)('is refused for its %s of %j', async (path, given, reason) => {
        expect(await expectFault(oracles.define(given), 'MALFORMED_INPUT')).toMatchObject({ path, reason });
    });

    it('takes no answers once it has ended, and tells times that went back', async () => {
        await oracles.define();
        oracles.advance(-oraclesLimits.clockToleranceMs - 1);
        const end = feedCalls.end('temperature');
        await expectFault(oracles.grid.ledger.submit(end, oracles.dispatcher), 'TIME_WENT_BACK');
        oracles.advance(oraclesLimits.clockToleranceMs + 1);
        const { event, calls } = await oracles.grid.ledger.submit(end, oracles.dispatcher);
        expect(event).toMatchObject({ name: feedEvents.ended, payload: { state: 'ended' } });
        expect(calls).toMatchObject({ gets: 2, puts: 1 });
        await expectFault(oracles.submit(), 'FEED_ENDED');
        await expectFault(oracles.grid.ledger.submit(end, oracles.dispatcher), 'FEED_ENDED');
        await expectFault(oracles.grid.ledger.evaluate(feedCalls.query('x'), oracles.grid.reader), 'FEED_UNKNOWN');
    });
});

describe('an answer', () => {
    beforeEach(async () => {
        await oracles.define();
    });

    it('costs four gets and one put, under a key of round and oracle alone', async () => {
        const { calls, writes, event } = await oracles.submit();
        expect(calls).toEqual({ gets: 4, puts: 1, deletes: 0, ranges: 0, histories: 0 });
        expect([...writes.keys()]).toEqual([`\0feed-submission\0temperature\u000000${feedStartMs}\0north\0`]);
        expect(event).toMatchObject({ name: feedEvents.submitted, payload: { value: 21.5, late: false } });
    });

    it('can be verified again by everybody, from what the ledger holds', async () => {
        await oracles.submit();
        const [found] = (await oracles.round()).submissions as [SubmissionRecord];
        const { feedId, tickMs, oracleId, value, source, signature } = found;
        const message = submissionBytes({ feedId, tickMs, oracleId, value, source }, 'grid');
        const { publicKey } = await certificateOf(oracles.as('north'));
        expect(judgeSignature({ signerId: oracleId, publicKey }, message, signature)).toBeUndefined();
        expect(source).toEqual(aSource());
    });

    it('of all oracles goes into one block: nobody disturbs anybody', async () => {
        const endorsed = await Promise.all(
            ['north', 'south', 'west'].map(async (oracleId) =>
                oracles.grid.ledger.endorse(feedCalls.submit(await oracles.signed({ oracleId })), oracles.as(oracleId)),
            ),
        );
        expect(oracles.grid.ledger.commit(...endorsed)).toEqual(['VALID', 'VALID', 'VALID']);
    });

    it('of an oracle that is not registered is refused', async () => {
        expect((await expectFault(oracles.submit({ oracleId: 'east' }), 'ORACLE_UNKNOWN')).oracleId).toBe('east');
    });

    it('of an oracle that the feed does not ask is refused', async () => {
        await oracles.register('east');
        expect(await expectFault(oracles.submit({ oracleId: 'east' }), 'NOT_IN_FEED')).toMatchObject({
            feedId: 'temperature',
            oracleId: 'east',
        });
    });

    it('is the oracle’s own: neither a foreign organisation nor another certificate of its name may bring it', async () => {
        const signed = await oracles.signed();
        const foreign = await newTestIdentity({
            name: 'north',
            mspId: 'PrimaryMSP',
            serial: oracles.as('north').serial,
        });
        const fault = await expectFault(oracles.send(signed, foreign), 'FOREIGN_ORACLE');
        expect(fault).toMatchObject({ mspId: 'DispatchMSP', callerMspId: 'PrimaryMSP' });
        const namesake = await newTestIdentity({ name: 'north' });
        const other = await expectFault(oracles.send(signed, namesake), 'NOT_THE_ORACLE');
        expect(other).toMatchObject({ oracleId: 'north', certificateSerial: namesake.serial });
    });

    it.each(['suspend', 'retire'] as const)('is refused after %s', async (act) => {
        const call = oracleCalls[act]({ oracleId: 'north', reason: 'r' });
        await oracles.grid.ledger.submit(call, oracles.grid.operator);
        const { state } = await expectFault(oracles.submit(), 'ORACLE_NOT_SERVING');
        expect(state).toBe(act === 'suspend' ? 'suspended' : 'retired');
    });

    it('is refused when anything of it was changed, and on another channel', async () => {
        const signed = await oracles.signed();
        const changes = [
            { value: 21.6 },
            { source: aSource({ sha256: 'cd'.repeat(32) }) },
            { source: aSource({ name: 'elsewhere' }) },
            { source: aSource({ fetchedMs: feedStartMs + 1 }) },
            { source: aSource({ sizeBytes: 121 }) },
        ];
        for (const change of changes) {
            const forged = oracles.send({ ...signed, ...change }, oracles.as('north'));
            expect((await expectFault(forged, 'SIGNATURE_INVALID')).signerId).toBe('north');
        }
        const elsewhere = await oracles.signed({}, 'other');
        await expectFault(oracles.send(elsewhere, oracles.as('north')), 'SIGNATURE_INVALID');
        const malformed = { ...signed, signature: 'x' };
        await expectFault(oracles.send(malformed, oracles.as('north')), 'SIGNATURE_MALFORMED');
    });

    it('counts once: a replay is refused in its round, and does not fit another', async () => {
        const signed = await oracles.signed();
        const { transactionId } = await oracles.send(signed, oracles.as('north'));
        const again = await expectFault(oracles.send(signed, oracles.as('north')), 'ALREADY_SUBMITTED');
        expect(again).toMatchObject({ feedId: 'temperature', oracleId: 'north', transactionId });
        oracles.advance(60_000);
        const moved = { ...signed, tickMs: feedStartMs + 60_000, source: aSource({ fetchedMs: feedStartMs + 60_000 }) };
        await expectFault(oracles.send(moved, oracles.as('north')), 'SIGNATURE_INVALID');
        await oracles.define({ feedId: 'other' });
        await expectFault(oracles.send({ ...signed, feedId: 'other' }, oracles.as('north')), 'SIGNATURE_INVALID');
    });

    it('is valid once of several copies in one block', async () => {
        const call = feedCalls.submit(await oracles.signed());
        const copies = await Promise.all([1, 2].map(() => oracles.grid.ledger.endorse(call, oracles.as('north'))));
        expect(oracles.grid.ledger.commit(...copies)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it.each([-60_000, 1, 59_999])('is refused for a time %d ms from the first tick, which is none', async (offMs) => {
        const fault = await expectFault(oracles.submit({ tickMs: feedStartMs + offMs }), 'NOT_A_FEED_TICK');
        expect(fault).toMatchObject({ startMs: feedStartMs, intervalMs: 60_000 });
    });

    it('is a number for the rule median, and none for the rule same-digest', async () => {
        const fault = await expectFault(oracles.submit({ value: null }), 'ANSWER_UNSUITABLE');
        expect(fault.rule).toBe('median');
        await oracles.define({ feedId: 'bulletin', agreement: { rule: 'same-digest' } });
        const number = oracles.submit({ feedId: 'bulletin' });
        expect((await expectFault(number, 'ANSWER_UNSUITABLE')).rule).toBe('same-digest');
        const { event } = await oracles.submit({ feedId: 'bulletin', value: null });
        expect(event?.payload).toMatchObject({ value: null, source: { sha256 } });
    });

    it.each([-1, 30_001])('is refused when its source was fetched %d ms after the tick', async (offMs) => {
        const submission = { source: aSource({ fetchedMs: feedStartMs + offMs }) };
        expect(await expectFault(oracles.submit(submission), 'FETCHED_OFF_TICK')).toMatchObject({
            offMs,
            windowMs: 30_000,
        });
    });

    it('is refused when its source was fetched after the transaction, by more than clocks may differ', async () => {
        const ahead = oraclesLimits.clockToleranceMs;
        await oracles.submit({ source: aSource({ fetchedMs: feedStartMs + ahead }) });
        const south = oracles.submit({ oracleId: 'south', source: aSource({ fetchedMs: feedStartMs + ahead + 1 }) });
        expect(await expectFault(south, 'FETCHED_FROM_FUTURE')).toMatchObject({
            oracleId: 'south',
            aheadMs: ahead + 1,
        });
    });

    it('is judged at the later of two times; one that went back too far is refused', async () => {
        oracles.advance(-oraclesLimits.clockToleranceMs);
        const { event } = await oracles.submit();
        expect(event?.payload).toMatchObject({ transactionTimeMs: feedStartMs });
        oracles.advance(-1);
        await expectFault(oracles.submit({ oracleId: 'south' }), 'TIME_WENT_BACK');
    });

    it('is late after tick + window, and still counts until the round is concluded', async () => {
        oracles.advance(30_000);
        expect((await oracles.submit()).event?.payload).toMatchObject({ late: false });
        oracles.advance(1);
        expect((await oracles.submit({ oracleId: 'south' })).event?.payload).toMatchObject({ late: true });
        const { transactionId } = await oracles.conclude();
        const fault = await expectFault(oracles.submit({ oracleId: 'west' }), 'ROUND_CONCLUDED');
        expect(fault).toMatchObject({ feedId: 'temperature', tickMs: feedStartMs, transactionId });
    });
});
