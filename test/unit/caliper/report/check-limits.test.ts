import { describe, expect, it } from '@jest/globals';
import type { DrillRecord } from '../../../../caliper/drill/drill-record';
import { checkLimits } from '../../../../caliper/report/check-limits';
import { exitCodeOf } from '../../../../caliper/report/exit-code';
import type { RoundRecord, RunReport, Verdict } from '../../../../caliper/report/run-record';
import { runReportSchema } from '../../../../caliper/report/run-record';
import { newReport } from '../../../../caliper/report/write-report';
import {
    aControlRound,
    aDisplacementRound,
    aDrill,
    aFullRunRecord,
    aRound,
    aRunRecord,
    aTopology,
} from '../../../support/a-run-record';

const latency = (max: number): RoundRecord['latencyMs'] => ({ min: 1, avg: 2, p50: 2, p95: 3, p99: 3, max });

function verdictOf(rounds: RoundRecord[], id: Verdict['id']): Verdict {
    const verdict = checkLimits(aRunRecord({ rounds })).find((candidate) => candidate.id === id);
    if (!verdict) throw new TypeError(`no verdict ${id}`);
    return verdict;
}

describe('checkLimits', () => {
    it('judges each limit on each topology apart, at the rate that the topology carries', () => {
        const wireless = aTopology({ name: 'wireless', actRates: { displacement: 20, control: 4 } });
        const record = aRunRecord({
            topologies: [aTopology(), wireless],
            rounds: [
                aDisplacementRound(),
                aControlRound(),
                aDisplacementRound({ topology: 'wireless', plannedTps: 20 }),
                aControlRound({ topology: 'wireless', plannedTps: 4, latencyMs: latency(5_001) }),
            ],
        });
        expect(checkLimits(record).map(({ id, topology, status, rateTps }) => [id, topology, status, rateTps])).toEqual(
            [
                ['switch-displacement', 'wired', 'met', 50],
                ['remote-control', 'wired', 'met', 10],
                ['switch-displacement', 'wireless', 'met', 20],
                ['remote-control', 'wireless', 'missed', 4],
            ],
        );
    });

    it('measures switch displacement by the whole act', () => {
        const rounds = [aDisplacementRound({ latencyMs: latency(30_000) })];
        const verdict = verdictOf(rounds, 'switch-displacement');
        expect(verdict).toMatchObject({ worstMs: 30_000, boundMs: 30_000, status: 'met', evidence: 'measured' });
        const late = [aDisplacementRound({ latencyMs: latency(30_001) })];
        expect(verdictOf(late, 'switch-displacement').status).toBe('missed');
    });

    it('measures remote control by the whole act', () => {
        const verdict = verdictOf([aControlRound({ latencyMs: latency(5_000) })], 'remote-control');
        expect(verdict).toMatchObject({ worstMs: 5_000, boundMs: 5_000, status: 'met', evidence: 'measured' });
        expect(verdictOf([aControlRound({ latencyMs: latency(5_001) })], 'remote-control').status).toBe('missed');
    });

    it('takes the worst of several rounds at the rate that is judged', () => {
        const rounds = [
            aControlRound({ label: 'a', latencyMs: latency(500) }),
            aControlRound({ label: 'b', latencyMs: latency(700) }),
        ];
        expect(verdictOf(rounds, 'remote-control')).toMatchObject({ worstMs: 700, round: 'b' });
    });

    it('does not judge a saturated round, and says why nothing was measured', () => {
        const verdict = verdictOf([aControlRound({ saturated: true })], 'remote-control');
        expect(verdict).toMatchObject({ worstMs: null, status: 'not-measured', highestRateTps: null });
        expect(verdict.reason).toContain('95 %');
    });

    it('does not judge by a round at another rate, nor by single transactions', () => {
        expect(verdictOf([aControlRound({ plannedTps: 4 })], 'remote-control').status).toBe('not-measured');
        const transactions = [aRound(), aRound({ operation: 'query' })];
        expect(verdictOf(transactions, 'remote-control').status).toBe('not-measured');
        expect(verdictOf(transactions, 'switch-displacement').status).toBe('not-measured');
    });

    it('tells why the act was left out, where it was', () => {
        const why = 'lte-230: 10 of 50 TPS take more than there is';
        const topologies = [aTopology({ leftOut: [{ label: 'wired-displacement-50', why }] })];
        const [verdict] = checkLimits(aRunRecord({ topologies, rounds: [] }));
        expect(verdict).toMatchObject({ id: 'switch-displacement', status: 'not-measured' });
        expect(verdict?.reason).toContain(why);
    });

    it('misses a limit when an act did not come to its end, however quick the others were', () => {
        const verdict = verdictOf([aControlRound({ succeeded: 499, failed: 1 })], 'remote-control');
        expect(verdict.status).toBe('missed');
        expect(verdict.reason).toContain('1 of 500');
    });

    it('misses switch displacement when the main station never heard of one that was committed', () => {
        expect(verdictOf([aDisplacementRound({ heard: 499 })], 'switch-displacement').status).toBe('missed');
    });

    it('tells the highest rate that keeps a limit: unsaturated, complete, within the bound', () => {
        const rounds = [
            aControlRound({ plannedTps: 10 }),
            aControlRound({ plannedTps: 20, latencyMs: latency(5_000) }),
            aControlRound({ plannedTps: 30, latencyMs: latency(5_001) }),
            aControlRound({ plannedTps: 40, saturated: true }),
            aControlRound({ plannedTps: 50, succeeded: 499 }),
        ];
        expect(verdictOf(rounds, 'remote-control').highestRateTps).toBe(20);
    });

    it('says of a missed limit which act, by how much, and where its time went', () => {
        const worst = {
            transactionId: 'f00d',
            latencyMs: 6_000,
            terminalId: 'TTU-B117',
            medium: 'lte-230',
            phases: { selectMs: 300, answerMs: 3_200, operateMs: 400, outcomeMs: 2_000 },
        };
        const { reason } = verdictOf([aControlRound({ latencyMs: latency(6_000), worst })], 'remote-control');
        expect(reason).toBe(
            '6 s, 1 s beyond the limit: transaction f00d of TTU-B117 over lte-230; 0.30 s selecting, ' +
                "3.20 s until the terminal's answer, 0.40 s operating, 2 s until the new position, 0.10 s elsewhere.",
        );
    });
});

describe('the limits after the loss of the main station', () => {
    const late = (step: string, tookMs: number): DrillRecord =>
        aDrill({ steps: aDrill().steps.map((one) => (one.step === step ? { ...one, tookMs } : one)) });
    const verdictsOf = (drill: DrillRecord): unknown[] =>
        checkLimits(aRunRecord({ drills: [drill] }))
            .slice(2)
            .map(({ id, status, worstMs, boundMs, evidence }) => [id, status, worstMs, boundMs, evidence]);

    it('are judged on the time of the act by itself, whatever has passed since the loss', () => {
        const slow = aDrill({ steps: aDrill().steps.map((one) => ({ ...one, sinceLossMs: 90_000 })) });
        expect(verdictsOf(slow)).toEqual([
            ['displacement-after-loss', 'met', 77, 30_000, 'measured'],
            ['control-after-loss', 'met', 320, 5_000, 'measured'],
        ]);
    });

    it('are kept at the bound and missed beyond it', () => {
        expect(verdictsOf(late('displacement-heard', 30_000))[0]).toContain('met');
        expect(verdictsOf(late('displacement-heard', 30_001))[0]).toContain('missed');
        expect(verdictsOf(late('control-completed', 5_000))[1]).toContain('met');
        expect(verdictsOf(late('control-completed', 5_001))[1]).toContain('missed');
    });

    it('are not judged where the drill did not come that far, which the verdict says', () => {
        const drill = aDrill({ steps: aDrill().steps.slice(0, 3), problem: 'No peer endorsed.' });
        const [displacement, control] = checkLimits(aRunRecord({ drills: [drill] })).slice(2);
        expect(displacement).toMatchObject({ status: 'met' });
        expect(control).toMatchObject({ status: 'not-measured', worstMs: null });
        expect(control?.reason).toContain('No peer endorsed.');
    });
});

describe('exitCodeOf', () => {
    const report = (control: Partial<RoundRecord>): RunReport =>
        newReport(aRunRecord({ rounds: [aDisplacementRound(), aRound(), aControlRound(control)] }));

    it('is 0 when all is kept', () => {
        expect(exitCodeOf(report({}))).toBe(0);
    });

    it('is 1 when an act is lost, even when a limit is missed too', () => {
        expect(exitCodeOf(report({ succeeded: 499, failed: 1, latencyMs: latency(9000) }))).toBe(1);
    });

    it('is 1 when a round did not run, whatever it counted', () => {
        expect(exitCodeOf(report({ succeeded: 0, latencyMs: null, worst: null }))).toBe(1);
        expect(exitCodeOf(report({ problem: 'Caliper stopped early.' }))).toBe(1);
        expect(exitCodeOf(newReport(aRunRecord({ rounds: [] })))).toBe(1);
    });

    it('is 1 when a drill did not come to its end, and 0 when there was nothing but a good one', () => {
        const drills = [aDrill({ problem: 'No peer endorsed.' })];
        const cut = newReport({ ...report({}), drills });
        expect(cut.rounds).toHaveLength(3);
        expect(exitCodeOf(cut)).toBe(1);
        expect(exitCodeOf(newReport(aRunRecord({ rounds: [], drills: [aDrill()] })))).toBe(0);
    });

    it('is 3 when a limit is missed in the drill alone', () => {
        const steps = aDrill().steps.map((one) => ({ ...one, tookMs: 5_001 }));
        expect(exitCodeOf(newReport({ ...report({}), drills: [aDrill({ steps })] }))).toBe(3);
    });

    it('is 3 when a limit is missed', () => {
        expect(exitCodeOf(report({ latencyMs: latency(9000) }))).toBe(3);
    });

    it('is 3 when the main station never heard of a displacement', () => {
        const rounds = [aDisplacementRound({ heard: 499 }), aControlRound()];
        expect(exitCodeOf(newReport(aRunRecord({ rounds })))).toBe(3);
    });

    it('is 1 when a limit was to be judged and its round was saturated', () => {
        expect(exitCodeOf(report({ saturated: true }))).toBe(1);
    });

    it('is 0 for a suite without acts, and for acts at other rates', () => {
        expect(exitCodeOf(newReport(aRunRecord({ rounds: [aRound({ plannedTps: 4 })] })))).toBe(0);
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
