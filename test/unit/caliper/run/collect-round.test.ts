import { describe, expect, it } from '@jest/globals';
import type { TransactionRecord } from '../../../../caliper/connector/transaction-record';
import { roundSchema } from '../../../../caliper/report/run-record';
import type { PlannedRound } from '../../../../caliper/rounds/plan-rounds';
import type { RoundEvidence } from '../../../../caliper/run/collect-round';
import { collectRound } from '../../../../caliper/run/collect-round';

function aTransaction(index: number, changed: Partial<TransactionRecord> = {}): TransactionRecord {
    const createdMs = 1000 + index * 100;
    return {
        round: 0,
        worker: index % 2,
        medium: index % 2 === 0 ? '5g' : '4g',
        terminalId: `T-${index}`,
        transactionId: `tx${index}`,
        createdMs,
        endorsedMs: createdMs + 50,
        orderedMs: createdMs + 70,
        finishedMs: createdMs + 400,
        status: 'ok',
        ...changed,
    };
}

function aPlannedRound(given: Partial<PlannedRound> = {}): PlannedRound {
    const byMedium = new Map([
        ['5g', 2],
        ['4g', 2],
    ]);
    return { label: 'wireless-set-10', operation: 'set', tps: 10, transactions: 4, byMedium, ...given };
}

function theEvidence(transactions: TransactionRecord[], changed: Partial<RoundEvidence> = {}): RoundEvidence {
    const succeeded = transactions.filter(({ status }) => status === 'ok').length;
    return {
        round: aPlannedRound({ transactions: transactions.length }),
        topology: 'wireless',
        medium: 'mixed',
        transactions,
        caliper: { Succ: succeeded, Fail: transactions.length - succeeded, 'Throughput (TPS)': 9.1 },
        heard: new Map(),
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
        expect(collectRound(theEvidence(four, { medium: '5g' })).byMedium).toBeUndefined();
    });

    describe('of displacements', () => {
        const round = aPlannedRound({ operation: 'displacement' });
        // Stamped 2 ms before it was sent, at 1000 and 1200.
        const heard = new Map([
            ['tx0', { receivedMs: 1250, afterMs: 252 }],
            ['tx2', { receivedMs: 2100, afterMs: 902 }],
        ]);

        it('measures from the stamp to the receipt at the main station, and not to the commit at the terminal', () => {
            const record = collectRound(theEvidence(four, { round, heard }));
            expect(roundSchema.parse(record)).toEqual(record);
            expect(record).toMatchObject({
                succeeded: 4,
                heard: 2,
                latencyMs: { min: 252, max: 902 },
                worst: {
                    transactionId: 'tx2',
                    latencyMs: 902,
                    phases: { sendMs: 2, endorseMs: 50, orderMs: 20, hearMs: 830 },
                },
            });
        });

        it('has no phase outlast the act where the terminal hears the orderer after the main station the event', () => {
            const slow = aTransaction(0, { orderedMs: 1400 });
            const { worst } = collectRound(theEvidence([slow], { round, heard }));
            expect(worst?.phases).toEqual({ sendMs: 2, endorseMs: 50, orderMs: 200, hearMs: 0 });
            expect(worst?.latencyMs).toBe(252);
        });

        it('counts nothing as heard that never came, however well it was committed', () => {
            const record = collectRound(theEvidence(four, { round }));
            expect(record).toMatchObject({ succeeded: 4, heard: 0, latencyMs: null, worst: null });
        });

        it('takes a receipt that is seen before the stamp, by clocks that differ a little, as no time', () => {
            const early = new Map([['tx0', { receivedMs: 999, afterMs: -1 }]]);
            const record = collectRound(theEvidence(four, { round, heard: early }));
            expect(roundSchema.parse(record)).toMatchObject({ latencyMs: { max: 0 } });
        });
    });

    describe('of remote controls', () => {
        const round = aPlannedRound({ operation: 'control' });
        const anAct = (index: number, slower = 0): TransactionRecord => {
            const act = aTransaction(index);
            const { createdMs } = act;
            return {
                ...act,
                selectedMs: createdMs + 100,
                answeredMs: createdMs + 250 + slower,
                operatedMs: createdMs + 350 + slower,
                finishedMs: createdMs + 600 + slower,
            };
        };
        const acts = [anAct(0), anAct(1, 300), anAct(2), anAct(3)];

        it('measures from the first message to the new position, with its stages', () => {
            const record = collectRound(theEvidence(acts, { round }));
            expect(roundSchema.parse(record)).toEqual(record);
            expect(record).toMatchObject({
                latencyMs: { min: 600, max: 900 },
                worst: {
                    transactionId: 'tx1',
                    medium: '4g',
                    phases: { selectMs: 100, answerMs: 450, operateMs: 100, outcomeMs: 250 },
                },
            });
            expect(record.heard).toBeUndefined();
        });

        it('tells for each medium where the time goes on average', () => {
            const { byMedium = [] } = collectRound(theEvidence(acts, { round }));
            expect(byMedium.map(({ medium, averagePhases }) => [medium, averagePhases])).toEqual([
                ['5g', { selectMs: 100, answerMs: 150, operateMs: 100, outcomeMs: 250 }],
                ['4g', { selectMs: 100, answerMs: 300, operateMs: 100, outcomeMs: 250 }],
            ]);
        });

        it('counts an act that did not come to its end as failed, by what stopped it', () => {
            const silent = aTransaction(3, { status: 'failed', code: 'TERMINAL_SILENT' });
            const refused = aTransaction(2, { status: 'failed', code: 'refused' });
            const record = collectRound(theEvidence([...acts.slice(0, 2), refused, silent], { round }));
            expect(record).toMatchObject({ succeeded: 2, failed: 2, lost: [] });
            expect(record.errors.map(({ code }) => code).sort()).toEqual(['TERMINAL_SILENT', 'refused']);
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
        const round = aPlannedRound({ tps: 11 });
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
