import { describe, expect, it } from '@jest/globals';

import { SeededRandom } from '../../../../network/topology/seeded-random';

const draw = (seed: number, stream: string, count = 100): number[] => {
    const random = new SeededRandom(seed, stream);
    return Array.from({ length: count }, () => random.next());
};

describe('SeededRandom', () => {
    it('gives the same numbers for the same seed and stream', () => {
        expect(draw(7, 'a')).toEqual(draw(7, 'a'));
    });

    it('gives other numbers for another seed or stream', () => {
        expect(draw(8, 'a')).not.toEqual(draw(7, 'a'));
        expect(draw(7, 'b')).not.toEqual(draw(7, 'a'));
    });

    it('gives numbers that do not repeat, from 0 to below 1, with a mean of a half', () => {
        const numbers = draw(1, 'spread', 4_000);
        expect(new Set(numbers).size).toBeGreaterThan(3_990);
        expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...numbers)).toBeLessThan(1);
        expect(numbers.reduce((sum, number) => sum + number, 0) / numbers.length).toBeCloseTo(0.5, 1);
    });

    it('draws every whole number below a limit', () => {
        const random = new SeededRandom(3, 'dice');
        expect(new Set(Array.from({ length: 200 }, () => random.integer(6)))).toEqual(new Set([0, 1, 2, 3, 4, 5]));
    });
});
