import { formatRange, sumUpBytes } from './bytes-over-air';
import { describePhases } from './check-limits';
import { describeBackend } from './describe-backend';
import { describeLoss, describeParts, describeStep } from './describe-drill';
import { formatMilliseconds, formatRate, formatSeconds } from './format-figures';
import { wordsOf } from './requirements';
import type { RoundRecord, RunReport, Verdict } from './run-record';

const headings = [
    'topology',
    'operation',
    'medium',
    'asked TPS',
    'sent TPS',
    'success TPS',
    'succeeded',
    'min',
    'avg',
    'p50',
    'p95',
    'p99',
    'max',
    '',
];
const textColumns = new Set([0, 1, 2, 13]);

/** The run on a terminal: a row for each round, a line for each verdict with the worst act's time, what the loss of
 * the main station showed, and what the figures stand on. Plain text. */
export function renderTable(report: RunReport): string {
    return [
        `Back end: ${describeBackend(report.backend).short}. Latencies in milliseconds.`,
        '',
        ...(report.rounds.length === 0 ? [] : renderRounds(report)),
        ...report.verdicts.map(renderVerdictLine),
        '',
        ...renderDrills(report),
        ...renderBytes(report),
    ].join('\n');
}

function renderRounds(report: RunReport): string[] {
    const rows = [headings, ...report.rounds.map(cellsOf)];
    const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
    const lines = rows.map((row) =>
        row
            .map((cell, column) =>
                textColumns.has(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
            )
            .join('  ')
            .trimEnd(),
    );
    const [heading = '', ...body] = lines;
    return [heading, '-'.repeat(Math.max(...lines.map((line) => line.length))), ...body, ''];
}

/** What a transaction costs on the air, where relays counted. */
function renderBytes(report: RunReport): string[] {
    const found = sumUpBytes(report);
    if (found.length === 0) return [];
    const lines = found.map(
        ({ topology, medium, operation, up, down }) =>
            `  ${operation} over ${medium}, ${topology}: ${formatRange(up)} up, ${formatRange(down)} down`,
    );
    return ['Bytes of one transaction over its medium, TLS included:', ...lines, ''];
}

function cellsOf(round: RoundRecord): string[] {
    const latency = round.latencyMs;
    const seconds =
        latency === null
            ? Array.from({ length: 6 }, () => '-')
            : [latency.min, latency.avg, latency.p50, latency.p95, latency.p99, latency.max].map(formatMilliseconds);
    return [
        round.topology,
        round.operation,
        round.medium,
        formatRate(round.plannedTps),
        round.sendRateTps.toFixed(1),
        round.successTps.toFixed(1),
        `${round.succeeded}/${round.planned}`,
        ...seconds,
        remarkOf(round),
    ];
}

function remarkOf(round: RoundRecord): string {
    const errors = round.errors.map(({ code, count }) => `${count} × ${code}`);
    return [...(round.saturated ? ['saturated'] : []), ...errors, ...(round.problem ? [round.problem] : [])].join('; ');
}

const statusWords: Readonly<Record<Verdict['status'], string>> = {
    met: 'KEPT',
    missed: 'MISSED',
    'not-measured': 'NOT MEASURED',
};

/** One verdict in one line, and below it where the time of its worst act went. */
export function renderVerdictLine(verdict: Verdict): string {
    const { title } = wordsOf(verdict.id);
    const figure =
        verdict.worstMs === null
            ? `limit ${formatSeconds(verdict.boundMs)}`
            : `${formatSeconds(verdict.worstMs)} of ${formatSeconds(verdict.boundMs)} (${verdict.evidence})`;
    const reason = verdict.reason === undefined ? '' : ` ${verdict.reason}`;
    const line = `${statusWords[verdict.status].padEnd(12)}  ${title}, ${verdict.topology}: ${figure}${highestOf(verdict)}.${reason}`;
    const spent = verdict.status === 'met' && verdict.worst ? describePhases(verdict.worst) : '';
    return spent === '' ? line : `${line}\n${' '.repeat(14)}worst: ${spent}`;
}

/** Of an act that ran at rates. */
function highestOf({ highestRateTps }: Verdict): string {
    if (highestRateTps === undefined) return '';
    return highestRateTps === null ? ', kept at no rate' : `, kept up to ${formatRate(highestRateTps)} a second`;
}

/** What each loss of the main station showed, a line for each step. */
function renderDrills({ drills = [] }: RunReport): string[] {
    return drills.flatMap((drill) => {
        const rows = [
            ['by itself', 'since the loss', ''],
            ...drill.steps.map((one) => [formatSeconds(one.tookMs), formatSeconds(one.sinceLossMs), describeStep(one)]),
        ];
        const lines = rows.map(([took = '', since = '', words = '']) =>
            `  ${took.padStart(9)}  ${since.padStart(14)}  ${words}`.trimEnd(),
        );
        return [
            `The main station is lost, ${drill.topology}: ${describeParts(drill)}.`,
            `  ${describeLoss(drill)}.`,
            ...lines,
            ...(drill.problem === undefined ? [] : [`  NOT TO ITS END  ${drill.problem}`]),
            '',
        ];
    });
}
