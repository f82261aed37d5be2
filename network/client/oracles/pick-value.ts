import { parseCsv } from './parse-csv';
import { SourceError } from './source-errors';

/** Where in a source a number stands. */
export type ValuePick =
    | {
          readonly format: 'csv';
          readonly separator: string;
          /** Name of the column, as the first line has it. */
          readonly column: string;
          /** The row in which another column holds this text; the last row when left out. */
          readonly row?: { readonly column: string; readonly value: string };
      }
    /** RFC 6901: `/current/0/temperature`. */
    | { readonly format: 'json'; readonly pointer: string };

/** The number that stands there. Throws SourceError: SOURCE_MALFORMED, VALUE_NOT_FOUND, VALUE_NOT_A_NUMBER. */
export function pickValue(source: string, bytes: Uint8Array, pick: ValuePick): number {
    const text = decodeText(source, bytes);
    const found = pick.format === 'csv' ? pickCell(source, text, pick) : pickPointer(source, text, pick.pointer);
    const value = typeof found === 'string' && isNumber(found.trim()) ? Number(found) : found;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const shown = (typeof found === 'string' ? found : JSON.stringify(found)).slice(0, 60);
    throw new SourceError({ code: 'VALUE_NOT_A_NUMBER', source, text: shown });
}

function decodeText(source: string, bytes: Uint8Array): string {
    try {
        return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch (cause) {
        throw new SourceError({ code: 'SOURCE_MALFORMED', source, why: 'it is not text in UTF-8' }, { cause });
    }
}

function pickCell(source: string, text: string, pick: Extract<ValuePick, { format: 'csv' }>): string {
    const [header = [], ...rows] = parseCsv(source, text, pick.separator);
    const columnOf = (name: string): number => {
        const at = header.indexOf(name);
        if (at === -1) throw notFound(source, `there is no column ${name} among ${header.join(', ')}`);
        if (header.lastIndexOf(name) !== at) throw notFound(source, `there are several columns ${name}`);
        return at;
    };
    const column = columnOf(pick.column);
    const { row } = pick;
    if (row === undefined) {
        const last = rows.at(-1);
        if (last === undefined) throw notFound(source, 'it has a first line and no others');
        return last[column] ?? '';
    }
    const key = columnOf(row.column);
    const [found, ...others] = rows.filter((cells) => cells[key] === row.value);
    if (found === undefined) throw notFound(source, `no row has ${row.value} in ${row.column}`);
    if (others.length > 0) throw notFound(source, `${others.length + 1} rows have ${row.value} in ${row.column}`);
    return found[column] ?? '';
}

function pickPointer(source: string, text: string, pointer: string): unknown {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch (cause) {
        throw new SourceError({ code: 'SOURCE_MALFORMED', source, why: 'it is not JSON' }, { cause });
    }
    for (const token of pointer.split('/').slice(1)) {
        const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
        if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
            throw notFound(source, `there is no ${name} where ${pointer} leads`);
        }
        value = (value as Record<string, unknown>)[name];
    }
    return value;
}

function notFound(source: string, why: string): SourceError {
    return new SourceError({ code: 'VALUE_NOT_FOUND', source, why });
}

/** Decimal digits alone: `Number` would take '' and 0x10 too. */
function isNumber(text: string): boolean {
    return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text);
}
