import { beforeAll, describe, expect, it } from '@jest/globals';
import { CaliperError } from '../../../../caliper/caliper-errors';
import { controlsByMedium } from '../../../../caliper/rounds/plan-control';
import { planRounds, sumsOf } from '../../../../caliper/rounds/plan-rounds';
import { switchesOf } from '../../../../caliper/terminals/switches';
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
        const { runs, leftOut } = planRounds({
            network: wired,
            suite: 'default',
            connector: 'grid',
            transactions: 500,
        });
        expect(leftOut).toEqual([]);
        expect(runs.map(({ name, party }) => [name, party])).toEqual([
            ['mixed', 'terminals'],
            ['control', 'main-station'],
        ]);
        expect(runs[0]).toMatchObject({ medium: 'mixed', workers: ['fibre-ethernet', 'epon'] });
        expect(runs[0]?.rounds.map(({ label }) => label)).toEqual([
            'wired-displacement-50',
            'wired-set-20',
            'wired-set-50',
            'wired-set-100',
            'wired-set-200',
            'wired-query-50',
            'wired-query-100',
            'wired-query-200',
            'wired-query-400',
        ]);
        expect(runs[1]?.rounds.map(({ label }) => label)).toEqual(['wired-control-10']);
        const rounds = runs.flatMap((run) => run.rounds);
        expect(rounds.every(({ transactions }) => transactions === 500)).toBe(true);
        for (const { byMedium } of rounds) expect([...byMedium.values()].reduce((sum, own) => sum + own)).toBe(500);
    });

    it('leaves out of the default suite what the narrowest medium does not carry, and says by how much', () => {
        const { runs, leftOut, actRates } = planRounds({
            network: wireless,
            suite: 'default',
            connector: 'grid',
            transactions: 500,
        });
        expect(runs[0]?.rounds.map(({ label }) => label)).not.toContain('wireless-set-200');
        expect(leftOut).toEqual([
            {
                label: 'wireless-set-200',
                why: expect.stringMatching(/^lte-230: 40 of 200 TPS take \d+ of 1700 kbit\/s up/),
            },
        ]);
        expect(actRates).toEqual({ displacement: 50, control: 10 });
    });

    it('lowers the rates of the acts where a medium is too narrow for them, and runs those', () => {
        const plan = planRounds({
            network: narrowed(wireless, 'lte-230', 330),
            suite: 'default',
            connector: 'grid',
            transactions: 500,
        });
        expect(plan.actRates).toEqual({ displacement: 25, control: 5 });
        expect(plan.runs[0]?.rounds[0]?.label).toBe('wireless-displacement-25');
        expect(plan.runs[1]?.rounds[0]?.label).toBe('wireless-control-5');
        const [displacement, control] = plan.leftOut;
        expect(displacement?.label).toBe('wireless-displacement-50');
        expect(displacement?.why).toMatch(/^lte-230: 10 of 50 TPS take \d+ of 330 kbit\/s up/);
        expect(control?.label).toBe('wireless-control-10');
        expect(control?.why).toMatch(/^lte-230: 2\.5 of 10 acts a second take \d+ of 330 kbit\/s up/);
    });

    it('adds 10 and 25 TPS and each medium by itself to the full suite', () => {
        const { runs } = planRounds({ network: wireless, suite: 'full', connector: 'grid', transactions: 500 });
        expect(runs.map(({ name, workers }) => [name, workers])).toEqual([
            ['mixed', ['5g', '5g', '4g', '4g', 'lte-230']],
            ['control', []],
            ['5g', ['5g']],
            ['4g', ['4g']],
            ['lte-230', ['lte-230']],
        ]);
        expect(runs[0]?.rounds.map(({ label }) => label)).toEqual(
            expect.arrayContaining(['wireless-set-10', 'wireless-set-25', 'wireless-query-10', 'wireless-query-25']),
        );
        expect(runs[2]?.rounds[0]?.label).toBe('wireless-5g-displacement-50');
        expect(runs[4]?.rounds[0]?.label).toBe('wireless-lte-230-set-10');
        const labels = runs.flatMap(({ rounds }) => rounds.map(({ label }) => label));
        expect(new Set(labels).size).toBe(labels.length);
    });

    it("plans the thesis's own rates", () => {
        const { runs, leftOut } = planRounds({
            network: wired,
            suite: 'thesis',
            connector: 'grid',
            transactions: 500,
        });
        expect(runs).toHaveLength(1);
        expect(leftOut.map(({ label }) => label)).toEqual(['wired-displacement-50', 'wired-control-10']);
        expect(runs[0]?.rounds.map(({ operation, tps }) => [operation, tps])).toEqual([
            ['set', 4],
            ['query', 65],
        ]);
    });

    it('plans no round for the drill alone, whatever would divide among the workers', () => {
        const plan = planRounds({ network: wireless, suite: 'drill', connector: 'grid', transactions: 7 });
        expect(plan.runs).toEqual([]);
        expect(plan.leftOut.map(({ label, why }) => [label, why])).toEqual(
            [`displacement-${plan.actRates.displacement}`, `control-${plan.actRates.control}`].map((act) => [
                `wireless-${act}`,
                'the drill was run alone.',
            ]),
        );
    });

    it('takes rates by hand in place of the suite', () => {
        const { runs } = planRounds({
            network: wired,
            suite: 'default',
            connector: 'grid',
            rates: [30],
            transactions: 20,
        });
        const byMedium = new Map([
            ['fibre-ethernet', 10],
            ['epon', 10],
        ]);
        expect(runs[0]?.rounds).toEqual([
            { label: 'wired-displacement-50', operation: 'displacement', tps: 50, transactions: 20, byMedium },
            { label: 'wired-set-30', operation: 'set', tps: 30, transactions: 20, byMedium },
            { label: 'wired-query-30', operation: 'query', tps: 30, transactions: 20, byMedium },
        ]);
    });

    it("leaves both acts to our own connector: Caliper's plays no main station", () => {
        const plan = planRounds({ network: wired, suite: 'default', connector: 'stock', transactions: 500 });
        expect(plan.runs.flatMap(({ rounds }) => rounds.map(({ operation }) => operation))).not.toContain(
            'displacement',
        );
        expect(plan.runs).toHaveLength(1);
        expect(plan.leftOut.map(({ label }) => label)).toEqual(['wired-displacement-50', 'wired-control-10']);
    });

    it('has the switches of all terminals take turns in remote controls, whatever medium each is on', () => {
        const switches = switchesOf(wireless);
        expect(switches).toHaveLength(60);
        const count = (medium: string): number => switches.filter((one) => one.medium === medium).length;
        expect(['5g', '4g', 'lte-230'].map(count)).toEqual([17, 28, 15]);
        const dealt = controlsByMedium(wireless, 120);
        expect(dealt).toEqual(new Map(['5g', '4g', 'lte-230'].map((medium) => [medium, 2 * count(medium)])));
        expect([...controlsByMedium(wireless, 7).values()].reduce((sum, own) => sum + own)).toBe(7);
    });

    it('refuses remote controls faster than the switches are free again: TOO_FEW_SWITCHES', () => {
        const few = { ...wired, terminals: wired.terminals.slice(0, 49) };
        const fault = faultOf(() =>
            planRounds({ network: few, suite: 'default', connector: 'grid', transactions: 500 }),
        );
        expect(fault).toEqual({
            code: 'TOO_FEW_SWITCHES',
            topology: 'wired',
            switches: 49,
            needed: 50,
            tps: 10,
            limitMs: 5_000,
        });
    });

    it('refuses a rate by hand that exceeds a medium, with the sum: ROUND_EXCEEDS_MEDIUM', () => {
        const fault = faultOf(() =>
            planRounds({ network: wireless, suite: 'default', connector: 'grid', rates: [200], transactions: 500 }),
        );
        expect(fault).toMatchObject({ code: 'ROUND_EXCEEDS_MEDIUM', round: 'wireless-set-200', medium: 'lte-230' });
        expect((fault as { sum: string }).sum).toContain('of 1700 kbit/s up');
    });

    it('refuses a count that Caliper would quietly round down: TRANSACTIONS_NOT_DIVISIBLE', () => {
        expect(
            faultOf(() => planRounds({ network: wireless, suite: 'default', connector: 'grid', transactions: 498 })),
        ).toEqual({
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
