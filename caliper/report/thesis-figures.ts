import type { RoundRecord } from './run-record';

/** What the thesis measured; it knows neither of the acts. */
export type ThesisOperation = Extract<RoundRecord['operation'], 'set' | 'query'>;

/**
 * What the thesis behind this project printed from its own Caliper rounds of 500 transactions. `secondsPerCall` is what
 * it calls the time of one write or query: it is 1 / TPS, the time between two of them, and no latency.
 */
export interface ThesisFigures {
    readonly operation: ThesisOperation;
    readonly tps: number;
    readonly minMs: number;
    readonly avgMs: number;
    readonly maxMs: number;
    readonly secondsPerCall: number;
    readonly calledThere: string;
}

export const thesisFigures: Readonly<Record<ThesisOperation, ThesisFigures>> = {
    set: {
        operation: 'set',
        tps: 4,
        minMs: 640,
        avgMs: 1700,
        maxMs: 3150,
        secondsPerCall: 0.25,
        calledThere: '0.25 s a write',
    },
    query: {
        operation: 'query',
        tps: 65.1,
        minMs: 30,
        avgMs: 70,
        maxMs: 220,
        secondsPerCall: 0.015,
        calledThere: '0.015 s a query',
    },
};
