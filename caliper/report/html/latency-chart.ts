import { describeBackend } from '../describe-backend';
import { formatRate, formatSeconds } from '../format-figures';
import type { LatencySummary, RoundRecord, RunReport } from '../run-record';
import type { ThesisOperation } from '../thesis-figures';
import { thesisFigures } from '../thesis-figures';
import { renderAxes, renderFigure, standardFrame as frame } from './chart-frame';
import type { Markup } from './markup';
import { html } from './markup';
import type { Scale } from './scale';
import { logScale } from './scale';
import type { Series } from './series';
import { markOf, renderKey, seriesOf, thesisSeries } from './series';

const latencyTicks = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000];
const gapBetweenSeries = 15;

/** Latency over the asked rate, both axes logarithmic: a line from min to max, a bar from p50 to p95, a mark at the average. */
export function renderLatencyChart(report: RunReport, operation: ThesisOperation): Markup | undefined {
    const rounds = report.rounds.filter((round) => round.operation === operation && isWholeNetwork(round, report));
    const drawn = rounds.flatMap((round) => (round.latencyMs === null ? [] : [{ round, latency: round.latencyMs }]));
    if (drawn.length === 0) return undefined;
    const thesis = thesisFigures[operation];
    const rates = [...new Set([thesis.tps, ...drawn.map(({ round }) => round.plannedTps)])].sort((a, b) => a - b);
    const x = logScale(
        { from: Math.min(...rates) / 1.6, to: Math.max(...rates) * 1.6 },
        { from: frame.left, to: frame.width - frame.right },
        rates,
    );
    const low = Math.min(thesis.minMs, ...drawn.map(({ latency }) => Math.max(latency.min, 1)));
    const high = Math.max(thesis.maxMs, ...drawn.map(({ latency }) => latency.max));
    const y = logScale(
        { from: low / 1.5, to: high * 1.6 },
        { from: frame.height - frame.bottom, to: frame.top },
        latencyTicks,
    );
    const series = seriesOf(report);
    const boxes = drawn.map(({ round, latency }) => {
        const position = series.findIndex(({ name }) => name === round.topology);
        const entry = series[position] ?? thesisSeries;
        const offset = (position - (series.length - 1) / 2) * gapBetweenSeries;
        return renderBox(entry, x.at(round.plannedTps) + offset, y, latency, describeRound(round, latency));
    });
    const thesisBox = renderThesis(x.at(thesis.tps), y, operation);
    const axes = renderAxes(frame, {
        x,
        y,
        xLabel: 'asked rate, transactions a second (logarithmic)',
        yLabel: 'latency (logarithmic)',
        xTick: formatRate,
        yTick: formatSeconds,
    });
    return renderFigure({
        id: `latency-${operation}`,
        title: operation === 'set' ? 'Latency of a Set, by rate' : 'Latency of a Query, by rate',
        description: drawn.map(({ round, latency }) => describeRound(round, latency)).join(' '),
        frame,
        drawing: html`${axes}${thesisBox}${boxes}`,
        key: renderKey(
            [...series, thesisSeries],
            [html`line: min to max · bar: p50 to p95 · dash: p99 · mark: average · pale: saturated, not judged`],
        ),
        caption: html`${describeBackend(report.backend).short}. Successful transactions only; rounds of the whole
        topology, all media together. The thesis's figures stand at its own rate, ${formatRate(thesis.tps)} TPS.`,
    });
}

/** Rounds over all media of a topology; a topology with one medium only has no others. */
export function isWholeNetwork(round: RoundRecord, report: RunReport): boolean {
    const media = report.topologies.find(({ name }) => name === round.topology)?.media.length ?? 0;
    return round.medium === 'mixed' || media === 1;
}

function describeRound(round: RoundRecord, latency: LatencySummary): string {
    const figures = [
        `average ${formatSeconds(latency.avg)}`,
        `p50 ${formatSeconds(latency.p50)}`,
        `p95 ${formatSeconds(latency.p95)}`,
        `p99 ${formatSeconds(latency.p99)}`,
        `worst ${formatSeconds(latency.max)}`,
    ].join(', ');
    const saturated = round.saturated ? ' (saturated)' : '';
    return `${round.topology}, ${round.operation} at ${formatRate(round.plannedTps)} TPS${saturated}: ${figures}.`;
}

function renderBox(series: Series, at: number, y: Scale, latency: LatencySummary, title: string): Markup {
    const saturated = title.includes('(saturated)');
    const line = (ms: number): string => y.at(Math.max(ms, 1)).toFixed(1);
    const [x, top, bottom] = [at.toFixed(1), line(latency.p95), line(latency.p50)];
    const height = Math.max(1.5, Number(bottom) - Number(top)).toFixed(1);
    return html`<g class="${saturated ? 'pale' : ''}"
        ><title>${title}</title
        ><line
            class="whisker s${series.slot}"
            x1="${x}"
            x2="${x}"
            y1="${line(latency.min)}"
            y2="${line(latency.max)}"
        /><rect class="box s${series.slot}" x="${(at - 5).toFixed(1)}" y="${top}" width="10" height="${height}" /><line
            class="whisker s${series.slot}"
            x1="${(at - 5).toFixed(1)}"
            x2="${(at + 5).toFixed(1)}"
            y1="${line(latency.p99)}"
            y2="${line(latency.p99)}"
        />${markOf(series, at, Number(line(latency.avg)), saturated)}</g
    > `;
}

function renderThesis(at: number, y: Scale, operation: ThesisOperation): Markup {
    const thesis = thesisFigures[operation];
    const x = at.toFixed(1);
    const title = `The thesis at ${formatRate(thesis.tps)} TPS: ${formatSeconds(thesis.minMs)} to ${formatSeconds(thesis.maxMs)}, average ${formatSeconds(thesis.avgMs)}.`;
    return html`<g
        ><title>${title}</title
        ><line
            class="whisker s9"
            x1="${x}"
            x2="${x}"
            y1="${y.at(thesis.minMs).toFixed(1)}"
            y2="${y.at(thesis.maxMs).toFixed(1)}"
        />${markOf(thesisSeries, at, y.at(thesis.avgMs))}</g
    > `;
}
