import { beforeAll, describe, expect, it } from '@jest/globals';
import { CaliperError } from '../../../../caliper/caliper-errors';
import { planRounds, sumsOf } from '../../../../caliper/rounds/plan-rounds';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';

describe('planRounds', () => {
    let wired: Network;
    let wireless: Network;

    beforeAll(async () => {
        wired = await loadNetwork('wired');
        wireless = await loadNetwork('wireless');
    });

    const faultOf = (act: () => unknown): unknown => {
        try {
            return act();
        } catch (error) {
            return error instanceof CaliperError ? error.fault : error;
        }
    };
    const narrowed = (network: Network, medium: string, uplinkKbps: number): Network => ({
        ...network,
        media: network.media.map((one) => (one.name === medium ? { ...one, uplinkKbps } : one)),
    });

    it('plans the default suite: set at 20 to 200 and query at 50 to 400 TPS over all media at once', () => {
        const { runs, leftOut } = planRounds({ network: wired, suite: 'default', transactions: 500 });
        expect(leftOut).toEqual([]);
        expect(runs).toHaveLength(1);
        expect(runs[0]).toMatchObject({ medium: 'mixed', workers: ['fibre-ethernet', 'epon'] });
        expect(runs[0]?.rounds.map(({ label }) => label)).toEqual([
            'wired-set-20',
            'wired-set-50',
            'wired-set-100',
            'wired-set-200',
            'wired-query-50',
            'wired-query-100',
            'wired-query-200',
            'wired-query-400',
        ]);
        expect(runs[0]?.rounds.every(({ transactions }) => transactions === 500)).toBe(true);
    });

    it('leaves out of the default suite what the narrowest medium does not carry, and says by how much', () => {
        const { runs, leftOut, verdictRateTps } = planRounds({
            network: wireless,
            suite: 'default',
            transactions: 500,
        });
        expect(runs[0]?.rounds.map(({ label }) => label)).not.toContain('wireless-set-200');
        expect(leftOut).toEqual([
            {
                label: 'wireless-set-200',
                why: expect.stringMatching(/^lte-230: 40 of 200 TPS take \d+ of 1700 kbit\/s up/),
            },
        ]);
        expect(verdictRateTps).toBe(50);
    });

    it('lowers the rate of the verdict where a medium is too narrow for it, and runs that rate', () => {
        const plan = planRounds({ network: narrowed(wireless, 'lte-230', 330), suite: 'default', transactions: 500 });
        expect(plan.verdictRateTps).toBe(25);
        expect(plan.runs[0]?.rounds.map(({ label }) => label)).toContain('wireless-set-25');
    });

    it('adds 10 and 25 TPS and each medium by itself to the full suite', () => {
        const { runs } = planRounds({ network: wireless, suite: 'full', transactions: 500 });
        expect(runs.map(({ medium, workers }) => [medium, workers])).toEqual([
            ['mixed', ['5g', '5g', '4g', '4g', 'lte-230']],
            ['5g', ['5g']],
            ['4g', ['4g']],
            ['lte-230', ['lte-230']],
        ]);
        expect(runs[0]?.rounds.map(({ label }) => label)).toEqual(
            expect.arrayContaining(['wireless-set-10', 'wireless-set-25', 'wireless-query-10', 'wireless-query-25']),
        );
        expect(runs[3]?.rounds[0]?.label).toBe('wireless-lte-230-set-10');
        const labels = runs.flatMap(({ rounds }) => rounds.map(({ label }) => label));
        expect(new Set(labels).size).toBe(labels.length);
    });

    it("plans the thesis's own rates", () => {
        const { runs } = planRounds({ network: wired, suite: 'thesis', transactions: 500 });
        expect(runs[0]?.rounds.map(({ operation, tps }) => [operation, tps])).toEqual([
            ['set', 4],
            ['query', 65],
        ]);
    });

    it('takes rates by hand in place of the suite', () => {
        const { runs } = planRounds({ network: wired, suite: 'default', rates: [30], transactions: 20 });
        expect(runs[0]?.rounds).toEqual([
            { label: 'wired-set-30', operation: 'set', tps: 30, transactions: 20 },
            { label: 'wired-query-30', operation: 'query', tps: 30, transactions: 20 },
        ]);
    });

    it('refuses a rate by hand that exceeds a medium, with the sum: ROUND_EXCEEDS_MEDIUM', () => {
        const fault = faultOf(() =>
            planRounds({ network: wireless, suite: 'default', rates: [200], transactions: 500 }),
        );
        expect(fault).toMatchObject({ code: 'ROUND_EXCEEDS_MEDIUM', round: 'wireless-set-200', medium: 'lte-230' });
        expect((fault as { sum: string }).sum).toContain('of 1700 kbit/s up');
    });

    it('refuses a count that Caliper would quietly round down: TRANSACTIONS_NOT_DIVISIBLE', () => {
        expect(faultOf(() => planRounds({ network: wireless, suite: 'default', transactions: 498 }))).toEqual({
            code: 'TRANSACTIONS_NOT_DIVISIBLE',
            transactions: 498,
            workers: 5,
            topology: 'wireless',
        });
    });

    it('counts a gateway for each terminal, but only the concentrators of LTE-230', () => {
        const workers = wireless.workers.map(({ medium }) => medium);
        const texts = sumsOf(wireless, workers, 'set', 50).map(({ medium, text }) => [medium, text] as const);
        const gatewaysOf = (medium: string): number =>
            wireless.terminals.filter((one) => one.medium === medium && (medium !== 'lte-230' || one.isConcentrator))
                .length;
        for (const [medium, text] of texts) expect(text).toContain(`${gatewaysOf(medium)} open gateways`);
        expect(gatewaysOf('lte-230')).toBe(4);
    });
});
