import { describe, expect, it } from '@jest/globals';
import { formatRange, sumUpBytes } from '../../../../caliper/report/bytes-over-air';
import { renderBytesTable } from '../../../../caliper/report/html/bytes-table';
import { renderTable } from '../../../../caliper/report/render-table';
import { aRound, aRunRecord } from '../../../support/a-run-record';

const onEpon = (upPerTransaction: number, downPerTransaction: number): ReturnType<typeof aRound> =>
    aRound({ bytes: [{ medium: 'epon', upPerTransaction, downPerTransaction }] });

describe('sumUpBytes', () => {
    it('gives least and most of the rounds, by operation and medium', () => {
        const query = aRound({
            operation: 'query',
            bytes: [{ medium: 'epon', upPerTransaction: 1300, downPerTransaction: 1900 }],
        });
        expect(sumUpBytes({ rounds: [onEpon(7600, 3900), onEpon(7500, 4700), query, onEpon(7700, 4000)] })).toEqual([
            {
                topology: 'wired',
                operation: 'set',
                medium: 'epon',
                up: { least: 7500, most: 7700 },
                down: { least: 3900, most: 4700 },
            },
            {
                topology: 'wired',
                operation: 'query',
                medium: 'epon',
                up: { least: 1300, most: 1300 },
                down: { least: 1900, most: 1900 },
            },
        ]);
    });

    it('tells nothing of a run without relays', () => {
        const report = { ...aRunRecord({ rounds: [aRound()] }), verdicts: [] };
        expect(sumUpBytes(report)).toEqual([]);
        expect(renderBytesTable(report)).toBeUndefined();
        expect(renderTable(report)).not.toMatch(/Bytes/);
    });
});

describe('formatRange', () => {
    it('writes one figure where both ends read the same', () => {
        expect(formatRange({ least: 7601, most: 7640 })).toBe('7.6 kB');
        expect(formatRange({ least: 3700, most: 4700 })).toBe('3.7 to 4.7 kB');
    });
});
