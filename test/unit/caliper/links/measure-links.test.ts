import { describe, expect, it } from '@jest/globals';
import { judgeRoundTrips } from '../../../../caliper/links/measure-links';
import { renderLinks } from '../../../../caliper/links/render-links';

const judge = (latencyMs: number, times: readonly number[]): ReturnType<typeof judgeRoundTrips> =>
    judgeRoundTrips({ topology: 'wireless', medium: { name: '4g', latencyMs }, times });

describe('judgeRoundTrips', () => {
    it('compares the median with twice the latency', () => {
        expect(judge(40, [300, 78, 81, 79, 83])).toEqual({
            topology: 'wireless',
            medium: '4g',
            settingMs: 80,
            roundTrips: 5,
            medianMs: 81,
            leastMs: 78,
            mostMs: 300,
            toleranceMs: 8,
            kept: true,
        });
        expect(judge(40, [1, 2, 3, 4]).medianMs).toBe(2.5);
    });

    it.each([
        [1, 4, true],
        [1, 4.1, false],
        [100, 220, true],
        [100, 180, true],
        [100, 221, false],
        [100, 179, false],
    ])('allows 10 %% or 2 ms, whichever is more: latency %d ms, median %d ms', (latencyMs, medianMs, kept) => {
        expect(judge(latencyMs, [medianMs]).kept).toBe(kept);
    });
});

describe('renderLinks', () => {
    it('shows each medium with its setting and what was found', () => {
        const text = renderLinks([judge(40, [81]), judge(1, [9])]);
        expect(text).toMatch(/wireless +4g +80\.0 ms +81\.0 ms +81\.0 ms +81\.0 ms +8\.0 ms +kept/);
        expect(text).toMatch(/2\.0 ms +9\.0 ms .* BEYOND/);
    });
});
