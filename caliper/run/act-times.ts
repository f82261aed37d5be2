import type { TransactionRecord } from '../connector/transaction-record';
import type { Phases } from '../report/run-record';
import type { Operation } from '../rounds/operations';
import type { Hearing } from './hear-displacements';

/** How long something took as a whole, and in which parts; a part that was not seen is left out. */
export interface ActTimes {
    readonly latencyMs: number;
    readonly phases: Phases;
}

/**
 * What a transaction's own record tells of its time. A set or query, and a remote control, run from the first message
 * that was sent until the outcome was known there. A displacement runs from the terminal's stamp until the main station
 * has received its event, and has no time where that never came.
 */
export function actTimes(
    operation: Operation,
    transaction: TransactionRecord,
    hearing: Hearing | undefined,
): ActTimes | undefined {
    const { createdMs, finishedMs, endorsedMs, orderedMs } = transaction;
    switch (operation) {
        case 'set':
        case 'query': {
            const points = { endorseMs: endorsedMs, orderMs: orderedMs, commitMs: finishedMs };
            return { latencyMs: finishedMs - createdMs, phases: phasesBetween(createdMs, points, endorsedMs) };
        }
        case 'displacement': {
            if (hearing === undefined) return undefined;
            const stampedMs = hearing.receivedMs - hearing.afterMs;
            const points = { sendMs: createdMs, endorseMs: endorsedMs, orderMs: orderedMs, hearMs: hearing.receivedMs };
            return { latencyMs: Math.max(0, hearing.afterMs), phases: phasesBetween(stampedMs, points, endorsedMs) };
        }
        case 'control': {
            const { selectedMs, answeredMs, operatedMs } = transaction;
            const points = {
                selectMs: selectedMs,
                answerMs: answeredMs,
                operateMs: operatedMs,
                outcomeMs: finishedMs,
            };
            return { latencyMs: finishedMs - createdMs, phases: phasesBetween(createdMs, points, selectedMs) };
        }
    }
}

/**
 * The times between points that follow each other, none of them after the last: over a slow medium the terminal hears
 * the orderer's yes when the main station has long heard the event. None where the first was not told, as with Caliper's
 * own connector.
 */
function phasesBetween(beganMs: number, points: Points, first: number | undefined): Phases {
    if (first === undefined) return {};
    const told = (Object.entries(points) as [keyof Phases, number | undefined][]).flatMap(([phase, atMs]) =>
        atMs === undefined ? [] : [{ phase, atMs }],
    );
    const endMs = told.at(-1)?.atMs ?? beganMs;
    let lastMs = beganMs;
    const phases: Partial<Record<keyof Phases, number>> = {};
    for (const { phase, atMs } of told) {
        // Clocks of two processes of one machine may differ by less than a millisecond.
        const reachedMs = Math.max(lastMs, Math.min(atMs, endMs));
        phases[phase] = reachedMs - lastMs;
        lastMs = reachedMs;
    }
    return phases;
}

type Points = Readonly<Partial<Record<keyof Phases, number | undefined>>>;
