import { describe, expect, it } from '@jest/globals';
import { planOfOrganizations, PlanSource, type EndorsementPlan } from '../../../../network/client/endorsement-plan';

const plan: EndorsementPlan = {
    groups: {
        G1: [
            { address: 'h:1', mspId: 'AMSP' },
            { address: 'h:2', mspId: 'AMSP' },
        ],
        G2: [{ address: 'h:3', mspId: 'BMSP' }],
    },
    layouts: [{ G1: 1 }, { G2: 1 }],
};

describe('the plan of named organisations', () => {
    it('wants one peer of each', () => {
        const { layouts, groups } = planOfOrganizations(plan, ['AMSP', 'BMSP']);
        expect(layouts).toEqual([{ AMSP: 1, BMSP: 1 }]);
        expect(groups['AMSP']?.map(({ address }) => address)).toEqual(['h:1', 'h:2']);
    });

    it('cannot have an organisation that runs no endorser: ENDORSEMENT_FAILED', () => {
        expect(() => planOfOrganizations(plan, ['CMSP'])).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'ENDORSEMENT_FAILED' }) }),
        );
    });
});

describe('PlanSource', () => {
    it('asks once, and anew behind the caller’s back when the plan is old', async () => {
        let nowMs = 0;
        const asked: number[] = [];
        const source = new PlanSource(
            () => {
                asked.push(nowMs);
                return asked.length === 2 ? Promise.reject(new Error('away')) : Promise.resolve({ ...plan });
            },
            () => nowMs,
        );
        const first = await source.plan();
        expect(await source.plan()).toBe(first);
        nowMs = 300_001;
        expect(await source.plan()).toBe(first);
        nowMs = 600_002;
        expect(await source.plan()).toBe(first);
        await Promise.resolve();
        expect(await source.plan()).not.toBe(first);
        expect(asked).toEqual([0, 300_001, 600_002]);
    });

    it('asks again after a failure', async () => {
        let isAway = true;
        const source = new PlanSource(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve(plan)));
        await expect(source.plan()).rejects.toThrow('away');
        isAway = false;
        expect(await source.plan()).toBe(plan);
    });

    it('asks at once when a node has failed, together for all who want it, and not again in the same moment', async () => {
        let nowMs = 0;
        let asked = 0;
        const source = new PlanSource(
            () => {
                asked += 1;
                return Promise.resolve({ ...plan });
            },
            () => nowMs,
        );
        const first = await source.plan();
        nowMs = 1_999;
        await source.renew();
        expect([asked, await source.plan()]).toEqual([1, first]);
        nowMs = 2_000;
        await Promise.all([source.renew(), source.renew()]);
        expect(asked).toBe(2);
        expect(await source.plan()).not.toBe(first);
    });
});
