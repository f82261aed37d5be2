import type { RunReport } from '../run-record';
import type { Markup } from './markup';
import { html } from './markup';

/** One line or set of marks of a chart: a topology, or the thesis. Shape and colour both tell them apart. */
export interface Series {
    readonly name: string;
    readonly title: string;
    /** Index of the colour and the shape; see report-style.ts. */
    readonly slot: number;
}

export const thesisSeries: Series = { name: 'thesis', title: 'the thesis', slot: 9 };

/** The topologies of a run in their order, each with a colour and a shape of its own. */
export function seriesOf(report: RunReport): Series[] {
    return report.topologies.map(({ name }, index) => ({ name, title: name, slot: index % 4 }));
}

/** The mark of a series at a point: circle, square, diamond, triangle; hollow for what is shown but not judged. */
export function markOf(series: Series, x: number, y: number, hollow = false): Markup {
    const style = `mark s${series.slot}${hollow ? ' hollow' : ''}`;
    const [px, py] = [x.toFixed(1), y.toFixed(1)];
    switch (series.slot) {
        case 0:
            return html`<circle class="${style}" cx="${px}" cy="${py}" r="4.5" />`;
        case 1:
            return html`<rect
                class="${style}"
                x="${(x - 4).toFixed(1)}"
                y="${(y - 4).toFixed(1)}"
                width="8"
                height="8"
            />`;
        case 2:
            return html`<path class="${style}" d="M${px} ${(y - 5.5).toFixed(1)}l5.5 5.5-5.5 5.5-5.5-5.5z" />`;
        case 3:
            return html`<path class="${style}" d="M${px} ${(y - 5).toFixed(1)}l5 9h-10z" />`;
        default:
            return html`<path class="${style}" d="M${(x - 4.5).toFixed(1)} ${(y - 4.5).toFixed(1)}l9 9m0-9l-9 9" />`;
    }
}

/** The key below a chart. */
export function renderKey(series: readonly Series[], notes: readonly Markup[] = []): Markup {
    const entries = series.map(
        (entry) =>
            html`<li>
                <svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">${markOf(entry, 8, 8)}</svg> ${entry.title}
            </li>`,
    );
    return html`<ul class="key">
        ${entries}${notes.map((note) => html`<li>${note}</li>`)}
    </ul>`;
}
