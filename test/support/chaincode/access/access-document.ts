import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../../network/topology/project-root';

export const accepted = 'accepted';

/** What docs/access.md says of one transaction: for each caller `accepted` or the code of the fault. */
export interface AccessRow {
    readonly contract: string;
    readonly transaction: string;
    readonly outcomes: Readonly<Record<string, string>>;
}

interface MarkdownTable {
    /** The heading of the section that it stands in. */
    readonly section: string;
    readonly rows: readonly Readonly<Record<string, string>>[];
}

const marksSection = 'What the marks mean';
const transactionColumn = 'transaction';

/** Reads docs/access.md. Throws when a cell has a mark that the document does not explain. */
export function readAccessDocument(): AccessRow[] {
    const tables = parseTables(readFileSync(join(projectRoot, 'docs', 'access.md'), 'utf8'));
    const marks = new Map([['✓', accepted]]);
    for (const { mark = '', fault = '' } of tables.find(({ section }) => section === marksSection)?.rows ?? []) {
        marks.set(mark, unquoted(fault));
    }
    return tables
        .filter(({ rows }) => rows.some((row) => transactionColumn in row))
        .flatMap(({ section, rows }) => rows.map((row) => accessRow(section, row, marks)));
}

function accessRow(
    contract: string,
    { [transactionColumn]: transaction = '', ...cells }: Readonly<Record<string, string>>,
    marks: ReadonlyMap<string, string>,
): AccessRow {
    const outcomes = Object.entries(cells).map(([caller, mark]) => {
        const outcome = marks.get(mark);
        if (outcome === undefined) throw new Error(`docs/access.md does not explain the mark "${mark}"`);
        return [caller, outcome] as const;
    });
    return { contract, transaction: unquoted(transaction), outcomes: Object.fromEntries(outcomes) };
}

function parseTables(markdown: string): MarkdownTable[] {
    return markdown.split(/^## /m).map((part) => {
        const [section = '', ...lines] = part.split('\n');
        const [head = [], , ...body] = lines.filter((line) => line.startsWith('|')).map(cellsOf);
        const rows = body.map((cells) => Object.fromEntries(head.map((name, column) => [name, cells[column] ?? ''])));
        return { section, rows };
    });
}

function cellsOf(line: string): string[] {
    return line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
}

function unquoted(cell: string): string {
    return cell.replaceAll('`', '');
}
