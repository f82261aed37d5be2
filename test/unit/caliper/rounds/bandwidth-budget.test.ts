import { describe, expect, it } from '@jest/globals';
import { sumBandwidth } from '../../../../caliper/rounds/bandwidth-budget';
import { filteredBlockBytes, trafficFigures } from '../../../../caliper/rounds/traffic-figures';
import type { Medium } from '../../../../network/topology/network-model';

const medium: Medium = {
    name: 'lte-230',
    latencyMs: 100,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1700,
    downlinkKbps: 2000,
    clockToleranceMs: 1000,
    requestTimeoutMs: 1000,
    commitTimeoutMs: 1000,
    gatewayHolders: 'concentrators',
    origin: 'test',
};
const cutting = { timeoutMs: 500, maxMessageCount: 100, preferredMaxBytes: 1, absoluteMaxBytes: 1 };
const share = { medium, part: 0.2, gateways: 4 };

describe('sumBandwidth', () => {
    it("adds the calls of the medium's part of the round and what every gateway hears of the whole", () => {
        const sum = sumBandwidth({ operation: 'set', tps: 100 }, share, cutting);
        expect(sum.upKbps).toBeCloseTo((20 * trafficFigures.set.upBytes * 8) / 1000);
        const heard = 100 * trafficFigures.set.heardBytes + 2 * filteredBlockBytes;
        expect(sum.blocksKbps).toBeCloseTo((4 * heard * 8) / 1000);
        expect(sum.downKbps).toBeCloseTo((20 * trafficFigures.set.downBytes * 8) / 1000 + sum.blocksKbps);
        expect(sum.fits).toBe(true);
    });

    it('counts a block each batch timeout at low rates, and at high rates one each full batch', () => {
        const blocks = (tps: number): number =>
            sumBandwidth({ operation: 'set', tps }, { ...share, gateways: 1 }, cutting).blocksKbps;
        const transactions = (tps: number): number => (tps * trafficFigures.set.heardBytes * 8) / 1000;
        const block = (filteredBlockBytes * 8) / 1000;
        expect(blocks(1) - transactions(1)).toBeCloseTo(block);
        expect(blocks(20) - transactions(20)).toBeCloseTo(2 * block);
        expect(blocks(400) - transactions(400)).toBeCloseTo(4 * block);
    });

    it('counts the four transactions of a remote control, of which every gateway hears', () => {
        const { upBytes, heardBytes } = trafficFigures.control;
        const sum = sumBandwidth({ operation: 'control', tps: 10 }, { ...share, part: 0.25 }, cutting);
        expect(sum.upKbps).toBeCloseTo((2.5 * upBytes * 8) / 1000);
        expect(sum.blocksKbps).toBeCloseTo((4 * (10 * heardBytes + 2 * filteredBlockBytes) * 8) / 1000);
        expect(sum.text).toMatch(/^2\.5 of 10 acts a second take \d+ of 1700 kbit\/s up/);
    });

    it('lets nobody hear of queries', () => {
        expect(sumBandwidth({ operation: 'query', tps: 100 }, share, cutting).blocksKbps).toBe(0);
    });

    it('does not fit when one direction is too narrow', () => {
        const fits = (changed: Partial<Medium>): boolean =>
            sumBandwidth({ operation: 'set', tps: 100 }, { ...share, medium: { ...medium, ...changed } }, cutting).fits;
        expect(fits({})).toBe(true);
        expect(fits({ uplinkKbps: 1000 })).toBe(false);
        expect(fits({ downlinkKbps: 1000 })).toBe(false);
    });
});
