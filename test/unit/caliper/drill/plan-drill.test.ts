import { beforeAll, describe, expect, it } from '@jest/globals';
import { planDrill, type DrillParts, type DrillRequest } from '../../../../caliper/drill/plan-drill';
import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';

describe('planDrill', () => {
    let wired: Network;
    let wireless: Network;

    beforeAll(async () => {
        wired = await loadNetwork('wired');
        wireless = await loadNetwork('wireless');
    });

    const plan = (network: Network, changed: Partial<DrillRequest> = {}): ReturnType<typeof planDrill> =>
        planDrill({ network, suite: 'default', connector: 'grid', ...changed });

    function partsOf(network: Network): DrillParts {
        const planned = plan(network);
        if ('why' in planned) throw new TypeError(planned.why);
        return planned.parts;
    }

    it('operates a switch on the slowest medium, whose owner takes over and another substation approves', () => {
        for (const [network, medium] of [
            [wired, 'epon'],
            [wireless, 'lte-230'],
        ] as const) {
            const { dispatch, takesOver, approver, place } = partsOf(network);
            expect(place.medium).toBe(medium);
            expect(network.terminals.find(({ id }) => id === place.terminalId)?.mspId).toBe(takesOver.mspId);
            expect(new Set([dispatch.id, takesOver.id, approver.id]).size).toBe(3);
            expect(dispatch.role).toBe('dispatch');
        }
    });

    it("takes a feeder's switch rather than a low-voltage breaker, where the slowest medium has one", () => {
        const media = wired.media.map((medium) => ({
            ...medium,
            latencyMs: medium.name === 'fibre-ethernet' ? 90 : 1,
        }));
        expect(partsOf({ ...wired, media }).place).toMatchObject({ medium: 'fibre-ethernet', command: 'double' });
    });

    it('says why there is none', () => {
        expect(plan(wired, { without: '--no-drill was given.' })).toEqual({ why: '--no-drill was given.' });
        expect(plan(wired, { connector: 'stock' })).toMatchObject({ why: expect.stringContaining('no main station') });
        expect(plan(wired, { suite: 'thesis' })).toMatchObject({ why: expect.stringContaining('thesis') });
    });

    const unfit: [string, (network: Network) => Partial<Network>][] = [
        ['no dispatch centre', ({ organizations }) => ({ organizations: organizations.slice(1) })],
        ['one substation alone', ({ organizations }) => ({ organizations: organizations.slice(0, 2) })],
        [
            'no dispatchers but its own',
            ({ roleHolders }) => ({ roleHolders: { ...roleHolders, dispatcher: ['DispatchMSP'] } }),
        ],
        [
            'operators in one organisation alone',
            ({ roleHolders }) => ({ roleHolders: { ...roleHolders, operator: ['PrimaryMSP'] } }),
        ],
        ['no terminals', () => ({ terminals: [] })],
    ];

    it.each(unfit)('leaves it out on a topology with %s, and refuses it there alone: DRILL_IMPOSSIBLE', (_, change) => {
        const network = { ...wired, ...change(wired) };
        expect(plan(network)).toMatchObject({ why: expect.stringContaining('it takes a dispatch centre') });
        expect(() => plan(network, { suite: 'drill' })).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'DRILL_IMPOSSIBLE' }) }),
        );
    });
});
