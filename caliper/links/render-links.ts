import type { MeasuredLink } from './measure-links';

const headings = ['topology', 'medium', 'setting', 'median', 'least', 'most', 'may be off by', ''];
const textColumns = new Set([0, 1, 7]);

/** The measured links on a terminal, a row each. Plain text. */
export function renderLinks(links: readonly MeasuredLink[]): string {
    const ms = (value: number): string => `${value.toFixed(1)} ms`;
    const rows = links.map((link) => [
        link.topology,
        link.medium,
        ms(link.settingMs),
        ms(link.medianMs),
        ms(link.leastMs),
        ms(link.mostMs),
        ms(link.toleranceMs),
        link.kept ? 'kept' : 'BEYOND',
    ]);
    const table = [headings, ...rows];
    const widths = headings.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
    const lines = table.map((row) =>
        row
            .map((cell, at) => (textColumns.has(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
            .join('  ')
            .trimEnd(),
    );
    const count = links[0]?.roundTrips ?? 0;
    return [`Round trips through the relay of each medium, ${count} each, on this machine:`, '', ...lines].join('\n');
}
