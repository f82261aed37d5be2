import { describe, expect, it } from '@jest/globals';
import type { TransactionRecord } from '../../../../caliper/connector/transaction-record';
import { roundSchema } from '../../../../caliper/report/run-record';
import type { RoundEvidence } from '../../../../caliper/run/collect-round';
import { collectRound } from '../../../../caliper/run/collect-round';

function aTransaction(index: number, changed: Partial<TransactionRecord> = {}): TransactionRecord {
    const createdMs = 1000 + index * 100;
    return {
        round: 0,
        worker: index % 2,
        medium: index % 2 === 0 ? '5g' : '4g',
        terminalId: `T-${index}`,
        operation: 'set',
        transactionId: `tx${index}`,
        createdMs,
        endorsedMs: createdMs + 50,
        orderedMs: createdMs + 70,
        finishedMs: createdMs + 400,
        status: 'ok',
        ...changed,
    };
}

function theEvidence(transactions: TransactionRecord[], changed: Partial<RoundEvidence> = {}): RoundEvidence {
    const succeeded = transactions.filter(({ status }) => status === 'ok').length;
    return {
        round: { label: 'wireless-set-10', operation: 'set', tps: 10, transactions: transactions.length },
        topology: 'wireless',
        medium: 'mixed',
        workers: ['5g', '4g'],
        transactions,
        caliper: { Succ: succeeded, Fail: transactions.length - succeeded, 'Throughput (TPS)': 9.1 },
        receipts: new Map(transactions.map(({ transactionId, createdMs }) => [transactionId, createdMs + 300])),
        inLedger: new Map(),
        traffic: new Map([
            ['5g', { bytesUp: 20_000, bytesDown: 8_000 }],
            ['4g', { bytesUp: 10_000, bytesDown: 5_000 }],
        ]),
        ...changed,
    };
}

describe('collectRound', () => {
    const four = [0, 1, 2, 3].map((index) => aTransaction(index));

    it('makes a record that the report accepts', () => {
        const record = collectRound(theEvidence(four));
        expect(roundSchema.parse(record)).toEqual(record);
        expect(record).toMatchObject({
            planned: 4,
            succeeded: 4,
            failed: 0,
            sendRateTps: 10,
            saturated: false,
            latencyMs: { min: 400, max: 400 },
            caliper: { 'Throughput (TPS)': 9.1 },
            errors: [],
            lost: [],
        });
        expect(record.problem).toBeUndefined();
    });

    it('counts successes only in its throughput, to the last success', () => {
        const record = collectRound(theEvidence([...four.slice(0, 3), aTransaction(3, { status: 'failed' })]));
        expect(record.successTps).toBeCloseTo(3 / 0.6);
        expect(record.failed).toBe(1);
    });

    it('splits a mixed round by medium, with what each was to send', () => {
        const record = collectRound(theEvidence([...four.slice(0, 3), aTransaction(3, { status: 'failed' })]));
        expect(record.byMedium).toMatchObject([
            { medium: '5g', planned: 2, succeeded: 2, failed: 0 },
            { medium: '4g', planned: 2, succeeded: 1, failed: 1 },
        ]);
        expect(collectRound(theEvidence(four, { medium: '5g', workers: ['5g'] })).byMedium).toBeUndefined();
    });

    it('measures displacement from the send to the receipt, worst first, and counts the events that came', () => {
        const receipts = new Map([
            ['tx0', 1250],
            ['tx2', 2100],
        ]);
        expect(collectRound(theEvidence(four, { receipts })).displacement).toMatchObject({
            receivedEvents: 2,
            worstMs: 900,
            worstTransactionId: 'tx2',
            phases: { endorseMs: 50, orderMs: 20, commitMs: 330, receivedMs: 900 },
        });
        expect(collectRound(theEvidence(four, { receipts: new Map() })).displacement).toEqual({
            receivedEvents: 0,
            worstMs: null,
            worstTransactionId: null,
        });
    });

    it('shows where the time of the worst transaction went', () => {
        const slow = aTransaction(1, { finishedMs: 3000 });
        expect(collectRound(theEvidence([aTransaction(0), slow])).worst).toMatchObject({
            transactionId: 'tx1',
            terminalId: 'T-1',
            medium: '4g',
            latencyMs: 1900,
            phases: { endorseMs: 50, orderMs: 20, commitMs: 1830 },
        });
    });

    it('lists a commit timeout as lost, with what the ledger says, and never as a success', () => {
        const timeouts = [2, 3].map((index) => aTransaction(index, { status: 'failed', code: 'COMMIT_TIMEOUT' }));
        const refused = aTransaction(4, { status: 'failed', code: 'MVCC_READ_CONFLICT' });
        const record = collectRound(
            theEvidence([aTransaction(0), aTransaction(1), ...timeouts, refused], {
                inLedger: new Map([['tx2', true]]),
            }),
        );
        expect(record.succeeded).toBe(2);
        expect(record.lost).toEqual([
            { transactionId: 'tx2', code: 'COMMIT_TIMEOUT', inLedger: true },
            { transactionId: 'tx3', code: 'COMMIT_TIMEOUT', inLedger: 'unknown' },
        ]);
        expect(record.errors).toEqual([
            { code: 'COMMIT_TIMEOUT', count: 2 },
            { code: 'MVCC_READ_CONFLICT', count: 1 },
        ]);
    });

    it('marks a round as saturated that was not sent as fast as asked', () => {
        const round = { label: 'r', operation: 'set', tps: 11, transactions: 4 } as const;
        expect(collectRound(theEvidence(four, { round })).saturated).toBe(true);
    });

    it('tells the bytes of each medium by transaction', () => {
        expect(collectRound(theEvidence(four)).bytes).toEqual([
            { medium: '5g', upPerTransaction: 10_000, downPerTransaction: 4_000 },
            { medium: '4g', upPerTransaction: 5_000, downPerTransaction: 2_500 },
        ]);
    });

    it.each([
        ['a round of which Caliper gave no figures', { caliper: undefined }, /did not run to its end/],
        [
            'a count that is not what was planned',
            { caliper: { Succ: 3, Fail: 0 } },
            /counted 3 .* where 4 were planned/,
        ],
        ['successes that the records do not hold', { caliper: { Succ: 3, Fail: 1 } }, /counted 3 successes/],
        ['a failure told by the runner', { problem: 'a worker died' }, /^a worker died$/],
    ])('has a problem with %s', (_, changed, problem) => {
        expect(collectRound(theEvidence(four, changed)).problem).toMatch(problem);
    });

    it('has a problem with transactions that nobody recorded', () => {
        const evidence = theEvidence(four);
        expect(collectRound({ ...evidence, transactions: four.slice(1) }).problem).toMatch(/3 of 4 .* recorded/);
    });

    it('makes a record of a round in which nothing happened', () => {
        const evidence = { ...theEvidence(four), transactions: [], caliper: undefined };
        const record = collectRound(evidence);
        expect(roundSchema.parse(record)).toMatchObject({ succeeded: 0, latencyMs: null, worst: null, sendRateTps: 0 });
    });
});
