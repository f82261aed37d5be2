import type { RegistrationFault, TerminalRecord } from '../registration/registration-api';
import { judgeServing } from '../registration/registration-rules';
import type { RosterEntry } from '../registration/roster-repository';
import type { MeasurementFault } from './measurement-api';
import { findType, judgeTime } from './measurement-rules';
import type { ClaimedReading } from './reading-api';
import { itemAt, type ReadingQuantity, type ReadingTable } from './reading-table-api';

export interface ClaimedBatch {
    readonly concentratorId: string;
    readonly table: ReadingTable<string>;
    /** The readings with their names, when that is how they were sent, and signed. */
    readonly named?: readonly ClaimedReading[];
}

/** A batch without a fault, and the places of the sources whose readings came late. */
export interface JudgedBatch {
    readonly table: ReadingTable;
    readonly late: readonly number[];
}

/** What a batch's readings are judged by. */
export interface BatchJudge {
    /** The concentrator's entry of a terminal; undefined for one that does not name it, an unknown one among them. */
    readonly entryOf: (terminalId: string) => RosterEntry | undefined;
    readonly reporter: Pick<TerminalRecord, 'terminalId' | 'mspId'>;
    readonly nowMs: number;
}

type ReadingFault = MeasurementFault | RegistrationFault;

/**
 * Judges every source and every quantity once, at the first reading that names it, by the roster instead of the
 * terminals' records. The first fault counts for the whole batch, and tells its reading.
 */
export function decideBatch(table: ReadingTable<string>, judge: BatchJudge): JudgedBatch | ReadingFault {
    const quantities: ReadingQuantity[] = [];
    const late: number[] = [];
    let sources = 0;
    for (const [readingIndex, [source, quantity]] of table.readings.entries()) {
        const isNewSource = source === sources;
        const { terminalId, timeMs } = itemAt(table.sources, source);
        const entry = isNewSource ? decideEntry(terminalId, judge) : undefined;
        if (entry !== undefined && 'code' in entry) {
            return faultAt(entry, readingIndex);
        }
        if (quantity === quantities.length) {
            const claimed = itemAt(table.quantities, quantity);
            const type = findType(claimed);
            if (typeof type !== 'string') {
                return faultAt(type, readingIndex);
            }
            quantities.push({ ...claimed, type });
        }
        if (entry !== undefined) {
            const isLate = judgeTime({ terminalId, timeMs }, judge.nowMs, entry.clockToleranceMs);
            if (typeof isLate !== 'boolean') {
                return faultAt(isLate, readingIndex);
            }
            if (isLate) late.push(source);
            sources++;
        }
    }
    return { table: { ...table, quantities }, late };
}

function faultAt(fault: ReadingFault, readingIndex: number): ReadingFault {
    return { ...fault, readingIndex } as ReadingFault;
}

/** How many readings came late. */
export function countLate({ table, late }: JudgedBatch): number {
    return table.readings.filter(([source]) => late.includes(source)).length;
}

/** The roster's entry of a terminal that this concentrator may report for now. */
function decideEntry(terminalId: string, { entryOf, reporter }: BatchJudge): RosterEntry | ReadingFault {
    const entry = entryOf(terminalId);
    if (entry === undefined) {
        return { code: 'NOT_ITS_CONCENTRATOR', terminalId, reporter: reporter.terminalId };
    }
    if (entry.mspId !== reporter.mspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: entry.mspId, callerMspId: reporter.mspId };
    }
    return judgeServing({ terminalId, state: entry.state }) ?? entry;
}
