/** Milliseconds as people read them: below 100 ms in ms, above in seconds with two decimals. */
export function formatSeconds(ms: number): string {
    if (ms === 0) return '0';
    if (ms < 99.5) return `${ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0)} ms`;
    const seconds = ms / 1000;
    return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(2)} s`;
}

/** Milliseconds as a bare number for a table's column: all of a column in one unit. */
export function formatMilliseconds(ms: number): string {
    return ms < 9.95 ? ms.toFixed(1) : ms.toFixed(0);
}

/** A rate in transactions a second, as the report writes it. */
export function formatRate(tps: number): string {
    return Number.isInteger(tps) ? String(tps) : tps.toFixed(1);
}

/** A share of a whole, 0..1, in per cent. */
export function formatShare(share: number): string {
    const percent = share * 100;
    return `${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} %`;
}

/** Bytes in thousands, without the unit. */
export function formatKilobytes(bytes: number): string {
    return (bytes / 1000).toFixed(1);
}
