import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { TopologyError } from '../../network/topology/topology-errors';

/** The time series of a grid; each is a file, its columns named by bus or line. */
const seriesFiles = {
    voltageKv: { file: 'bus_voltage_kv.csv.gz', prefix: 'bus' },
    currentA: { file: 'line_current_a.csv.gz', prefix: 'line' },
    activePowerKw: { file: 'bus_p_kw.csv.gz', prefix: 'bus' },
    reactivePowerKvar: { file: 'bus_q_kvar.csv.gz', prefix: 'bus' },
} as const;

export type OperationSeries = keyof typeof seriesFiles;

/** Which buses and lines are wanted. */
export interface OperationSelection {
    readonly buses: ReadonlySet<string>;
    readonly lines: ReadonlySet<string>;
}

/** Operation of a grid over time, computed by power flow: equal steps, the same in every series. */
export interface GridOperation {
    /** Epoch ms of the first step. */
    readonly startMs: number;
    readonly stepMs: number;
    readonly steps: number;
    /** Values by number of bus (or of line, for the current). */
    readonly series: Readonly<Record<OperationSeries, ReadonlyMap<string, Float64Array>>>;
}

/**
 * Reads the operation of the selected buses and lines.
 *
 * @param folder where the grid's files lie
 * @throws TopologyError GRID_DATA_INVALID when a file or a column is missing, a value is no number, or steps are uneven
 */
export async function readOperation(folder: string, selection: OperationSelection): Promise<GridOperation> {
    const names = Object.keys(seriesFiles) as OperationSeries[];
    const tables = await Promise.all(names.map((name) => readSeries(folder, name, selection)));
    const [first] = tables;
    const times = first?.times ?? [];
    const [startMs = 0, secondMs = 0] = times;
    for (const [index, table] of tables.entries()) {
        const name = names[index] ?? 'voltageKv';
        const isEven = table.times.every((timeMs, step) => timeMs === startMs + step * (secondMs - startMs));
        if (!isEven || table.times.length !== times.length || times.length < 2) {
            refuse(folder, seriesFiles[name].file, 'must have the same, equal steps as the other series, two at least');
        }
    }
    return {
        startMs,
        stepMs: secondMs - startMs,
        steps: times.length,
        series: Object.fromEntries(
            names.map((name, index) => [name, tables[index]?.columns]),
        ) as GridOperation['series'],
    };
}

interface SeriesTable {
    readonly times: readonly number[];
    readonly columns: ReadonlyMap<string, Float64Array>;
}

async function readSeries(folder: string, name: OperationSeries, selection: OperationSelection): Promise<SeriesTable> {
    const { file, prefix } = seriesFiles[name];
    const [header = '', ...rows] = (await readZipped(folder, file)).trimEnd().split('\n');
    const cells = header.split(',');
    const wanted = [...(prefix === 'bus' ? selection.buses : selection.lines)].map((number) => {
        const at = cells.indexOf(`${prefix}${number}`);
        return at > 0 ? { number, at } : refuse(folder, file, `has no column ${prefix}${number}`);
    });
    const columns = new Map(wanted.map(({ number }) => [number, new Float64Array(rows.length)]));
    const times = rows.map((row, step) => {
        const values = row.split(',');
        for (const { number, at } of wanted) {
            const value = Number(values[at] ?? Number.NaN);
            if (!Number.isFinite(value)) {
                refuse(folder, `${file}:${step + 2}`, `${prefix}${number} is no number`);
            }
            columns.get(number)?.fill(value, step, step + 1);
        }
        return Date.parse(values[0] ?? '');
    });
    return { times, columns };
}

async function readZipped(folder: string, file: string): Promise<string> {
    try {
        return gunzipSync(await readFile(join(folder, file))).toString('utf8');
    } catch {
        return refuse(folder, file, 'cannot be read');
    }
}

function refuse(folder: string, path: string, message: string): never {
    throw new TopologyError({ code: 'GRID_DATA_INVALID', folder, findings: [{ path, message }] });
}
