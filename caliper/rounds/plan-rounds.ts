import type { Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import { shareTerminals } from '../terminals/share-terminals';
import type { BandwidthSum, MediumShare } from './bandwidth-budget';
import { sumBandwidth } from './bandwidth-budget';
import type { ConnectorKind, Operation } from './operations';
import { checkSwitches, controlsByMedium, controlSums } from './plan-control';

export const suites = ['default', 'full', 'thesis', 'drill'] as const;
export type Suite = (typeof suites)[number];
type Transaction = Extract<Operation, 'set' | 'query'>;

/** Send rates of each suite, transactions a second. The thesis's own: 4 for a write, 65.1 for a query. */
export const suiteRates: Readonly<Record<Suite, Readonly<Record<Transaction, readonly number[]>>>> = {
    default: { set: [20, 50, 100, 200], query: [50, 100, 200, 400] },
    full: { set: [10, 20, 25, 50, 100, 200], query: [10, 25, 50, 100, 200, 400] },
    thesis: { set: [4], query: [65] },
    drill: { set: [], query: [] },
};

/** What the rate of an act falls back to where a medium is too narrow for that of its limit. */
const lowerRates = [25, 20, 10, 5, 4, 2, 1];

export interface PlannedRound {
    /** Unique in a record, e.g. `wired-set-50`, `wireless-4g-query-100`. */
    readonly label: string;
    readonly operation: Operation;
    readonly tps: number;
    readonly transactions: number;
    /** Of `transactions`, those of each medium's terminals. */
    readonly byMedium: ReadonlyMap<string, number>;
}

/** One start of Caliper: the same workers through all its rounds. */
export interface CaliperRun {
    /** Of its folder. */
    readonly name: string;
    /** `mixed`: all media of the topology at once; else the one medium. */
    readonly medium: string;
    /**
     * Whom the workers play. Terminals: each worker speaks for one medium. The main station: one worker, which stands in
     * the dispatch centre and on no medium; the terminals then are processes of their own, one for each medium.
     */
    readonly party: 'terminals' | 'main-station';
    /** Media of the workers that play terminals; none for the main station's. */
    readonly workers: readonly string[];
    readonly rounds: readonly PlannedRound[];
}

/** How many workers Caliper starts. */
export const workerCount = ({ party, workers }: CaliperRun): number => (party === 'terminals' ? workers.length : 1);

/** Media between the run's terminals and the nodes. */
export const mediaOfRun = ({ rounds }: CaliperRun): string[] => [
    ...new Set(rounds.flatMap(({ byMedium }) => [...byMedium.keys()])),
];

/** Acts a second in the rounds that limits are judged on. */
export interface ActRates {
    readonly displacement: number;
    readonly control: number;
}

export interface RoundPlan {
    readonly runs: readonly CaliperRun[];
    /** Rates of the suite that a medium is too narrow for, each with its sum, and acts that cannot be run. */
    readonly leftOut: readonly LeftOut[];
    /** Those of the limits, or the highest below them that every medium carries. */
    readonly actRates: ActRates;
}

export interface LeftOut {
    readonly label: string;
    readonly why: string;
}

export interface PlanRequest {
    readonly network: Network;
    readonly suite: Suite;
    readonly connector: ConnectorKind;
    /** Rates of set and query asked for by hand, in place of the suite's; one that does not fit is refused, not left out. */
    readonly rates?: readonly number[] | undefined;
    readonly transactions: number;
}

interface PlannedRun {
    readonly run: CaliperRun;
    readonly leftOut: readonly LeftOut[];
}

/**
 * Which rounds run, in which starts of Caliper. Throws CaliperError `TRANSACTIONS_NOT_DIVISIBLE` (Caliper would quietly
 * send fewer), `TOO_FEW_SWITCHES` and, for rates asked for by hand, `ROUND_EXCEEDS_MEDIUM`.
 */
export function planRounds(request: PlanRequest): RoundPlan {
    const { network, suite, connector } = request;
    const all = network.workers.map(({ medium }) => medium);
    const actRates = actRatesOf(network);
    if (suite === 'drill') return { runs: [], leftOut: actsLeftOut(request, actRates), actRates };
    const actsRun = hasActs(suite) && connector === 'grid';
    const planned = [
        planTerminals(request, 'mixed', all, actRates),
        ...(actsRun ? [planMainStation(request, actRates)] : []),
        ...(suite === 'full'
            ? [...new Set(all)].map((medium) => planTerminals(request, medium, [medium], actRates))
            : []),
    ];
    return {
        runs: planned.map(({ run }) => run).filter(({ rounds }) => rounds.length > 0),
        leftOut: [
            ...(actsRun ? loweredActs(network, actRates) : actsLeftOut(request, actRates)),
            ...planned.flatMap(({ leftOut }) => leftOut),
        ],
        actRates,
    };
}

const stockWhy = "Caliper's own connector sends single transactions and plays no main station.";
const drillWhy = 'the drill was run alone.';
const thesisWhy = 'the thesis measured single transactions only.';

function actsLeftOut({ network, suite, connector }: PlanRequest, { displacement, control }: ActRates): LeftOut[] {
    const why = connector === 'stock' ? stockWhy : suite === 'drill' ? drillWhy : thesisWhy;
    const labels = [`displacement-${displacement}`, `control-${control}`];
    return labels.map((label) => ({ label: `${network.name}-${label}`, why }));
}

function planTerminals(
    request: PlanRequest,
    medium: string,
    workers: readonly string[],
    actRates: ActRates,
): PlannedRun {
    const { network, rates, transactions } = request;
    if (transactions % workers.length !== 0) {
        const topology = network.name;
        throw new CaliperError({ code: 'TRANSACTIONS_NOT_DIVISIBLE', transactions, workers: workers.length, topology });
    }
    const prefix = medium === 'mixed' ? network.name : `${network.name}-${medium}`;
    const byMedium = transactionsByMedium(workers, transactions);
    const rounds: PlannedRound[] = [];
    const leftOut: LeftOut[] = [];
    for (const { operation, tps } of loadsOf(request, actRates)) {
        const label = `${prefix}-${operation}-${tps}`;
        const tooNarrow = sumsOf(network, workers, operation, tps).find(({ fits }) => !fits);
        if (tooNarrow === undefined) rounds.push({ label, operation, tps, transactions, byMedium });
        else if (rates === undefined || operation === 'displacement') {
            leftOut.push({ label, why: `${tooNarrow.medium}: ${tooNarrow.text}` });
        } else {
            const { medium: narrow, text: sum } = tooNarrow;
            throw new CaliperError({ code: 'ROUND_EXCEEDS_MEDIUM', round: label, medium: narrow, sum });
        }
    }
    return { run: { name: medium, medium, party: 'terminals', workers, rounds }, leftOut };
}

/** Displacements come first: while they run, the main station listens to full blocks, which would burden other rounds. */
function loadsOf(
    { suite, connector, rates }: PlanRequest,
    { displacement }: ActRates,
): { readonly operation: Operation; readonly tps: number }[] {
    return [
        ...(hasActs(suite) && connector === 'grid' ? [{ operation: 'displacement' as const, tps: displacement }] : []),
        ...(['set', 'query'] as const).flatMap((operation) =>
            (rates ?? suiteRates[suite][operation]).map((tps) => ({ operation, tps })),
        ),
    ];
}

/** The thesis knows neither act. */
const hasActs = (suite: Suite): boolean => suite !== 'thesis';

function planMainStation({ network, transactions }: PlanRequest, { control: tps }: ActRates): PlannedRun {
    const run = { name: 'control', medium: 'mixed', party: 'main-station', workers: [] } as const;
    const label = `${network.name}-control-${tps}`;
    const tooNarrow = controlSums(network, tps).find(({ fits }) => !fits);
    if (tooNarrow !== undefined) {
        return { run: { ...run, rounds: [] }, leftOut: [{ label, why: `${tooNarrow.medium}: ${tooNarrow.text}` }] };
    }
    checkSwitches(network, tps);
    const byMedium = controlsByMedium(network, transactions);
    return { run: { ...run, rounds: [{ label, operation: 'control', tps, transactions, byMedium }] }, leftOut: [] };
}

function transactionsByMedium(workers: readonly string[], transactions: number): ReadonlyMap<string, number> {
    const each = transactions / workers.length;
    const media = [...new Set(workers)];
    return new Map(media.map((medium) => [medium, each * workers.filter((name) => name === medium).length]));
}

type ActSums = Readonly<Record<keyof ActRates, (tps: number) => readonly BandwidthSum[]>>;

function actSumsOf(network: Network): ActSums {
    const workers = network.workers.map(({ medium }) => medium);
    return {
        displacement: (tps) => sumsOf(network, workers, 'displacement', tps),
        control: (tps) => controlSums(network, tps),
    };
}

const limitRatesOf = ({ limits }: Network): ActRates => ({
    displacement: limits.displacementRateTps,
    control: limits.remoteControlRateTps,
});

function actRatesOf(network: Network): ActRates {
    const sums = actSumsOf(network);
    const limits = limitRatesOf(network);
    const highest = (act: keyof ActRates): number => {
        const candidates = [limits[act], ...lowerRates.filter((rate) => rate < limits[act])];
        return candidates.find((tps) => sums[act](tps).every(({ fits }) => fits)) ?? limits[act];
    };
    return { displacement: highest('displacement'), control: highest('control') };
}

/** The acts' own rates where they had to be lowered, each with the sum that says why. */
function loweredActs(network: Network, actRates: ActRates): LeftOut[] {
    const sums = actSumsOf(network);
    const limits = limitRatesOf(network);
    return (['displacement', 'control'] as const)
        .filter((act) => actRates[act] < limits[act])
        .flatMap((act) => {
            const tooNarrow = sums[act](limits[act]).find(({ fits }) => !fits);
            const label = `${network.name}-${act}-${limits[act]}`;
            return tooNarrow === undefined ? [] : [{ label, why: `${tooNarrow.medium}: ${tooNarrow.text}` }];
        });
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
            part: workers.filter((name) => name === medium.name).length / workers.length,
            gateways: shares.reduce((sum, one) => sum + (one.medium === medium.name ? one.gateways.length : 0), 0),
        }))
        .map((share) => sumBandwidth({ operation, tps }, share, network.channel.blockCutting));
}
