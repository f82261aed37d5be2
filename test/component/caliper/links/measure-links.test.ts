import { describe, expect, it } from '@jest/globals';
import { measureLinks } from '../../../../caliper/links/measure-links';
import { aMedium } from '../../../support/a-medium';
import { aNetwork } from '../../../support/a-network';

describe('measureLinks', () => {
    it('takes the round trips of each medium through a relay of its own', async () => {
        const media = [aMedium({ name: 'slow', latencyMs: 40 }), aMedium({ name: 'quick', latencyMs: 2 })];
        const [slow, quick] = await measureLinks([aNetwork({ media })], 5);
        expect(slow).toMatchObject({ topology: 'small', medium: 'slow', settingMs: 80, roundTrips: 5 });
        expect(slow?.leastMs).toBeGreaterThanOrEqual(79);
        expect(quick).toMatchObject({ medium: 'quick', settingMs: 4 });
        expect(quick?.leastMs).toBeLessThan(slow?.leastMs ?? 0);
    });
});
