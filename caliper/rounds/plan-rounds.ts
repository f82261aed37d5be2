import type { Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import { shareTerminals } from '../terminals/share-terminals';
import type { BandwidthSum, MediumShare } from './bandwidth-budget';
import { sumBandwidth } from './bandwidth-budget';

export const suites = ['default', 'full', 'thesis'] as const;
export type Suite = (typeof suites)[number];
export type Operation = 'set' | 'query';
const operations: readonly Operation[] = ['set', 'query'];

/** Send rates of each suite, transactions a second. The thesis's own: 4 for a write, 65.1 for a query. */
export const suiteRates: Readonly<Record<Suite, Readonly<Record<Operation, readonly number[]>>>> = {
    default: { set: [20, 50, 100, 200], query: [50, 100, 200, 400] },
    full: { set: [10, 20, 25, 50, 100, 200], query: [10, 25, 50, 100, 200, 400] },
    thesis: { set: [4], query: [65] },
};

/** What a verdict falls back to where the medium is too narrow for the rate of the limits. */
const lowerRates = [25, 20, 10, 5, 4, 2, 1];

export interface PlannedRound {
    /** Unique in a record, e.g. `wired-set-50`, `wireless-4g-query-100`. */
    readonly label: string;
    readonly operation: Operation;
    readonly tps: number;
    readonly transactions: number;
}

/** One start of Caliper: the same workers through all its rounds. */
export interface CaliperRun {
    /** `mixed`: all media of the topology at once; else the one medium. */
    readonly medium: string;
    /** Medium of each worker. */
    readonly workers: readonly string[];
    readonly rounds: readonly PlannedRound[];
}

export interface RoundPlan {
    readonly runs: readonly CaliperRun[];
    /** Rates of the suite that a medium is too narrow for, each with its sum. */
    readonly leftOut: readonly { readonly label: string; readonly why: string }[];
    /** The rate of the limits, or the highest below it that every medium carries. */
    readonly verdictRateTps: number;
}

export interface PlanRequest {
    readonly network: Network;
    readonly suite: Suite;
    /** Rates asked for by hand, in place of the suite's; one that does not fit is refused, not left out. */
    readonly rates?: readonly number[] | undefined;
    readonly transactions: number;
}

/**
 * Which rounds run, in which starts of Caliper. Throws CaliperError `TRANSACTIONS_NOT_DIVISIBLE` (Caliper would quietly
 * send fewer) and, for rates asked for by hand, `ROUND_EXCEEDS_MEDIUM`.
 */
export function planRounds(request: PlanRequest): RoundPlan {
    const { network, suite } = request;
    const mixed = planRun(request, 'mixed', [...network.workers.map(({ medium }) => medium)]);
    const alone = suite === 'full' ? mediaOf(network).map((medium) => planRun(request, medium, [medium])) : [];
    const planned = [mixed, ...alone];
    return {
        runs: planned.map(({ run }) => run).filter(({ rounds }) => rounds.length > 0),
        leftOut: planned.flatMap(({ leftOut }) => leftOut),
        verdictRateTps: verdictRate(network),
    };
}

const mediaOf = (network: Network): string[] => [...new Set(network.workers.map(({ medium }) => medium))];

function planRun(
    request: PlanRequest,
    medium: string,
    workers: readonly string[],
): { run: CaliperRun; leftOut: { label: string; why: string }[] } {
    const { network, suite, rates, transactions } = request;
    if (transactions % workers.length !== 0) {
        const topology = network.name;
        throw new CaliperError({ code: 'TRANSACTIONS_NOT_DIVISIBLE', transactions, workers: workers.length, topology });
    }
    const prefix = medium === 'mixed' ? network.name : `${network.name}-${medium}`;
    const rounds: PlannedRound[] = [];
    const leftOut: { label: string; why: string }[] = [];
    for (const operation of operations) {
        for (const tps of ratesOf(network, operation, suite, rates)) {
            const label = `${prefix}-${operation}-${tps}`;
            const tooNarrow = sumsOf(network, workers, operation, tps).find(({ fits }) => !fits);
            if (tooNarrow === undefined) rounds.push({ label, operation, tps, transactions });
            else if (rates === undefined) leftOut.push({ label, why: `${tooNarrow.medium}: ${tooNarrow.text}` });
            else {
                const { medium: narrow, text: sum } = tooNarrow;
                throw new CaliperError({ code: 'ROUND_EXCEEDS_MEDIUM', round: label, medium: narrow, sum });
            }
        }
    }
    return { run: { medium, workers, rounds }, leftOut };
}

/** The default suite holds the verdict's rate, also where that had to be lowered. */
function ratesOf(
    network: Network,
    operation: Operation,
    suite: Suite,
    asked: readonly number[] | undefined,
): readonly number[] {
    if (asked !== undefined) return asked;
    const rates = suiteRates[suite][operation];
    if (operation === 'query' || suite === 'thesis') return rates;
    return [...new Set([...rates, verdictRate(network)])].sort((a, b) => a - b);
}

function verdictRate(network: Network): number {
    const limit = network.limits.verdictRateTps;
    const candidates = [limit, ...lowerRates.filter((rate) => rate < limit)];
    const workers = network.workers.map(({ medium }) => medium);
    return candidates.find((tps) => sumsOf(network, workers, 'set', tps).every(({ fits }) => fits)) ?? limit;
}

/** What a rate asks of each medium that the workers speak for. */
export function sumsOf(
    network: Network,
    workers: readonly string[],
    operation: Operation,
    tps: number,
): readonly BandwidthSum[] {
    const shares = shareTerminals({ ...network, workers: workers.map((medium) => ({ medium })) });
    return network.media
        .filter(({ name }) => workers.includes(name))
        .map((medium): MediumShare => ({
            medium,
            workers: workers.filter((name) => name === medium.name).length,
            totalWorkers: workers.length,
            gateways: shares.reduce((sum, one) => sum + (one.medium === medium.name ? one.gateways.length : 0), 0),
        }))
        .map((share) => sumBandwidth({ operation, tps }, share, network.channel.blockCutting));
}
