/** Maps a value to a position on an axis. */
export interface Scale {
    at(value: number): number;
    readonly ticks: readonly number[];
}

interface Range {
    readonly from: number;
    readonly to: number;
}

/** A logarithmic axis over a domain of positive values; equal factors are equally far apart. Ticks are given. */
export function logScale(domain: Range, range: Range, ticks: readonly number[]): Scale {
    const low = Math.log(domain.from);
    const span = Math.log(domain.to) - low;
    return {
        ticks: ticks.filter((tick) => tick >= domain.from && tick <= domain.to),
        at: (value) => {
            const clamped = Math.min(Math.max(value, domain.from), domain.to);
            return range.from + ((Math.log(clamped) - low) / span) * (range.to - range.from);
        },
    };
}

/** A linear axis from zero with about `tickCount` round ticks, reaching at least `highest`. */
export function linearScaleFromZero(highest: number, range: Range, tickCount = 5): Scale {
    const step = roundStep(Math.max(highest, Number.MIN_VALUE) / tickCount);
    const count = Math.max(1, Math.ceil(highest / step - 1e-9));
    const top = count * step;
    return {
        ticks: Array.from({ length: count + 1 }, (_, index) => index * step),
        at: (value) => range.from + (value / top) * (range.to - range.from),
    };
}

/** The smallest of 1, 2, 2.5, 5 or 10 times a power of ten that is not below the given step. */
export function roundStep(step: number): number {
    const power = 10 ** Math.floor(Math.log10(step));
    const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= step * (1 - 1e-9)) ?? 10;
    return factor * power;
}
