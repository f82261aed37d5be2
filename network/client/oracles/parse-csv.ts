import { SourceError } from './source-errors';

/**
 * The rows of a CSV text (RFC 4180), the first one included, each with as many cells as that one: quoted cells may hold
 * separators, line ends and doubled quotes. Empty lines are left out. Throws SourceError SOURCE_MALFORMED.
 */
export function parseCsv(source: string, text: string, separator = ','): readonly (readonly string[])[] {
    const rows = readRows(source, text, separator);
    const [header] = rows;
    if (header === undefined) throw malformed(source, 'it is empty');
    rows.forEach((row, index) => {
        if (row.length !== header.length) {
            throw malformed(source, `row ${index + 1} has ${row.length} cells and the first one ${header.length}`);
        }
    });
    return rows;
}

function readRows(source: string, text: string, separator: string): string[][] {
    const rows: string[][] = [];
    let row: string[] = [];
    for (let at = 0; at < text.length;) {
        const { cell, end } = text[at] === '"' ? quotedCell(source, text, at) : plainCell(text, at, separator);
        row.push(cell);
        if (text[end] === separator) {
            at = end + 1;
            // A separator at the very end has an empty cell behind it.
            if (at < text.length) continue;
            row.push('');
        } else {
            at = lineEnd(text, end);
            if (at === end) throw malformed(source, `row ${rows.length + 1} goes on after a closing quote`);
        }
        if (row.length > 1 || row[0] !== '') rows.push(row);
        row = [];
    }
    return rows;
}

/** Index behind the end of the line that is at `at`; `at` itself when none is. The end of the text counts as one. */
function lineEnd(text: string, at: number): number {
    if (text.startsWith('\r\n', at)) return at + 2;
    return at === text.length || text[at] === '\n' || text[at] === '\r' ? at + 1 : at;
}

interface Cell {
    readonly cell: string;
    /** Index of what follows. */
    readonly end: number;
}

function plainCell(text: string, start: number, separator: string): Cell {
    let end = start;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end += 1;
    return { cell: text.slice(start, end), end };
}

function quotedCell(source: string, text: string, start: number): Cell {
    for (let at = text.indexOf('"', start + 1); at !== -1; at = text.indexOf('"', at + 2)) {
        if (text[at + 1] !== '"') {
            return { cell: text.slice(start + 1, at).replaceAll('""', '"'), end: at + 1 };
        }
    }
    throw malformed(source, 'a quoted cell does not end');
}

function malformed(source: string, why: string): SourceError {
    return new SourceError({ code: 'SOURCE_MALFORMED', source, why });
}
