import { describeBackend } from '../describe-backend';
import { formatRate } from '../format-figures';
import type { RoundRecord, RunReport } from '../run-record';
import type { ThesisOperation } from '../thesis-figures';
import { thesisFigures } from '../thesis-figures';
import { renderAxes, renderFigure, standardFrame as frame } from './chart-frame';
import { isWholeNetwork } from './latency-chart';
import type { Markup } from './markup';
import { html } from './markup';
import { linearScaleFromZero } from './scale';
import { markOf, renderKey, seriesOf, thesisSeries } from './series';

/** Successful transactions a second over the send rate that was reached; on the dashed line all that is sent is done. */
export function renderThroughputChart(report: RunReport, operation: ThesisOperation): Markup | undefined {
    const rounds = report.rounds.filter((round) => round.operation === operation && isWholeNetwork(round, report));
    if (rounds.length === 0) return undefined;
    const thesis = thesisFigures[operation];
    const highestSent = Math.max(thesis.tps, ...rounds.map((round) => round.sendRateTps)) * 1.04;
    const highest = Math.max(highestSent, ...rounds.map((round) => round.successTps));
    const x = linearScaleFromZero(highestSent, { from: frame.left, to: frame.width - frame.right });
    const y = linearScaleFromZero(highest, { from: frame.height - frame.bottom, to: frame.top });
    const series = seriesOf(report);
    const lines = series.map((entry) => {
        const points = rounds
            .filter((round) => round.topology === entry.name)
            .sort((a, b) => a.sendRateTps - b.sendRateTps)
            .map((round) => ({ round, px: x.at(round.sendRateTps), py: y.at(round.successTps) }));
        const path = points.map(({ px, py }, index) => `${index === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`);
        const marks = points.map(
            ({ round, px, py }) =>
                html`<g><title>${describePoint(round)}</title>${markOf(entry, px, py, round.saturated)}</g>`,
        );
        return html`<path class="trace s${entry.slot}" d="${path.join('')}" />${marks}`;
    });
    const axes = renderAxes(frame, {
        x,
        y,
        xLabel: 'send rate reached, transactions a second',
        yLabel: 'succeeded a second',
        xTick: formatRate,
        yTick: formatRate,
    });
    const equal = Math.min(highestSent, highest);
    return renderFigure({
        id: `throughput-${operation}`,
        title: operation === 'set' ? 'Sets done a second, by send rate' : 'Queries done a second, by send rate',
        description: rounds.map(describePoint).join(' '),
        frame,
        drawing: html`${axes}<line
                class="equal"
                x1="${x.at(0).toFixed(1)}"
                y1="${y.at(0).toFixed(1)}"
                x2="${x.at(equal).toFixed(1)}"
                y2="${y.at(equal).toFixed(1)}"
            />${lines}<g
                ><title>The thesis: ${formatRate(thesis.tps)} TPS.</title
                >${markOf(thesisSeries, x.at(thesis.tps), y.at(thesis.tps))}</g
            >`,
        key: renderKey([...series, thesisSeries], [html`dashed: as many done as sent · hollow: saturated`]),
        caption: html`${describeBackend(report.backend).short}. Failures are not counted as done. The time runs from the
        first send to the last finish, so the tail of a short round pulls the rate down: 500 transactions at 200 TPS
        take 2.5 s to send, and half a second for the last of them to finish makes 167 of it.`,
    });
}

function describePoint(round: RoundRecord): string {
    const { topology, operation, sendRateTps, successTps, succeeded, planned } = round;
    return `${topology}, ${operation}: ${sendRateTps.toFixed(1)} TPS sent, ${successTps.toFixed(1)} done, ${succeeded} of ${planned} succeeded.`;
}
