import type { RegistrationFault, TerminalRecord } from '../registration/registration-api';
import { judgeServing } from '../registration/registration-rules';
import type { RosterEntry } from '../registration/roster-repository';
import { currentConcentrators } from '../registration/terminal-repository';
import {
    readingUnits,
    type JudgedReading,
    type MeasurementFault,
    type ReadingInput,
    type ReadingType,
} from './measurement-api';

type ReadingFault = MeasurementFault | RegistrationFault;

/** A reading whose type and unit have not been looked up yet. */
export type ClaimedReading = Omit<ReadingInput, 'type'> & { readonly type: string };

export interface ClaimedBatch {
    readonly concentratorId: string;
    readonly readings: readonly ClaimedReading[];
}

/** Looks type and unit up in the table. */
export function decideTypeAndUnit(claimed: ClaimedReading): ReadingInput | MeasurementFault {
    const { type, unit } = claimed;
    if (!isReadingType(type)) {
        return { code: 'READING_TYPE_UNKNOWN', type };
    }
    const units: readonly string[] = readingUnits[type];
    return units.includes(unit) ? { ...claimed, type } : { code: 'READING_UNIT_UNKNOWN', type, unit };
}

/**
 * Compares the reading's time with the proposal's: ahead by more than the tolerance is refused. Behind by more is
 * valid, the terminal was cut off; it is marked late and never passes for fresh.
 */
export function decideTime(
    reading: ReadingInput,
    nowMs: number,
    clockToleranceMs: number,
): JudgedReading | MeasurementFault {
    const aheadMs = reading.timeMs - nowMs;
    if (aheadMs > clockToleranceMs) {
        return { code: 'READING_FROM_FUTURE', terminalId: reading.terminalId, aheadMs, clockToleranceMs };
    }
    const late = -aheadMs > clockToleranceMs;
    const { quality, terminalId, timeMs, type, unit, value } = reading;
    return { late, quality, terminalId, timeMs, type, unit, value };
}

/** Tells why `reporter`, itself in service, may not report for another terminal. */
export function judgeReportFor(
    terminal: TerminalRecord | undefined,
    terminalId: string,
    reporter: Pick<TerminalRecord, 'terminalId' | 'mspId'>,
): ReadingFault | undefined {
    if (terminal === undefined) {
        return { code: 'TERMINAL_UNKNOWN', terminalId };
    }
    if (terminal.mspId !== reporter.mspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: terminal.mspId, callerMspId: reporter.mspId };
    }
    if (!currentConcentrators(terminal).includes(reporter.terminalId)) {
        return { code: 'NOT_ITS_CONCENTRATOR', terminalId, reporter: reporter.terminalId };
    }
    return judgeServing(terminal);
}

/**
 * One reading of a batch, judged by the roster instead of the terminal's record. A terminal that is not on the roster,
 * an unknown one among them, is not this concentrator's.
 */
export function decideBatchReading(
    claimed: ClaimedReading,
    entry: RosterEntry | undefined,
    reporter: Pick<TerminalRecord, 'terminalId' | 'mspId'>,
    nowMs: number,
): JudgedReading | ReadingFault {
    const { terminalId } = claimed;
    if (entry === undefined) {
        return { code: 'NOT_ITS_CONCENTRATOR', terminalId, reporter: reporter.terminalId };
    }
    if (entry.mspId !== reporter.mspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: entry.mspId, callerMspId: reporter.mspId };
    }
    const fault = judgeServing({ terminalId, state: entry.state });
    if (fault !== undefined) {
        return fault;
    }
    const reading = decideTypeAndUnit(claimed);
    return 'code' in reading ? reading : decideTime(reading, nowMs, entry.clockToleranceMs);
}

function isReadingType(type: string): type is ReadingType {
    return Object.hasOwn(readingUnits, type);
}
