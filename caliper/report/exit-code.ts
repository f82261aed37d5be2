import { requirements } from './requirements';
import type { RunReport, Verdict } from './run-record';

/** 0: all kept. 1: something was lost or did not run. 2: bad input (decided before a run). 3: a limit is missed. */
export const exitCodes = { kept: 0, lost: 1, badInput: 2, limitMissed: 3 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/**
 * The exit code of a run, whatever Caliper's own was. A lost transaction weighs more than a missed limit. A limit that
 * was to be judged and could not be, since its rounds were saturated, counts as a round that did not run. So does a drill
 * that did not come to its end.
 */
export function exitCodeOf(report: RunReport): ExitCode {
    const lost = report.rounds.some(
        (round) => round.failed > 0 || round.succeeded < round.planned || round.problem !== undefined,
    );
    const { drills = [] } = report;
    const cutShort = drills.some(({ problem }) => problem !== undefined);
    const isEmpty = report.rounds.length === 0 && drills.length === 0;
    if (lost || cutShort || isEmpty) return exitCodes.lost;
    if (report.verdicts.some((verdict) => verdict.status === 'missed')) return exitCodes.limitMissed;
    const undecided = report.verdicts.some(
        (verdict) => verdict.status === 'not-measured' && wasToBeJudged(report, verdict),
    );
    return undecided ? exitCodes.lost : exitCodes.kept;
}

function wasToBeJudged(report: RunReport, { id, topology, rateTps }: Verdict): boolean {
    const operation = requirements.find((requirement) => requirement.id === id)?.operation;
    return report.rounds.some(
        (round) => round.operation === operation && round.topology === topology && round.plannedTps === rateTps,
    );
}
