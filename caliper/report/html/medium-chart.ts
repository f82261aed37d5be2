import { describeBackend } from '../describe-backend';
import { formatRate, formatSeconds } from '../format-figures';
import { requirements } from '../requirements';
import type { LatencySummary, RoundRecord, RunReport } from '../run-record';
import type { Frame } from './chart-frame';
import { renderAxes, renderFigure } from './chart-frame';
import type { Markup } from './markup';
import { html } from './markup';
import type { Scale } from './scale';
import { linearScaleFromZero } from './scale';
import { markOf, renderKey, seriesOf, thesisSeries } from './series';

const rowHeight = 34;

interface Row {
    readonly topology: string;
    readonly medium: string;
    readonly plannedTps: number;
    readonly latency: LatencySummary;
}

const titles: Readonly<Record<RoundRecord['operation'], string>> = {
    displacement: 'Switch displacement: from the terminal’s stamp to the main station, by medium',
    set: 'Latency of a Set, by medium',
    query: 'Latency of a Query, by medium',
    control: 'Remote control: from the dispatcher’s first message to the new position, by medium',
};

/** A row for each medium: an act at the rate it is judged at, a transaction near the rate of the displacements. */
export function renderMediumChart(report: RunReport, operation: RoundRecord['operation']): Markup | undefined {
    const rows = report.topologies.flatMap((topology) => rowsOf(report, topology.name, operation));
    if (rows.length === 0) return undefined;
    const frame: Frame = {
        width: 720,
        height: rows.length * rowHeight + 72,
        left: 150,
        right: 26,
        top: 12,
        bottom: 46,
    };
    const worstMs = Math.max(...rows.map(({ latency }) => latency.max));
    const limit = limitOf(report, operation, worstMs);
    const x = linearScaleFromZero(Math.max(worstMs, limit?.ms ?? 0), {
        from: frame.left,
        to: frame.width - frame.right,
    });
    const series = seriesOf(report);
    const none: Scale = { at: () => frame.height - frame.bottom, ticks: [] };
    const drawn = rows.map((row, index) => {
        const entry = series.find(({ name }) => name === row.topology) ?? thesisSeries;
        const y = frame.top + (index + 0.5) * rowHeight;
        const { min, p50, p95, p99, max, avg } = row.latency;
        const at = (ms: number): string => x.at(ms).toFixed(1);
        const width = Math.max(1.5, x.at(p95) - x.at(p50)).toFixed(1);
        return html`<g
            ><title>${describeRow(row)}</title
            ><text class="row-label end" x="${frame.left - 10}" y="${y}" dy="0.32em">${row.medium}</text
            ><line class="whisker s${entry.slot}" x1="${at(min)}" x2="${at(max)}" y1="${y}" y2="${y}" /><rect
                class="box s${entry.slot}"
                x="${at(p50)}"
                y="${y - 6}"
                width="${width}"
                height="12"
            /><line
                class="whisker s${entry.slot}"
                x1="${at(p99)}"
                x2="${at(p99)}"
                y1="${y - 6}"
                y2="${y + 6}"
            />${markOf(entry, x.at(avg), y)}</g
        > `;
    });
    const rates = report.topologies.map(
        ({ name, actRates }) =>
            html` ${name} at ${formatRate(rateShown(report, name, operation) ?? actRates.displacement)} a second.`,
    );
    return renderFigure({
        id: `media-${operation}`,
        title: titles[operation],
        description: rows.map(describeRow).join(' '),
        frame,
        drawing: html`${renderAxes(frame, { x, y: none, xLabel: 'latency', yLabel: '', xTick: formatSeconds, yTick: String })}${drawn}${limit && renderLimit(limit, x.at(limit.ms), frame)}`,
        key: renderKey(series, [html`line: min to max · bar: p50 to p95 · dash: p99 · mark: average`]),
        caption: html`${describeBackend(report.backend).short}. The media are modelled by relays with the latencies and
        bandwidths listed below.${rates}`,
    });
}

interface LimitLine {
    readonly ms: number;
    readonly text: string;
}

/** The act's limit, where it does not lie so far off that nothing else could be seen. */
function limitOf(report: RunReport, operation: RoundRecord['operation'], worstMs: number): LimitLine | undefined {
    const requirement = requirements.find((one) => one.operation === operation);
    const ms = requirement?.boundMs(report.limits);
    if (ms === undefined || ms > farOff * worstMs) return undefined;
    return { ms, text: `limit ${formatSeconds(ms)}` };
}

const farOff = 10;

function renderLimit({ text }: LimitLine, at: number, frame: Frame): Markup {
    const x = at.toFixed(1);
    return html`<line class="limit" x1="${x}" x2="${x}" y1="${frame.top}" y2="${frame.height - frame.bottom}" /><text
            class="limit-label end"
            x="${(at - 6).toFixed(1)}"
            y="${frame.top + 10}"
            >${text}</text
        >`;
}

/** The act's own rate, or of the other rates that ran the nearest to it. */
function rateShown(report: RunReport, topology: string, operation: RoundRecord['operation']): number | undefined {
    const rates = report.topologies.find(({ name }) => name === topology)?.actRates;
    const wanted = (operation === 'control' ? rates?.control : rates?.displacement) ?? 0;
    const ran = report.rounds
        .filter((round) => round.topology === topology && round.operation === operation && round.byMedium !== undefined)
        .map((round) => round.plannedTps);
    return ran.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
}

function rowsOf(report: RunReport, topology: string, operation: RoundRecord['operation']): Row[] {
    const rate = rateShown(report, topology, operation);
    const round = report.rounds.find(
        (candidate) =>
            candidate.topology === topology &&
            candidate.operation === operation &&
            candidate.plannedTps === rate &&
            candidate.byMedium !== undefined,
    );
    return (round?.byMedium ?? []).flatMap(({ medium, latencyMs }) =>
        latencyMs === null ? [] : [{ topology, medium, plannedTps: round?.plannedTps ?? 0, latency: latencyMs }],
    );
}

function describeRow({ topology, medium, plannedTps, latency }: Row): string {
    return `${topology}, ${medium} at ${formatRate(plannedTps)} a second: average ${formatSeconds(latency.avg)}, p95 ${formatSeconds(latency.p95)}, worst ${formatSeconds(latency.max)}.`;
}
