import type { RegistrationFault, TerminalRecord } from '../registration/registration-api';
import { judgeServing } from '../registration/registration-rules';
import { currentConcentrators } from '../registration/terminal-repository';
import type { JudgedReading, MeasurementFault } from './measurement-api';
import { readingUnits, type ClaimedReading, type ReadingInput, type ReadingType } from './reading-api';

type ReadingFault = MeasurementFault | RegistrationFault;

/** Looks type and unit up in the table of units. */
export function decideTypeAndUnit(claimed: ClaimedReading): ReadingInput | MeasurementFault {
    const type = findType(claimed);
    return typeof type === 'string' ? { ...claimed, type } : type;
}

/** The type, when it is known and its values may carry the unit. */
export function findType({ type, unit }: Pick<ClaimedReading, 'type' | 'unit'>): ReadingType | MeasurementFault {
    if (!isReadingType(type)) {
        return { code: 'READING_TYPE_UNKNOWN', type };
    }
    const units: readonly string[] = readingUnits[type];
    return units.includes(unit) ? type : { code: 'READING_UNIT_UNKNOWN', type, unit };
}

/** The reading with whether it came late, by `judgeTime`. */
export function decideTime(
    reading: ReadingInput,
    nowMs: number,
    clockToleranceMs: number,
): JudgedReading | MeasurementFault {
    const late = judgeTime(reading, nowMs, clockToleranceMs);
    const { quality, terminalId, timeMs, type, unit, value } = reading;
    return typeof late === 'boolean' ? { late, quality, terminalId, timeMs, type, unit, value } : late;
}

/**
 * Compares the reading's time with the proposal's: ahead by more than the tolerance is refused. Behind by more is
 * valid, the terminal was cut off; it is marked late and never passes for fresh.
 */
export function judgeTime(
    { terminalId, timeMs }: Pick<ReadingInput, 'terminalId' | 'timeMs'>,
    nowMs: number,
    clockToleranceMs: number,
): boolean | MeasurementFault {
    const aheadMs = timeMs - nowMs;
    return aheadMs > clockToleranceMs
        ? { code: 'READING_FROM_FUTURE', terminalId, aheadMs, clockToleranceMs }
        : -aheadMs > clockToleranceMs;
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

function isReadingType(type: string): type is ReadingType {
    return Object.hasOwn(readingUnits, type);
}
