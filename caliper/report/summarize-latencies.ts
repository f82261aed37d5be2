import { ReportError } from './report-errors';
import type { LatencySummary } from './run-record';

/**
 * The value at a percentile by nearest rank: of n sorted values the one at position ceil(percent / 100 · n), counted
 * from one. It is always a latency that some transaction really had; nothing is interpolated, so the p99 of fewer than
 * 100 transactions is their worst.
 */
export function nearestRank(sorted: readonly number[], percent: number): number {
    const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
    const value = sorted[rank - 1];
    if (value === undefined) throw new ReportError({ code: 'NOTHING_TO_SUMMARIZE' });
    return value;
}

/** Latencies in ms, in any order → their summary in ms; null for none. The average is rounded to a microsecond. */
export function summarizeLatencies(latenciesMs: readonly number[]): LatencySummary | null {
    if (latenciesMs.length === 0) return null;
    const sorted = [...latenciesMs].sort((a, b) => a - b);
    const sum = sorted.reduce((total, latency) => total + latency, 0);
    return {
        min: nearestRank(sorted, 0),
        avg: Math.round((sum / sorted.length) * 1000) / 1000,
        p50: nearestRank(sorted, 50),
        p95: nearestRank(sorted, 95),
        p99: nearestRank(sorted, 99),
        max: nearestRank(sorted, 100),
    };
}
