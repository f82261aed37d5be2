import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';

import { beforeAll, describe, expect, it } from '@jest/globals';

import { readOperation } from '../../../../caliper/terminals/read-operation';
import type { GridOperation } from '../../../../caliper/terminals/read-operation';
import { measureAt, readingTypesOf } from '../../../../caliper/terminals/simbench-readings';
import { projectRoot } from '../../../../network/topology/project-root';

const rural = join(projectRoot, 'data', 'simbench', 'mv-rural');
const stepMs = 15 * 60_000;
let operation: GridOperation;

beforeAll(async () => {
    operation = await readOperation(rural, { buses: new Set(['4', '26']), lines: new Set(['0']) });
});

/** A cell of the data, read by hand. */
function cell(file: string, column: string, step: number): number {
    const [header = '', ...rows] = gunzipSync(readFileSync(join(rural, file)))
        .toString()
        .split('\n');
    return Number(rows[step]?.split(',')[header.split(',').indexOf(column)]);
}

describe('readOperation', () => {
    it('reads two weeks in steps of 15 minutes', () => {
        expect(operation).toMatchObject({ startMs: Date.parse('2016-01-29T00:00:00Z'), stepMs, steps: 1344 });
    });

    it('reads the selected buses and lines only', () => {
        expect([...operation.series.voltageKv.keys()]).toEqual(['4', '26']);
        expect([...operation.series.currentA.keys()]).toEqual(['0']);
    });

    it('refuses a bus that the series do not have, and a folder without them', async () => {
        const selection = { buses: new Set(['999']), lines: new Set<string>() };
        await expect(readOperation(rural, selection)).rejects.toMatchObject({
            fault: { code: 'GRID_DATA_INVALID', findings: [{ message: 'has no column bus999' }] },
        });
        await expect(readOperation('/nowhere', selection)).rejects.toMatchObject({
            fault: { findings: [{ message: 'cannot be read' }] },
        });
    });
});

describe('measureAt', () => {
    it('gives the value of the data at a step', () => {
        const terminal = { bus: '4', line: '0' };
        const at = 100 * stepMs;
        expect(measureAt(operation, { terminal, type: 'voltage' }, at)).toEqual({
            type: 'voltage',
            unit: 'kV',
            value: cell('bus_voltage_kv.csv.gz', 'bus4', 100),
        });
        expect(measureAt(operation, { terminal, type: 'current' }, at)).toMatchObject({
            unit: 'A',
            value: cell('line_current_a.csv.gz', 'line0', 100),
        });
        expect(measureAt(operation, { terminal, type: 'active-power' }, at)).toMatchObject({
            unit: 'kW',
            value: cell('bus_p_kw.csv.gz', 'bus4', 100),
        });
        expect(measureAt(operation, { terminal, type: 'reactive-power' }, at)).toMatchObject({
            unit: 'kvar',
            value: cell('bus_q_kvar.csv.gz', 'bus4', 100),
        });
    });

    it('gives the middle between two steps', () => {
        const between = measureAt(operation, { terminal: { bus: '4' }, type: 'active-power' }, 7.5 * stepMs).value;
        const ends = [7, 8].map((step) => cell('bus_p_kw.csv.gz', 'bus4', step));
        expect(between).toBeCloseTo(((ends[0] ?? 0) + (ends[1] ?? 0)) / 2, 1);
    });

    it('begins again after the last step', () => {
        const request = { terminal: { bus: '26' }, type: 'voltage' } as const;
        expect(measureAt(operation, request, (1344 + 5) * stepMs)).toEqual(measureAt(operation, request, 5 * stepMs));
        expect(Number.isFinite(measureAt(operation, request, 1343.5 * stepMs).value)).toBe(true);
    });

    it('computes the current of a transformer from its P, Q and voltage', () => {
        const at = (type: 'current' | 'active-power' | 'reactive-power' | 'voltage'): number =>
            measureAt(operation, { terminal: { bus: '26' }, type }, 0).value;
        const expected = Math.hypot(at('active-power'), at('reactive-power')) / (Math.sqrt(3) * at('voltage'));
        expect(at('current')).toBeCloseTo(expected, 2);
        expect(at('current')).toBeGreaterThan(0);
    });
});

describe('readingTypesOf', () => {
    it('depends on the kind and on a line to measure', () => {
        expect(readingTypesOf({ kind: 'FTU', line: '1' })).toEqual(['voltage', 'current']);
        expect(readingTypesOf({ kind: 'DTU', line: '1' })).toEqual([
            'voltage',
            'current',
            'active-power',
            'reactive-power',
        ]);
        expect(readingTypesOf({ kind: 'DTU' })).toEqual(['voltage', 'active-power', 'reactive-power']);
        expect(readingTypesOf({ kind: 'TTU' })).toEqual(['voltage', 'current', 'active-power', 'reactive-power']);
    });
});
