/** A row of a CSV file: its line number in the file (the header is line 1) and its cells by column. */
export interface CsvRow {
    readonly lineNumber: number;
    readonly cells: Readonly<Record<string, string>>;
}

/** A CSV file as it was read. */
export interface CsvTable {
    readonly columns: readonly string[];
    readonly rows: readonly CsvRow[];
    /** Lines that do not have as many cells as the header. */
    readonly ragged: readonly number[];
}

/** Reads plain CSV: a header, commas, no quoting (the grid data need none). Empty lines are passed over. */
export function parseCsv(text: string): CsvTable {
    const lines = text.split(/\r?\n/);
    const columns = (lines[0] ?? '').split(',');
    const rows: CsvRow[] = [];
    const ragged: number[] = [];
    for (const [index, line] of lines.entries()) {
        if (index === 0 || line === '') {
            continue;
        }
        const cells = line.split(',');
        if (cells.length !== columns.length) {
            ragged.push(index + 1);
            continue;
        }
        rows.push({
            lineNumber: index + 1,
            cells: Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? ''])),
        });
    }
    return { columns, rows, ragged };
}
