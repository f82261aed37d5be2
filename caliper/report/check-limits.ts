import { formatSeconds } from './format-figures';
import type { Requirement } from './requirements';
import { requirements } from './requirements';
import type { Phases, RecordedTopology, RoundRecord, RunRecord, Verdict, WorstTransaction } from './run-record';

/**
 * Judges every limit on every topology: on the set rounds at the topology's verdict rate, the worst of them counting.
 * A saturated round is not judged. A set that was lost, or whose event never came, misses the limit whatever the others did.
 */
export function checkLimits(record: RunRecord): Verdict[] {
    return record.topologies.flatMap((topology) =>
        requirements.map((requirement) => judge(requirement, topology, record)),
    );
}

function judge(requirement: Requirement, topology: RecordedTopology, record: RunRecord): Verdict {
    const boundMs = requirement.boundMs(record.limits);
    const sets = record.rounds.filter((round) => round.operation === 'set' && round.topology === topology.name);
    const atVerdictRate = sets.filter((round) => round.plannedTps === topology.verdictRateTps);
    const judged = atVerdictRate
        .filter((round) => !round.saturated)
        .map((round) => ({ round, figure: requirement.worstOf(round), missing: requirement.missingOf(round) }));
    const common = {
        id: requirement.id,
        topology: topology.name,
        boundMs,
        basis: requirement.basis,
        evidence: requirement.evidence,
        highestRateTps: highestRateThatKeeps(requirement, boundMs, sets),
    };
    const measured = judged.filter((entry) => entry.figure !== undefined);
    const worst = measured.reduce<(typeof measured)[number] | undefined>(
        (far, entry) => ((entry.figure?.worstMs ?? 0) > (far?.figure?.worstMs ?? -1) ? entry : far),
        undefined,
    );
    if (worst?.figure === undefined) {
        return { ...common, worstMs: null, status: 'not-measured', reason: whyNotMeasured(topology, atVerdictRate) };
    }
    const { worstMs, worst: transaction } = worst.figure;
    const where = { round: worst.round.label, ...(transaction && { worst: transaction }) };
    const incomplete = judged.find((entry) => entry.missing > 0);
    if (worstMs > boundMs) {
        return { ...common, ...where, worstMs, status: 'missed', reason: whyMissed(worstMs, boundMs, transaction) };
    }
    if (incomplete) {
        const reason =
            `${incomplete.missing} of ${incomplete.round.planned} transactions of round ${incomplete.round.label} ` +
            'never arrived, which no limit allows; the others kept it.';
        return { ...common, ...where, worstMs, status: 'missed', reason };
    }
    return { ...common, ...where, worstMs, status: 'met' };
}

function highestRateThatKeeps(requirement: Requirement, boundMs: number, sets: readonly RoundRecord[]): number | null {
    const keeping = sets.filter((round) => {
        const worstMs = requirement.worstOf(round)?.worstMs;
        return !round.saturated && requirement.missingOf(round) === 0 && worstMs !== undefined && worstMs <= boundMs;
    });
    return keeping.length === 0 ? null : Math.max(...keeping.map((round) => round.plannedTps));
}

function whyNotMeasured(topology: RecordedTopology, atVerdictRate: readonly RoundRecord[]): string {
    if (atVerdictRate.length === 0) {
        return `No set round ran at ${topology.verdictRateTps} TPS, the rate at which this topology is judged.`;
    }
    if (atVerdictRate.every((round) => round.saturated)) {
        return `The load did not reach 95 % of ${topology.verdictRateTps} TPS: the machine or the medium is too narrow.`;
    }
    const problem = atVerdictRate.find((round) => round.problem !== undefined)?.problem;
    return problem ?? 'No transaction of the round gave a figure.';
}

function whyMissed(worstMs: number, boundMs: number, transaction: WorstTransaction | undefined): string {
    const beyond = `${formatSeconds(worstMs)}, ${formatSeconds(worstMs - boundMs)} beyond the limit`;
    if (transaction === undefined) return `${beyond}; the transaction is not known.`;
    const terminal = transaction.terminalId === undefined ? '' : ` of ${transaction.terminalId}`;
    const medium = transaction.medium === undefined ? '' : ` over ${transaction.medium}`;
    const single = transaction.latencyMs === worstMs ? '' : ` from one Set of ${formatSeconds(transaction.latencyMs)}`;
    const spent = transaction.phases === undefined ? 'where its time went is not known' : describePhases(transaction);
    return `${beyond}${single}: transaction ${transaction.transactionId}${terminal}${medium}; ${spent}.`;
}

const phaseNames: readonly (readonly [keyof Phases, string])[] = [
    ['endorseMs', 'endorsing'],
    ['orderMs', 'handing over to the orderer'],
    ['commitMs', 'waiting for block and commit event'],
];

/** Where a transaction's time went, in words; what the phases leave open is told as such. */
export function describePhases(transaction: WorstTransaction): string {
    const { phases, latencyMs } = transaction;
    if (phases === undefined) return '';
    const parts = phaseNames.flatMap(([key, name]) => {
        const spent = phases[key];
        return spent === undefined ? [] : [{ spent, text: `${formatSeconds(spent)} ${name}` }];
    });
    const rest = latencyMs - parts.reduce((sum, part) => sum + part.spent, 0);
    return [...parts.map((part) => part.text), ...(rest >= 1 ? [`${formatSeconds(rest)} elsewhere`] : [])].join(', ');
}
