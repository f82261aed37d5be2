import { describe, expect, it } from '@jest/globals';
import { checkLimits } from '../../../../caliper/report/check-limits';
import { exitCodeOf } from '../../../../caliper/report/exit-code';
import type { RoundRecord, RunReport, Verdict } from '../../../../caliper/report/run-record';
import { runReportSchema } from '../../../../caliper/report/run-record';
import { newReport } from '../../../../caliper/report/write-report';
import { aFullRunRecord, aRound, aRunRecord, aTopology } from '../../../support/a-run-record';

const latency = (max: number): RoundRecord['latencyMs'] => ({ min: 1, avg: 2, p50: 2, p95: 3, p99: 3, max });

function verdictOf(rounds: RoundRecord[], id: Verdict['id']): Verdict {
    const verdict = checkLimits(aRunRecord({ rounds })).find((candidate) => candidate.id === id);
    if (!verdict) throw new TypeError(`no verdict ${id}`);
    return verdict;
}

describe('checkLimits', () => {
    it('judges each limit on each topology apart', () => {
        const record = aRunRecord({
            topologies: [aTopology(), aTopology({ name: 'wireless', verdictRateTps: 20 })],
            rounds: [aRound(), aRound({ topology: 'wireless', plannedTps: 20, latencyMs: latency(1300) })],
        });
        expect(checkLimits(record).map(({ id, topology, status }) => [id, topology, status])).toEqual([
            ['switch-displacement', 'wired', 'met'],
            ['remote-control', 'wired', 'met'],
            ['switch-displacement', 'wireless', 'met'],
            ['remote-control', 'wireless', 'missed'],
        ]);
    });

    it('measures switch displacement by the receipt of the event, not by the commit', () => {
        const verdict = verdictOf([aRound({ latencyMs: latency(90_000) })], 'switch-displacement');
        expect(verdict).toMatchObject({ worstMs: 612, boundMs: 30_000, status: 'met', evidence: 'measured' });
    });

    it('estimates remote control as four times the worst single Set', () => {
        const verdict = verdictOf([aRound({ latencyMs: latency(1250) })], 'remote-control');
        expect(verdict).toMatchObject({ worstMs: 5000, status: 'met', evidence: 'estimated' });
        expect(verdictOf([aRound({ latencyMs: latency(1251) })], 'remote-control').status).toBe('missed');
    });

    it('takes the worst of several rounds at the verdict rate', () => {
        const rounds = [
            aRound({ label: 'a', latencyMs: latency(500) }),
            aRound({ label: 'b', latencyMs: latency(700) }),
        ];
        expect(verdictOf(rounds, 'remote-control')).toMatchObject({ worstMs: 2800, round: 'b' });
    });

    it('does not judge a saturated round, and says why nothing was measured', () => {
        const verdict = verdictOf([aRound({ saturated: true })], 'remote-control');
        expect(verdict).toMatchObject({ worstMs: null, status: 'not-measured', highestRateTps: null });
        expect(verdict.reason).toContain('95 %');
    });

    it('does not judge by a round at another rate', () => {
        expect(verdictOf([aRound({ plannedTps: 4 })], 'remote-control').status).toBe('not-measured');
    });

    it('does not judge by queries', () => {
        expect(verdictOf([aRound({ operation: 'query' })], 'remote-control').status).toBe('not-measured');
    });

    it('misses a limit when a Set was lost, however quick the others were', () => {
        const verdict = verdictOf([aRound({ succeeded: 499, failed: 1 })], 'remote-control');
        expect(verdict.status).toBe('missed');
        expect(verdict.reason).toContain('1 of 500');
    });

    it('misses switch displacement when one event never reached the dispatch centre', () => {
        const displacement = { receivedEvents: 499, worstMs: 10, worstTransactionId: 'x' };
        expect(verdictOf([aRound({ displacement })], 'switch-displacement').status).toBe('missed');
    });

    it('tells the highest rate that keeps a limit: unsaturated, complete, within the bound', () => {
        const rounds = [
            aRound({ plannedTps: 50 }),
            aRound({ plannedTps: 100, latencyMs: latency(1200) }),
            aRound({ plannedTps: 200, latencyMs: latency(1300) }),
            aRound({ plannedTps: 400, saturated: true }),
            aRound({ plannedTps: 800, succeeded: 499 }),
        ];
        expect(verdictOf(rounds, 'remote-control').highestRateTps).toBe(100);
        expect(verdictOf(rounds, 'switch-displacement').highestRateTps).toBe(200);
    });

    it('says of a missed limit which transaction, by how much, and where its time went', () => {
        const worst = {
            transactionId: 'f00d',
            latencyMs: 1500,
            terminalId: 'TTU-B117',
            medium: 'lte-230',
            phases: { endorseMs: 300, orderMs: 200, commitMs: 900 },
        };
        const { reason } = verdictOf([aRound({ latencyMs: latency(1500), worst })], 'remote-control');
        expect(reason).toBe(
            '6 s, 1 s beyond the limit from one Set of 1.50 s: transaction f00d of TTU-B117 over lte-230; ' +
                '0.30 s endorsing, 0.20 s handing over to the orderer, 0.90 s waiting for block and commit event, ' +
                '0.10 s elsewhere.',
        );
    });
});

describe('exitCodeOf', () => {
    const report = (round: Partial<RoundRecord>): RunReport => newReport(aRunRecord({ rounds: [aRound(round)] }));

    it('is 0 when all is kept', () => {
        expect(exitCodeOf(report({}))).toBe(0);
    });

    it('is 1 when a transaction is lost, even when a limit is missed too', () => {
        expect(exitCodeOf(report({ succeeded: 499, failed: 1, latencyMs: latency(9000) }))).toBe(1);
    });

    it('is 1 when a round did not run, whatever it counted', () => {
        expect(exitCodeOf(report({ succeeded: 0, latencyMs: null, worst: null }))).toBe(1);
        expect(exitCodeOf(report({ problem: 'Caliper stopped early.' }))).toBe(1);
        expect(exitCodeOf(newReport(aRunRecord({ rounds: [] })))).toBe(1);
    });

    it('is 3 when a limit is missed', () => {
        expect(exitCodeOf(report({ latencyMs: latency(9000) }))).toBe(3);
    });

    it('is 1 when a limit was to be judged and its round was saturated', () => {
        expect(exitCodeOf(report({ saturated: true }))).toBe(1);
    });

    it('is 0 for a suite that has no round at the verdict rate', () => {
        expect(exitCodeOf(report({ plannedTps: 4 }))).toBe(0);
    });
});

describe('runReportSchema', () => {
    it('accepts a judged record after its trip through JSON', () => {
        const report = newReport(aFullRunRecord());
        expect(runReportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    });

    it('refuses a field it does not know', () => {
        expect(runReportSchema.safeParse({ ...newReport(aRunRecord()), tps: 1 }).success).toBe(false);
    });
});
