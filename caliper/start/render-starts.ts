import type { StartRecord } from './start-record';

/** The measured starts on a terminal, a row each. Plain text. */
export function renderStarts({ conditions, starts }: StartRecord): string {
    const { backend, topology, terminals, limitMs } = conditions;
    const rows = starts.map(({ upMs, setMs, totalMs, load, kept }, index) => [
        String(index + 1),
        seconds(upMs),
        seconds(setMs),
        seconds(totalMs),
        load.toFixed(1),
        kept ? '' : 'OVER THE LIMIT',
    ]);
    const table = [['', 'up', 'first Set', 'together', 'load before', ''], ...rows];
    const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
    const lines = table.map((row) =>
        row
            .map((cell, at) => cell.padStart(widths[at] ?? 0))
            .join('  ')
            .trimEnd(),
    );
    const kept = starts.filter((start) => start.kept).length;
    return [
        `From nothing to the first committed Set, ${topology} on ${backend}, ${terminals} terminals registered:`,
        '',
        ...lines,
        '',
        `${kept} of ${starts.length} within ${seconds(limitMs)}.`,
    ].join('\n');
}

function seconds(ms: number): string {
    return `${(ms / 1000).toFixed(2)} s`;
}
