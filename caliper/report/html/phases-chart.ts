import { phaseWords } from '../check-limits';
import { describeBackend } from '../describe-backend';
import { formatSeconds } from '../format-figures';
import type { Phases, RoundRecord, RunReport } from '../run-record';
import { phaseNames } from '../run-record';
import type { Frame } from './chart-frame';
import { renderAxes, renderFigure } from './chart-frame';
import type { Markup } from './markup';
import { html } from './markup';
import type { Scale } from './scale';
import { linearScaleFromZero } from './scale';

const rowHeight = 30;

interface Row {
    readonly name: string;
    readonly phases: Phases;
}

const totalOf = ({ phases }: Row): number => phaseNames.reduce((sum, phase) => sum + (phases[phase] ?? 0), 0);

/** Where the time of an act goes on each medium, on average: its phases one after the other. */
export function renderPhasesChart(report: RunReport, operation: 'displacement' | 'control'): Markup | undefined {
    const rows = report.rounds.filter((round) => round.operation === operation).flatMap(rowsOf);
    if (rows.length === 0) return undefined;
    const frame: Frame = { width: 720, height: rows.length * rowHeight + 66, left: 190, right: 26, top: 8, bottom: 46 };
    const x = linearScaleFromZero(Math.max(...rows.map(totalOf)), { from: frame.left, to: frame.width - frame.right });
    const none: Scale = { at: () => frame.height - frame.bottom, ticks: [] };
    const used = phaseNames.filter((phase) => rows.some(({ phases }) => phases[phase] !== undefined));
    const axes = renderAxes(frame, { x, y: none, xLabel: 'time', yLabel: '', xTick: formatSeconds, yTick: String });
    return renderFigure({
        id: `phases-${operation}`,
        title: operation === 'control' ? 'Where a remote control’s time goes' : 'Where a displacement’s time goes',
        description: rows.map(describeRow).join(' '),
        frame,
        drawing: html`${axes}${rows.map((row, index) => renderRow(row, frame.top + index * rowHeight, x, used))}`,
        key: renderPhaseKey(used),
        caption: html`${describeBackend(report.backend).short}. Averages of the acts on each medium.`,
    });
}

function rowsOf({ topology, byMedium = [] }: RoundRecord): Row[] {
    return byMedium.flatMap(({ medium, averagePhases }) =>
        averagePhases === undefined ? [] : [{ name: `${topology}, ${medium}`, phases: averagePhases }],
    );
}

function renderRow({ name, phases }: Row, top: number, x: Scale, used: readonly (keyof Phases)[]): Markup {
    let fromMs = 0;
    const parts = used.map((phase, slot) => {
        const spentMs = phases[phase] ?? 0;
        const [from, to] = [x.at(fromMs), x.at(fromMs + spentMs)];
        fromMs += spentMs;
        return html`<g
            ><title>${phaseWords[phase]}: ${formatSeconds(spentMs)}</title
            ><rect
                class="phase s${slot}"
                x="${from.toFixed(1)}"
                y="${top + 6}"
                width="${(to - from).toFixed(1)}"
                height="${rowHeight - 12}"
        /></g> `;
    });
    const middle = top + rowHeight / 2;
    return html`<text class="row-label end" x="${x.at(0) - 10}" y="${middle}" dy="0.32em">${name}</text>${parts}`;
}

function renderPhaseKey(used: readonly (keyof Phases)[]): Markup {
    const entries = used.map(
        (phase, slot) =>
            html`<li>
                <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">
                    <rect class="phase s${slot}" x="1" y="3" width="14" height="10" />
                </svg>
                ${phaseWords[phase]}
            </li>`,
    );
    return html`<ul class="key">
        ${entries}
    </ul>`;
}

function describeRow({ name, phases }: Row): string {
    const parts = phaseNames.flatMap((phase) => {
        const spent = phases[phase];
        return spent === undefined ? [] : [`${formatSeconds(spent)} ${phaseWords[phase]}`];
    });
    return `${name}: ${parts.join(', ')}.`;
}
