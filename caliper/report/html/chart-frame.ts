import type { Markup, MarkupPart } from './markup';
import { html } from './markup';
import type { Scale } from './scale';

export interface Frame {
    readonly width: number;
    readonly height: number;
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
}

export const standardFrame: Frame = { width: 720, height: 340, left: 74, right: 18, top: 18, bottom: 46 };

interface Axes {
    readonly x: Scale;
    readonly y: Scale;
    readonly xLabel: string;
    readonly yLabel: string;
    readonly xTick: (value: number) => string;
    readonly yTick: (value: number) => string;
}

/** The plot's grid, ticks and axis titles; marks are drawn over it. */
export function renderAxes(frame: Frame, axes: Axes): Markup {
    const { width, height, left, right, top, bottom } = frame;
    const base = height - bottom;
    const horizontal = axes.y.ticks.map((tick) => {
        const y = axes.y.at(tick).toFixed(1);
        return html`<line class="grid" x1="${left}" x2="${width - right}" y1="${y}" y2="${y}" /><text
                class="tick end"
                x="${left - 8}"
                y="${y}"
                dy="0.32em"
                >${axes.yTick(tick)}</text
            >`;
    });
    const vertical = axes.x.ticks.map((tick) => {
        const x = axes.x.at(tick).toFixed(1);
        return html`<line class="grid faint" x1="${x}" x2="${x}" y1="${top}" y2="${base}" /><text
                class="tick middle"
                x="${x}"
                y="${base + 18}"
                >${axes.xTick(tick)}</text
            >`;
    });
    const middleX = (left + width - right) / 2;
    const middleY = (top + base) / 2;
    return html`<g
        >${horizontal}${vertical}<line class="axis" x1="${left}" x2="${width - right}" y1="${base}" y2="${base}" /><text
            class="axis-title middle"
            x="${middleX}"
            y="${height - 6}"
            >${axes.xLabel}</text
        ><text class="axis-title middle" transform="translate(14 ${middleY}) rotate(-90)">${axes.yLabel}</text></g
    >`;
}

/** A chart with its title for screen readers, its key and its caption. */
export function renderFigure(figure: {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly frame: Frame;
    readonly drawing: MarkupPart;
    readonly key: MarkupPart;
    readonly caption: MarkupPart;
}): Markup {
    const { id, frame } = figure;
    return html`<figure>
        <h3 id="${id}-heading">${figure.title}</h3>
        <svg viewBox="0 0 ${frame.width} ${frame.height}" role="img" aria-labelledby="${id}-title ${id}-description">
            <title id="${id}-title">${figure.title}</title>
            <desc id="${id}-description">${figure.description}</desc>
            ${figure.drawing}
        </svg>
        ${figure.key}
        <figcaption>${figure.caption}</figcaption>
    </figure> `;
}
