import { lostCodes } from '../connector/failure-code';
import type { TransactionRecord } from '../connector/transaction-record';
import type { Phases, RoundRecord } from '../report/run-record';
import { phaseNames } from '../report/run-record';
import { isSaturated } from '../report/saturation';
import { summarizeLatencies } from '../report/summarize-latencies';
import type { PlannedRound } from '../rounds/plan-rounds';
import type { ActTimes } from './act-times';
import { actTimes } from './act-times';
import type { CaliperFigures } from './caliper-output';
import type { Hearing } from './hear-displacements';

/** Bytes that crossed the links while a round ran, by medium. */
export type RoundTraffic = ReadonlyMap<string, { readonly bytesUp: number; readonly bytesDown: number }>;

export interface RoundEvidence {
    readonly round: PlannedRound;
    readonly topology: string;
    /** `mixed`, or the one medium. */
    readonly medium: string;
    readonly transactions: readonly TransactionRecord[];
    /** Undefined when Caliper told none: then the round did not run to its end. */
    readonly caliper: CaliperFigures | undefined;
    /** How the main station heard of displacements, by transaction id. */
    readonly heard: ReadonlyMap<string, Hearing>;
    /** Whether the ledger holds what the client lost sight of. */
    readonly inLedger: ReadonlyMap<string, boolean | 'unknown'>;
    readonly traffic: RoundTraffic;
    /** What went wrong with the round as a whole. */
    readonly problem?: string | undefined;
}

/** A success with its time; a displacement that was never heard has none. */
interface TimedTransaction extends ActTimes {
    readonly transaction: TransactionRecord;
}

/** All that is known of a round, as its record. Nothing is judged here, and nothing is taken from Caliper's exit status. */
export function collectRound(evidence: RoundEvidence): RoundRecord {
    const { round, topology, medium, transactions, caliper } = evidence;
    const ok = transactions.filter(({ status }) => status === 'ok');
    const failed = transactions.filter(({ status }) => status === 'failed');
    const timed = timesOf(ok, evidence);
    const firstMs = Math.min(...transactions.map(({ createdMs }) => createdMs));
    const lastMs = Math.max(...transactions.map(({ createdMs }) => createdMs));
    const doneMs = Math.max(...ok.map(({ finishedMs }) => finishedMs));
    const sendRateTps = rate(transactions.length - 1, lastMs - firstMs);
    const problem = evidence.problem ?? whatIsMissing(evidence);
    return {
        label: round.label,
        operation: round.operation,
        topology,
        medium,
        ...(medium === 'mixed' && { byMedium: splitByMedium(evidence) }),
        plannedTps: round.tps,
        planned: round.transactions,
        succeeded: ok.length,
        failed: failed.length,
        sendRateTps,
        successTps: rate(ok.length, doneMs - firstMs),
        saturated: isSaturated(round.tps, sendRateTps),
        latencyMs: summarizeLatencies(timed.map(({ latencyMs }) => latencyMs)),
        caliper: { ...caliper },
        errors: countCodes(failed),
        lost: lostOf(failed, evidence),
        ...(round.operation === 'displacement' && { heard: timed.length }),
        worst: worstOf(timed),
        bytes: bytesOf(evidence),
        ...(problem !== undefined && { problem }),
    };
}

function timesOf(ok: readonly TransactionRecord[], { round, heard }: RoundEvidence): TimedTransaction[] {
    return ok.flatMap((transaction) => {
        const times = actTimes(round.operation, transaction, heard.get(transaction.transactionId));
        return times === undefined ? [] : [{ transaction, ...times }];
    });
}

/** A second, to a hundredth; 0 where there is nothing to divide. */
function rate(count: number, spanMs: number): number {
    if (count <= 0 || !Number.isFinite(spanMs) || spanMs <= 0) return 0;
    return Math.round((count / spanMs) * 100_000) / 100;
}

function whatIsMissing({ round, transactions, caliper }: RoundEvidence): string | undefined {
    if (caliper === undefined) return 'Caliper gave no figures: the round did not run to its end.';
    const counted = Number(caliper['Succ']) + Number(caliper['Fail']);
    if (counted !== round.transactions) {
        return `Caliper counted ${counted} transactions where ${round.transactions} were planned.`;
    }
    if (transactions.length !== round.transactions) {
        return `${transactions.length} of ${round.transactions} transactions were recorded.`;
    }
    const succeeded = transactions.filter(({ status }) => status === 'ok').length;
    return succeeded === caliper['Succ']
        ? undefined
        : `Caliper counted ${String(caliper['Succ'])} successes where the records hold ${succeeded}.`;
}

function splitByMedium(evidence: RoundEvidence): NonNullable<RoundRecord['byMedium']> {
    const { round, transactions } = evidence;
    return [...round.byMedium].map(([medium, planned]) => {
        const own = transactions.filter((transaction) => transaction.medium === medium);
        const ok = own.filter(({ status }) => status === 'ok');
        const timed = timesOf(ok, evidence);
        const phases = averagePhases(timed);
        return {
            medium,
            planned,
            succeeded: ok.length,
            failed: own.length - ok.length,
            latencyMs: summarizeLatencies(timed.map(({ latencyMs }) => latencyMs)),
            ...(phases && { averagePhases: phases }),
        };
    });
}

/** Over those that told of a phase, to a tenth of a millisecond. */
function averagePhases(timed: readonly TimedTransaction[]): Phases | undefined {
    const averages: Partial<Record<keyof Phases, number>> = {};
    for (const phase of phaseNames) {
        const spent = timed.flatMap(({ phases }) => phases[phase] ?? []);
        const sum = spent.reduce((total, one) => total + one, 0);
        if (spent.length > 0) averages[phase] = Math.round((sum / spent.length) * 10) / 10;
    }
    return Object.keys(averages).length === 0 ? undefined : averages;
}

function countCodes(failed: readonly TransactionRecord[]): RoundRecord['errors'] {
    const counts = new Map<string, number>();
    for (const { code = 'NOT_TOLD' } of failed) counts.set(code, (counts.get(code) ?? 0) + 1);
    return [...counts].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
}

/** Does nobody but the ledger know what became of it? */
export function isLost({ status, code }: Pick<TransactionRecord, 'status' | 'code'>): boolean {
    return status === 'failed' && lostCodes.some((lost) => lost === code);
}

function lostOf(failed: readonly TransactionRecord[], { inLedger }: RoundEvidence): RoundRecord['lost'] {
    return failed.filter(isLost).map(({ transactionId, code = '' }) => ({
        transactionId,
        code,
        inLedger: inLedger.get(transactionId) ?? 'unknown',
    }));
}

function worstOf(timed: readonly TimedTransaction[]): RoundRecord['worst'] {
    const worst = timed.reduce<TimedTransaction | undefined>(
        (far, one) => (far === undefined || one.latencyMs > far.latencyMs ? one : far),
        undefined,
    );
    if (worst === undefined) return null;
    const { transaction, latencyMs, phases } = worst;
    const { transactionId, terminalId, medium } = transaction;
    const isTold = Object.keys(phases).length > 0;
    return {
        transactionId,
        latencyMs,
        ...(terminalId !== undefined && { terminalId }),
        medium,
        ...(isTold && { phases }),
    };
}

function bytesOf({ round, traffic, transactions }: RoundEvidence): RoundRecord['bytes'] {
    return [...round.byMedium.keys()].flatMap((medium) => {
        const bytes = traffic.get(medium);
        const count = transactions.filter((transaction) => transaction.medium === medium).length;
        if (bytes === undefined || count === 0) return [];
        const perTransaction = (total: number): number => Math.round(total / count);
        return [
            {
                medium,
                upPerTransaction: perTransaction(bytes.bytesUp),
                downPerTransaction: perTransaction(bytes.bytesDown),
            },
        ];
    });
}
