import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { GridBus, GridData, GridLine, GridLoad, GridSwitch, GridTransformer } from './grid-data';
import { parseCsv } from './parse-csv';
import type { CsvRow } from './parse-csv';
import { TopologyError } from './topology-errors';
import type { Finding } from './topology-errors';

const elementTypes: Readonly<Record<string, GridSwitch['elementType']>> = { l: 'line', b: 'bus', t: 'transformer' };

/** The grid's files as text, by name. */
export type GridFiles = Readonly<Record<(typeof gridFileNames)[number], string>>;

export const gridFileNames = ['buses.csv', 'lines.csv', 'switches.csv', 'loads.csv', 'transformers.csv'] as const;

/**
 * Reads a grid from a folder of CSV files.
 *
 * @param path where the folder lies
 * @param folder what it is called in findings and in the result
 * @throws TopologyError GRID_DATA_INVALID with every finding
 */
export async function readGrid(path: string, folder: string): Promise<GridData> {
    const findings: Finding[] = [];
    const files: Partial<Record<keyof GridFiles, string>> = {};
    for (const name of gridFileNames) {
        try {
            files[name] = await readFile(join(path, name), 'utf8');
        } catch {
            findings.push({ path: name, message: 'cannot be read' });
        }
    }
    if (findings.length > 0) {
        throw new TopologyError({ code: 'GRID_DATA_INVALID', folder, findings });
    }
    return parseGrid(files as GridFiles, folder);
}

/**
 * Makes a grid of its files' text.
 *
 * @throws TopologyError GRID_DATA_INVALID with every finding: cells that are no numbers, numbers given twice, references
 * to a bus, line or transformer that is not there
 */
export function parseGrid(files: GridFiles, folder: string): GridData {
    const findings: Finding[] = [];
    const read = <T>(name: keyof GridFiles, columns: readonly string[], toItem: (cell: Cells) => T): Located<T>[] =>
        readTable(files[name], { name, columns, toItem, findings });

    const buses = read('buses.csv', busColumns, toBus);
    const lines = read('lines.csv', lineColumns, toLine);
    const transformers = read('transformers.csv', transformerColumns, toTransformer);
    const switches = read('switches.csv', switchColumns, toSwitch);
    const loads = read('loads.csv', loadColumns, toLoad);

    const busNumbers = uniqueNumbers(buses, (bus) => bus.bus, findings);
    const lineNumbers = uniqueNumbers(lines, (line) => line.line, findings);
    const transformerNumbers = uniqueNumbers(transformers, (transformer) => transformer.transformer, findings);
    uniqueNumbers(switches, (item) => item.switch, findings);
    uniqueNumbers(loads, (load) => load.load, findings);

    const known = { bus: busNumbers, line: lineNumbers, transformer: transformerNumbers };
    const refer = (path: string, kind: keyof typeof known, number: string): void => {
        if (!known[kind].has(number)) {
            findings.push({ path, message: `names ${kind} ${number}, which is not in the data` });
        }
    };
    for (const { path, item } of lines) {
        refer(path, 'bus', item.fromBus);
        refer(path, 'bus', item.toBus);
    }
    for (const { path, item } of transformers) {
        refer(path, 'bus', item.highVoltageBus);
        refer(path, 'bus', item.lowVoltageBus);
    }
    for (const { path, item } of switches) {
        refer(path, 'bus', item.bus);
        refer(path, item.elementType, item.element);
    }
    for (const { path, item } of loads) {
        refer(path, 'bus', item.bus);
    }
    if (findings.length > 0) {
        throw new TopologyError({ code: 'GRID_DATA_INVALID', folder, findings });
    }
    return {
        folder,
        buses: buses.map(({ item }) => item),
        lines: lines.map(({ item }) => item),
        switches: switches.map(({ item }) => item),
        loads: loads.map(({ item }) => item),
        transformers: transformers.map(({ item }) => item),
    };
}

const busColumns = ['bus', 'name', 'vn_kv', 'lon', 'lat', 'subnet', 'substation'];
const toBus = (cell: Cells): GridBus => ({
    bus: cell.text('bus'),
    name: cell.text('name'),
    nominalKv: cell.number('vn_kv'),
    longitude: cell.number('lon'),
    latitude: cell.number('lat'),
    subnet: cell.text('subnet'),
    substation: cell.text('substation'),
});

const lineColumns = [
    'line',
    'name',
    'from_bus',
    'to_bus',
    'length_km',
    'r_ohm_per_km',
    'x_ohm_per_km',
    'max_i_ka',
    'subnet',
];
const toLine = (cell: Cells): GridLine => ({
    line: cell.text('line'),
    name: cell.text('name'),
    fromBus: cell.text('from_bus'),
    toBus: cell.text('to_bus'),
    lengthKm: cell.number('length_km'),
    resistanceOhmPerKm: cell.number('r_ohm_per_km'),
    reactanceOhmPerKm: cell.number('x_ohm_per_km'),
    maxCurrentKa: cell.number('max_i_ka'),
    subnet: cell.text('subnet'),
});

const switchColumns = ['switch', 'name', 'bus', 'element', 'et', 'type', 'closed'];
const toSwitch = (cell: Cells): GridSwitch => ({
    switch: cell.text('switch'),
    name: cell.text('name'),
    bus: cell.text('bus'),
    element: cell.text('element'),
    elementType: cell.oneOf('et', elementTypes),
    type: cell.text('type'),
    closed: cell.oneOf('closed', { True: true, False: false }),
});

const loadColumns = ['load', 'name', 'bus', 'p_mw', 'q_mvar', 'profile'];
const toLoad = (cell: Cells): GridLoad => ({
    load: cell.text('load'),
    name: cell.text('name'),
    bus: cell.text('bus'),
    activePowerMw: cell.number('p_mw'),
    reactivePowerMvar: cell.number('q_mvar'),
    profile: cell.text('profile'),
});

const transformerColumns = ['transformer', 'name', 'hv_bus', 'lv_bus', 'sn_mva'];
const toTransformer = (cell: Cells): GridTransformer => ({
    transformer: cell.text('transformer'),
    name: cell.text('name'),
    highVoltageBus: cell.text('hv_bus'),
    lowVoltageBus: cell.text('lv_bus'),
    ratedMva: cell.number('sn_mva'),
});

interface Located<T> {
    readonly path: string;
    readonly item: T;
}

interface TableReading<T> {
    readonly name: string;
    readonly columns: readonly string[];
    readonly toItem: (cell: Cells) => T;
    readonly findings: Finding[];
}

function readTable<T>(text: string, reading: TableReading<T>): Located<T>[] {
    const { name, columns, toItem, findings } = reading;
    const table = parseCsv(text);
    const missing = columns.filter((column) => !table.columns.includes(column));
    if (missing.length > 0) {
        findings.push({ path: `${name}:1`, message: `lacks the column ${missing.join(', ')}` });
        return [];
    }
    for (const lineNumber of table.ragged) {
        findings.push({ path: `${name}:${lineNumber}`, message: `must have ${table.columns.length} cells` });
    }
    return table.rows.map((row) => {
        const path = `${name}:${row.lineNumber}`;
        return { path, item: toItem(new Cells(row, path, findings)) };
    });
}

/** The cells of one row; what cannot be read becomes a finding, and a value that keeps the reading going. */
class Cells {
    readonly #row: CsvRow;
    readonly #path: string;
    readonly #findings: Finding[];

    constructor(row: CsvRow, path: string, findings: Finding[]) {
        this.#row = row;
        this.#path = path;
        this.#findings = findings;
    }

    text(column: string): string {
        return this.#row.cells[column] ?? '';
    }

    number(column: string): number {
        const text = this.text(column);
        const value = Number(text);
        if (text === '' || !Number.isFinite(value)) {
            this.#findings.push({ path: this.#path, message: `${column} must be a number, not "${text}"` });
        }
        return value;
    }

    oneOf<T>(column: string, values: Readonly<Record<string, T>>): T {
        const text = this.text(column);
        const value = values[text];
        if (value !== undefined) {
            return value;
        }
        const allowed = Object.keys(values).join(', ');
        this.#findings.push({ path: this.#path, message: `${column} must be one of ${allowed}, not "${text}"` });
        return Object.values(values)[0] as T;
    }
}

function uniqueNumbers<T>(
    items: readonly Located<T>[],
    numberOf: (item: T) => string,
    findings: Finding[],
): Set<string> {
    const seen = new Set<string>();
    for (const { path, item } of items) {
        const number = numberOf(item);
        if (seen.has(number)) {
            findings.push({ path, message: `number ${number} is given twice` });
        }
        seen.add(number);
    }
    return seen;
}
