import type { LatencySummary, RoundRecord, RunRecord, Verdict, WorstTransaction } from './run-record';

/** One limit the report decides: what it asks, how a round answers it, and what the answer stands on. */
export interface Requirement {
    readonly id: Verdict['id'];
    readonly title: string;
    readonly sentence: string;
    readonly source: string;
    readonly evidence: Verdict['evidence'];
    readonly basis: string;
    boundMs(limits: RunRecord['limits']): number;
    /** The figure a set round gives for this limit, or undefined when the round did not measure it. */
    worstOf(round: RoundRecord): { readonly worstMs: number; readonly worst?: WorstTransaction } | undefined;
    /** Sets that should have given a figure and gave none: they count against the limit. */
    missingOf(round: RoundRecord): number;
}

/** Select-before-operate: select, confirm, execute and report stand one after the other, each waiting for its commit. */
export const commitsInOneRemoteControl = 4;

const source = "State Grid's requirements on distribution automation, as this project's brief gives them";

function lostSets(round: RoundRecord): number {
    return Math.max(0, round.planned - round.succeeded);
}

function worstDisplacement(round: RoundRecord): ReturnType<Requirement['worstOf']> {
    if (round.displacement === undefined) return undefined;
    const { worstMs, worstTransactionId: transactionId, terminalId, medium, phases } = round.displacement;
    if (worstMs === null) return undefined;
    if (transactionId === null) return { worstMs };
    const where = { ...(terminalId !== undefined && { terminalId }), ...(medium !== undefined && { medium }) };
    return { worstMs, worst: { transactionId, latencyMs: worstMs, ...where, ...(phases && { phases }) } };
}

function worstRemoteControl(round: RoundRecord): ReturnType<Requirement['worstOf']> {
    const latency: LatencySummary | null = round.latencyMs;
    if (latency === null) return undefined;
    const worstMs = commitsInOneRemoteControl * latency.max;
    return round.worst === null ? { worstMs } : { worstMs, worst: round.worst };
}

export const requirements: readonly Requirement[] = [
    {
        id: 'switch-displacement',
        title: 'Switch displacement',
        sentence: "A switch's change of position reaches the main station in time",
        source,
        evidence: 'measured',
        basis: "from the terminal's send of a Set to the dispatch centre's own receipt of its event, worst of the round",
        boundMs: (limits) => limits.displacementMs,
        worstOf: worstDisplacement,
        missingOf: (round) => Math.max(lostSets(round), round.planned - (round.displacement?.receivedEvents ?? 0)),
    },
    {
        id: 'remote-control',
        title: 'Remote control',
        sentence: 'A remote control act is carried out in time',
        source,
        evidence: 'estimated',
        basis: 'four times the worst single Set of the round: select-before-operate is four commits in a row',
        boundMs: (limits) => limits.remoteControlMs,
        worstOf: worstRemoteControl,
        missingOf: lostSets,
    },
];
