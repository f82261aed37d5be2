import { describe, expect, it } from '@jest/globals';
import { lossDelayMs, retransmissionTimeoutMs, segmentBytes } from '../../../../network/links/retransmission';
import { SeededRandom } from '../../../../network/topology/seeded-random';

const profile = { medium: '4g', latencyMs: 40, jitterMs: 20, lossRate: 0.01, kbps: 1000 };
const drawing = (...draws: number[]) => {
    return () => draws.shift() ?? 1;
};
const one = { byteCount: 100, isFirst: false };

describe('retransmissionTimeoutMs', () => {
    it('is the round trip and at least 200 ms', () => {
        expect(retransmissionTimeoutMs({ latencyMs: 40, jitterMs: 20 })).toBe(280);
        expect(retransmissionTimeoutMs({ latencyMs: 0, jitterMs: 0 })).toBe(200);
    });

    it('is the round trip and four mean deviations where they are more', () => {
        expect(retransmissionTimeoutMs({ latencyMs: 300, jitterMs: 150 })).toBe(1000);
    });
});

describe('lossDelayMs', () => {
    it('is nothing, and draws nothing, without loss', () => {
        const never = (): number => {
            throw new RangeError('drawn');
        };
        expect(lossDelayMs({ ...profile, lossRate: 0 }, one, never)).toBe(0);
    });

    it('is nothing for what gets through', () => {
        expect(lossDelayMs(profile, one, drawing(0.011))).toBe(0);
    });

    it('doubles each time the segment is lost again', () => {
        expect(lossDelayMs(profile, one, drawing(0, 1))).toBe(280);
        expect(lossDelayMs(profile, one, drawing(0, 0, 0, 1))).toBe(280 + 560 + 1120);
    });

    it('ends with the last retransmission that TCP makes, none of them more than 2 min after the one before', () => {
        const worst = lossDelayMs(profile, one, () => 0);
        // 280 ms doubled eight times is 71.68 s; the other six wait 120 s each.
        expect(worst).toBe(280 * (2 ** 9 - 1) + 6 * 120_000);
    });

    it('is the likelier the more segments are sent together', () => {
        const two = { byteCount: segmentBytes + 1, isFirst: false };
        expect(lossDelayMs(profile, two, drawing(0.015, 1))).toBe(280);
        expect(lossDelayMs(profile, one, drawing(0.015, 1))).toBe(0);
    });

    it('comes as often as the loss rate says, and the same again from the same seed', () => {
        const draw = (): number[] => {
            const random = new SeededRandom(7, 'loss');
            return Array.from({ length: 20_000 }, () => lossDelayMs(profile, one, () => random.next()));
        };
        const delays = draw();
        const lost = delays.filter((delayMs) => delayMs > 0).length;
        expect(lost).toBeGreaterThan(160);
        expect(lost).toBeLessThan(240);
        expect(draw()).toEqual(delays);
    });
});
