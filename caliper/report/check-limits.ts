import { checkDrills } from './check-drills';
import { formatSeconds } from './format-figures';
import type { Requirement } from './requirements';
import { requirements } from './requirements';
import type { Phases, RecordedTopology, RoundRecord, RunRecord, Verdict, WorstTransaction } from './run-record';
import { phaseNames } from './run-record';

/**
 * Judges every limit on every topology: on the rounds of its act at the topology's rate for it, the worst act of them
 * counting. A saturated round is not judged. An act that was lost, or whose end the main station never heard of, misses
 * the limit whatever the others did. The acts of a drill are judged after them.
 */
export function checkLimits(record: RunRecord): Verdict[] {
    const ofRounds = record.topologies.flatMap((topology) =>
        requirements.map((requirement) => judge(requirement, topology, record)),
    );
    return [...ofRounds, ...checkDrills(record)];
}

function judge(requirement: Requirement, topology: RecordedTopology, record: RunRecord): Verdict {
    const { id, basis, evidence, operation } = requirement;
    const boundMs = requirement.boundMs(record.limits);
    const rateTps = requirement.rateTps(topology);
    const rounds = record.rounds.filter((round) => round.operation === operation && round.topology === topology.name);
    const atRate = rounds.filter((round) => round.plannedTps === rateTps);
    const judged = atRate.filter((round) => !round.saturated);
    const highestRateTps = highestRateThatKeeps(requirement, boundMs, rounds);
    const common = { id, topology: topology.name, boundMs, basis, evidence, rateTps, highestRateTps };
    const worst = judged.reduce<RoundRecord | undefined>(
        (far, round) => ((round.latencyMs?.max ?? -1) > (far?.latencyMs?.max ?? -1) ? round : far),
        undefined,
    );
    const figures = worst?.latencyMs ?? undefined;
    if (worst === undefined || figures === undefined) {
        const reason = whyNotMeasured(requirement, rateTps, topology, atRate);
        return { ...common, worstMs: null, status: 'not-measured', reason };
    }
    const worstMs = figures.max;
    const act = worst.worst ?? undefined;
    const where = { round: worst.label, ...(act && { worst: act }) };
    if (worstMs > boundMs) {
        return { ...common, ...where, worstMs, status: 'missed', reason: whyMissed(worstMs, boundMs, act) };
    }
    const incomplete = judged.find((round) => requirement.missingOf(round) > 0);
    if (incomplete) {
        const reason =
            `${requirement.missingOf(incomplete)} of ${incomplete.planned} acts of round ${incomplete.label} never ` +
            'came to their end, which no limit allows; the others kept it.';
        return { ...common, ...where, worstMs, status: 'missed', reason };
    }
    return { ...common, ...where, worstMs, status: 'met' };
}

function highestRateThatKeeps(
    requirement: Requirement,
    boundMs: number,
    rounds: readonly RoundRecord[],
): number | null {
    const keeping = rounds.filter((round) => {
        const worstMs = round.latencyMs?.max;
        return !round.saturated && requirement.missingOf(round) === 0 && worstMs !== undefined && worstMs <= boundMs;
    });
    return keeping.length === 0 ? null : Math.max(...keeping.map((round) => round.plannedTps));
}

function whyNotMeasured(
    { operation }: Requirement,
    rateTps: number,
    { leftOut = [] }: RecordedTopology,
    atRate: readonly RoundRecord[],
): string {
    if (atRate.length === 0) {
        const why = leftOut.find(({ label }) => label.endsWith(`-${operation}-${rateTps}`))?.why;
        return `No ${operation} round ran at ${rateTps} a second, the rate at which it is judged${why === undefined ? '.' : `: ${why}`}`;
    }
    if (atRate.every((round) => round.saturated)) {
        return `The load did not reach 95 % of ${rateTps} a second: the machine or the medium is too narrow.`;
    }
    return atRate.find((round) => round.problem !== undefined)?.problem ?? 'No act of the round gave a figure.';
}

function whyMissed(worstMs: number, boundMs: number, act: WorstTransaction | undefined): string {
    const beyond = `${formatSeconds(worstMs)}, ${formatSeconds(worstMs - boundMs)} beyond the limit`;
    if (act === undefined) return `${beyond}; the act is not known.`;
    const terminal = act.terminalId === undefined ? '' : ` of ${act.terminalId}`;
    const medium = act.medium === undefined ? '' : ` over ${act.medium}`;
    const spent = act.phases === undefined ? 'where its time went is not known' : describePhases(act);
    return `${beyond}: transaction ${act.transactionId}${terminal}${medium}; ${spent}.`;
}

/** What is done in each phase. */
export const phaseWords: Readonly<Record<keyof Phases, string>> = {
    sendMs: 'until the report was sent',
    endorseMs: 'endorsing',
    orderMs: 'handing over to the orderer',
    commitMs: 'waiting for block and commit event',
    hearMs: 'until the main station heard the committed event',
    selectMs: 'selecting',
    answerMs: "until the terminal's answer",
    operateMs: 'operating',
    outcomeMs: 'until the new position',
};

/** Where an act's time went, in words; what the phases leave open is told as such. */
export function describePhases({ phases, latencyMs }: WorstTransaction): string {
    if (phases === undefined) return '';
    const parts = phaseNames.flatMap((phase) => {
        const spent = phases[phase];
        return spent === undefined ? [] : [{ spent, text: `${formatSeconds(spent)} ${phaseWords[phase]}` }];
    });
    const rest = latencyMs - parts.reduce((sum, part) => sum + part.spent, 0);
    return [...parts.map((part) => part.text), ...(rest >= 1 ? [`${formatSeconds(rest)} elsewhere`] : [])].join(', ');
}
