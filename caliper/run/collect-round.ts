import { lostCodes } from '../connector/failure-code';
import type { TransactionRecord } from '../connector/transaction-record';
import { isSaturated } from '../report/saturation';
import type { Phases, RoundRecord } from '../report/run-record';
import { summarizeLatencies } from '../report/summarize-latencies';
import type { PlannedRound } from '../rounds/plan-rounds';
import type { CaliperFigures } from './caliper-output';

/** Bytes that crossed the links while a round ran, by medium. */
export type RoundTraffic = ReadonlyMap<string, { readonly bytesUp: number; readonly bytesDown: number }>;

export interface RoundEvidence {
    readonly round: PlannedRound;
    readonly topology: string;
    /** `mixed`, or the one medium. */
    readonly medium: string;
    /** Medium of each worker: every one sends the same part. */
    readonly workers: readonly string[];
    readonly transactions: readonly TransactionRecord[];
    /** Undefined when Caliper told none: then the round did not run to its end. */
    readonly caliper: CaliperFigures | undefined;
    /** When the dispatch centre received the event of a transaction, ms since 1970. */
    readonly receipts: ReadonlyMap<string, number>;
    /** Whether the ledger holds what the client lost sight of. */
    readonly inLedger: ReadonlyMap<string, boolean | 'unknown'>;
    readonly traffic: RoundTraffic;
    /** What went wrong with the round as a whole. */
    readonly problem?: string | undefined;
}

/** All that is known of a round, as its record. Nothing is judged here, and nothing is taken from Caliper's exit status. */
export function collectRound(evidence: RoundEvidence): RoundRecord {
    const { round, topology, medium, workers, transactions, caliper } = evidence;
    const ok = transactions.filter(({ status }) => status === 'ok');
    const failed = transactions.filter(({ status }) => status === 'failed');
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
        latencyMs: summarizeLatencies(ok.map(latencyOf)),
        caliper: { ...caliper },
        errors: countCodes(failed),
        lost: lostOf(failed, evidence),
        ...(round.operation === 'set' && { displacement: displacementOf(ok, evidence) }),
        worst: worstOf(ok, evidence),
        bytes: bytesOf([...new Set(workers)], evidence),
        ...(problem !== undefined && { problem }),
    };
}

const latencyOf = (transaction: TransactionRecord): number => transaction.finishedMs - transaction.createdMs;

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

function splitByMedium({ round, workers, transactions }: RoundEvidence): NonNullable<RoundRecord['byMedium']> {
    return [...new Set(workers)].map((medium) => {
        const own = transactions.filter((transaction) => transaction.medium === medium);
        const ok = own.filter(({ status }) => status === 'ok');
        return {
            medium,
            planned: (round.transactions / workers.length) * workers.filter((name) => name === medium).length,
            succeeded: ok.length,
            failed: own.length - ok.length,
            latencyMs: summarizeLatencies(ok.map(latencyOf)),
        };
    });
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

function phasesOf(transaction: TransactionRecord, { receipts }: RoundEvidence): Phases | undefined {
    const { createdMs, endorsedMs, orderedMs, finishedMs, transactionId } = transaction;
    if (endorsedMs === undefined) return undefined;
    const receivedMs = receipts.get(transactionId);
    return {
        endorseMs: endorsedMs - createdMs,
        ...(orderedMs !== undefined && { orderMs: orderedMs - endorsedMs, commitMs: finishedMs - orderedMs }),
        ...(receivedMs !== undefined && { receivedMs: Math.max(0, receivedMs - createdMs) }),
    };
}

function largest<Item>(items: readonly Item[], size: (item: Item) => number): Item | undefined {
    return items.reduce<Item | undefined>(
        (far, item) => (far === undefined || size(item) > size(far) ? item : far),
        undefined,
    );
}

function worstOf(ok: readonly TransactionRecord[], evidence: RoundEvidence): RoundRecord['worst'] {
    const worst = largest(ok, latencyOf);
    if (worst === undefined) return null;
    const { transactionId, terminalId, medium } = worst;
    const phases = phasesOf(worst, evidence);
    return {
        transactionId,
        latencyMs: latencyOf(worst),
        ...(terminalId !== undefined && { terminalId }),
        medium,
        ...(phases && { phases }),
    };
}

/** From a terminal's send to the dispatch centre's own receipt, of what was committed. */
function displacementOf(
    ok: readonly TransactionRecord[],
    evidence: RoundEvidence,
): NonNullable<RoundRecord['displacement']> {
    const { receipts } = evidence;
    const displaced = ({ transactionId, createdMs }: TransactionRecord): number =>
        Math.max(0, (receipts.get(transactionId) ?? createdMs) - createdMs);
    const received = ok.filter(({ transactionId }) => receipts.has(transactionId));
    const worst = largest(received, displaced);
    if (worst === undefined) return { receivedEvents: 0, worstMs: null, worstTransactionId: null };
    const phases = phasesOf(worst, evidence);
    return {
        receivedEvents: received.length,
        worstMs: displaced(worst),
        worstTransactionId: worst.transactionId,
        ...(phases && { phases }),
    };
}

function bytesOf(media: readonly string[], { traffic, transactions }: RoundEvidence): RoundRecord['bytes'] {
    return media.flatMap((medium) => {
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
