import type { ClaimedReading, Quality, ReadingInput, ReadingType } from './reading-api';

/** Who measured, and when by the terminal's clock. */
export type ReadingSource = Pick<ReadingInput, 'terminalId' | 'timeMs'>;
/** What was measured. */
export interface ReadingQuantity<Type extends string = ReadingType> {
    readonly quality: Quality;
    readonly type: Type;
    readonly unit: string;
}
/** One value; source and quantity are places in the lists beside it, counted from 0. */
export type TabledValue = readonly [source: number, quantity: number, value: number];

/**
 * Readings that say each thing once, as the sequences of IEC 60870-5-101 (7.2.2.1, SQ = 1) do: a hundred readings of
 * some terminals in a quarter of the bytes that they take with their names. Sources and quantities stand in the order in
 * which the readings first name them, so that the same readings make the same table and the table the same readings.
 */
export interface ReadingTable<Type extends string = ReadingType> {
    readonly quantities: readonly ReadingQuantity<Type>[];
    readonly readings: readonly TabledValue[];
    readonly sources: readonly ReadingSource[];
}

/** The table of these readings. */
export function tableOf(readings: readonly ReadingInput[]): ReadingTable;
export function tableOf(readings: readonly ClaimedReading[]): ReadingTable<string>;
export function tableOf(readings: readonly ClaimedReading[]): ReadingTable<string> {
    const sources = new Places<ReadingSource>();
    const quantities = new Places<ReadingQuantity<string>>();
    const values = readings.map(({ terminalId, timeMs, type, unit, quality, value }): TabledValue => [
        sources.placeOf(`${terminalId}\n${timeMs}`, () => ({ terminalId, timeMs })),
        quantities.placeOf(`${quality}\n${type}\n${unit}`, () => ({ quality, type, unit })),
        value,
    ]);
    return { quantities: quantities.list, readings: values, sources: sources.list };
}

/** The readings of a table whose places all lie within its lists; throws RangeError otherwise. */
export function readingsOfTable<Type extends string>({
    quantities,
    readings,
    sources,
}: ReadingTable<Type>): (Omit<ReadingInput, 'type'> & { readonly type: Type })[] {
    return readings.map(([source, quantity, value]) => {
        const { terminalId, timeMs } = itemAt(sources, source);
        const { quality, type, unit } = itemAt(quantities, quantity);
        return { quality, terminalId, timeMs, type, unit, value };
    });
}

/** The item in a place of a table's list; throws RangeError where there is none. */
export function itemAt<Item>(list: readonly Item[], place: number): Item {
    const item = list[place];
    if (item === undefined) {
        throw new RangeError(`A reading names place ${place} of a list of ${list.length}.`);
    }
    return item;
}

/** A list without repetitions, and where the item of each name stands. */
class Places<Item> {
    readonly list: Item[] = [];
    readonly #places = new Map<string, number>();

    placeOf(name: string, newItem: () => Item): number {
        const known = this.#places.get(name);
        if (known !== undefined) return known;
        const place = this.list.push(newItem()) - 1;
        this.#places.set(name, place);
        return place;
    }
}
