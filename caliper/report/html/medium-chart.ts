import { describeBackend } from '../describe-backend';
import { formatRate, formatSeconds } from '../format-figures';
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

/** A row for each medium at the rate its topology is judged at. */
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
    const x = linearScaleFromZero(Math.max(...rows.map(({ latency }) => latency.max)), {
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
        ({ name, verdictRateTps }) =>
            html` ${name} at ${formatRate(rateShown(report, name, operation) ?? verdictRateTps)} TPS.`,
    );
    return renderFigure({
        id: `media-${operation}`,
        title: operation === 'set' ? 'Latency of a Set, by medium' : 'Latency of a Query, by medium',
        description: rows.map(describeRow).join(' '),
        frame,
        drawing: html`${renderAxes(frame, { x, y: none, xLabel: 'latency', yLabel: '', xTick: formatSeconds, yTick: String })}${drawn}`,
        key: renderKey(series, [html`line: min to max · bar: p50 to p95 · dash: p99 · mark: average`]),
        caption: html`${describeBackend(report.backend).short}. The media are modelled by relays with the latencies and
        bandwidths listed below.${rates}`,
    });
}

/** The set rounds' verdict rate, or for queries the nearest rate that ran. */
function rateShown(report: RunReport, topology: string, operation: RoundRecord['operation']): number | undefined {
    const wanted = report.topologies.find(({ name }) => name === topology)?.verdictRateTps ?? 0;
    const rates = report.rounds
        .filter((round) => round.topology === topology && round.operation === operation && round.byMedium !== undefined)
        .map((round) => round.plannedTps);
    return rates.sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
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
    return `${topology}, ${medium} at ${formatRate(plannedTps)} TPS: average ${formatSeconds(latency.avg)}, p95 ${formatSeconds(latency.p95)}, worst ${formatSeconds(latency.max)}.`;
}
