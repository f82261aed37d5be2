import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readArgument } from '../../../chaincode/src/input/read-field';
import { measurementInput } from '../../../chaincode/src/measurement/measurement-input';
import {
    measurementLimits,
    qualities,
    readingTypes,
    readingUnits,
} from '../../../chaincode/src/measurement/measurement-api';
import { readingsOfTable, tableOf } from '../../../chaincode/src/measurement/reading-table-api';

const runs = { seed: 20_261_129, numRuns: 300 };
const few = ['TTU-1', 'TTU-2', 'FTU 3', 'FTU', '3'];
const quantity = fc
    .constantFrom(...readingTypes)
    .chain((type) => fc.record({ type: fc.constant(type), unit: fc.constantFrom<string>(...readingUnits[type]) }));
const reading = fc
    .record({
        terminalId: fc.constantFrom(...few),
        timeMs: fc.constantFrom(0, 1, 10, 1_790_000_000_000),
        quality: fc.constantFrom(...qualities),
        value: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        quantity,
    })
    .map(({ quantity: measured, ...rest }) => ({ ...rest, ...measured }));
const someReadings = fc.array(reading, { minLength: 1, maxLength: measurementLimits.readingsPerBatch });

describe('the table of a batch', () => {
    it('makes the readings that made it, in their order', () => {
        fc.assert(
            fc.property(someReadings, (readings) => {
                expect(readingsOfTable(tableOf(readings))).toEqual(readings);
            }),
            runs,
        );
    });

    it('says each source and each quantity once', () => {
        fc.assert(
            fc.property(someReadings, (readings) => {
                const { sources, quantities } = tableOf(readings);
                for (const list of [sources, quantities]) {
                    expect(new Set(list.map((item) => JSON.stringify(item))).size).toBe(list.length);
                }
            }),
            runs,
        );
    });

    it('is the only one that is taken for its readings', () => {
        const shuffled = fc.tuple(someReadings, fc.nat(), fc.nat()).map(([readings, one, other]) => {
            const named = readings.map((given) => ({ ...given, terminalId: given.terminalId.replace(' ', '-') }));
            const table = tableOf(named);
            const { sources } = table;
            const places = sources.map((_, place) => place);
            const [from, to] = [one % sources.length, other % sources.length];
            places[from] = to;
            places[to] = from;
            const moved = {
                ...table,
                sources: places.map((place) => sources[place]),
                readings: table.readings.map(([source, ...rest]) => [places[source] ?? 0, ...rest] as const),
            };
            return { table, moved, isMoved: from !== to };
        });
        const read = (given: object): unknown => {
            try {
                return readArgument(JSON.stringify({ concentratorId: 'DTU-1', ...given }), measurementInput.batch);
            } catch (cause) {
                return (cause as Error).message;
            }
        };
        fc.assert(
            fc.property(shuffled, ({ table, moved, isMoved }) => {
                const taken = { concentratorId: 'DTU-1', table };
                expect(read(table)).toEqual(taken);
                expect(isMoved === String(read(moved)).includes('out-of-order')).toBe(true);
            }),
            runs,
        );
    });
});
