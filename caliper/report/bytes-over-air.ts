import { formatKilobytes } from './format-figures';
import type { RoundRecord, RunReport } from './run-record';

/** What one transaction sent over its medium, TLS and all, in the rounds of one operation; least and most. */
export interface BytesOverAir {
    readonly topology: string;
    readonly medium: string;
    readonly operation: RoundRecord['operation'];
    readonly up: Range;
    /** With what the medium's gateways heard of other terminals' commits meanwhile. */
    readonly down: Range;
}

interface Range {
    readonly least: number;
    readonly most: number;
}

/** By topology, operation and medium, in the order of the rounds; nothing where no relay stood between. */
export function sumUpBytes({ rounds }: Pick<RunReport, 'rounds'>): BytesOverAir[] {
    const found = new Map<string, BytesOverAir>();
    for (const { topology, operation, bytes = [] } of rounds) {
        for (const { medium, upPerTransaction, downPerTransaction } of bytes) {
            const key = [topology, operation, medium].join('/');
            const { up, down } = found.get(key) ?? {};
            found.set(key, {
                topology,
                medium,
                operation,
                up: widened(up, upPerTransaction),
                down: widened(down, downPerTransaction),
            });
        }
    }
    return [...found.values()];
}

function widened(range: Range | undefined, value: number): Range {
    return range
        ? { least: Math.min(range.least, value), most: Math.max(range.most, value) }
        : { least: value, most: value };
}

/** e.g. `7.6 kB`, `3.1 to 4.0 kB`; 1 kB is 1000 bytes, as networks count. */
export function formatRange({ least, most }: Range): string {
    const [low, high] = [formatKilobytes(least), formatKilobytes(most)];
    return low === high ? `${low} kB` : `${low} to ${high} kB`;
}
