import { describe, expect, it } from '@jest/globals';
import { isSaturated } from '../../../../caliper/report/saturation';
import { nearestRank, summarizeLatencies } from '../../../../caliper/report/summarize-latencies';

const oneToHundred = Array.from({ length: 100 }, (_, index) => 100 - index);

describe('summarizeLatencies', () => {
    it('takes percentiles by nearest rank from unsorted latencies', () => {
        expect(summarizeLatencies(oneToHundred)).toEqual({ min: 1, avg: 50.5, p50: 50, p95: 95, p99: 99, max: 100 });
    });

    it('gives a latency that was really seen, never one between two', () => {
        expect(summarizeLatencies([10, 20])).toMatchObject({ p50: 10, p95: 20, p99: 20 });
    });

    it('has no summary of no latencies, and leaves its input as it was', () => {
        const given = [3, 1, 2];
        summarizeLatencies(given);
        expect(given).toEqual([3, 1, 2]);
        expect(summarizeLatencies([])).toBeNull();
    });

    it('refuses a percentile of nothing', () => {
        expect(() => nearestRank([], 50)).toThrow(expect.objectContaining({ fault: { code: 'NOTHING_TO_SUMMARIZE' } }));
    });
});

describe('isSaturated', () => {
    it('marks a load below 95 % of the asked rate', () => {
        expect(isSaturated(200, 189.9)).toBe(true);
        expect(isSaturated(200, 190)).toBe(false);
    });
});
