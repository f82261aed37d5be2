import { atReading } from '../faults/at-reading';
import type { FaultEntries } from '../faults/fault-entry';
import type { AcquisitionFault } from './acquisition-api';

/** What the faults of acquisition mean, and what to do. */
export const acquisitionCatalogue: FaultEntries<AcquisitionFault['code']> = {
    TASK_UNKNOWN: {
        meaning: 'No acquisition task of this id was defined.',
        action: 'Read the tasks with ListTasks.',
        says: (f) => `There is no task ${f.taskId}.`,
    },
    TASK_EXISTS: {
        meaning: 'A task of this id was defined before; a task does not change.',
        action: 'End it, and define its successor under a new id.',
        says: (f) => `The task ${f.taskId} exists.`,
    },
    TASK_ENDED: {
        meaning: 'The task was ended, so no round of it is opened any more.',
        action: 'Define its successor under a new id.',
        says: (f) => `The task ${f.taskId} has ended.`,
    },
    TASK_DRIVEN_OTHERWISE: {
        meaning:
            'A dispatcher opens the rounds of a time-driven task, a terminal’s event those of an event-driven one.',
        action: 'Call OpenRound for drive time, TriggerRound for the others.',
        says: (f) => `The rounds of ${f.taskId} are opened otherwise: its drive is ${f.drive}.`,
    },
    NOT_IN_TASK: {
        meaning: 'The terminal or concentrator does not report for this task, or not in this way.',
        action: 'Read with QueryTask who reports for itself and who through which concentrator.',
        says: (f) => `${f.terminalId} does not report so for the task ${f.taskId}${atReading(f.readingIndex)}.`,
    },
    NOT_A_TICK: {
        meaning: 'The time is not one of the task’s ticks.',
        action: 'Use startMs and a whole number of timeScaleMs more.',
        says: (f) => `${f.tickMs} is no tick of ${f.taskId}: they are ${f.startMs} and every ${f.timeScaleMs} ms more.`,
    },
    TICK_TOO_EARLY: {
        meaning: 'A round is opened at most one δ before its tick.',
        action: 'Open it later, or compare the clocks.',
        says: (f) => `The tick ${f.tickMs} of ${f.taskId} is ${f.aheadMs} ms ahead.`,
    },
    TICK_PASSED: {
        meaning: 'Tick + Δt is over: a round opened now could take no reading in time.',
        action: 'Open the next one; to open in time, begin earlier.',
        says: (f) => `The tick ${f.tickMs} of ${f.taskId} with its tolerance passed ${f.passedMs} ms ago.`,
    },
    EVENT_FROM_FUTURE: {
        meaning: 'The event’s time lies after the proposal’s timestamp by more than clocks may differ.',
        action: 'Compare the clocks of the terminal and of the client that sends for it.',
        says: (f) => `The event for ${f.taskId} is ${f.aheadMs} ms ahead of its transaction.`,
    },
    TRIGGER_NOT_MET: {
        meaning: 'What the terminal reported is not the event that opens a round of this task.',
        action: 'Send the value that crossed the limit, or no value for a protection trip.',
        says: (f) => `The value ${f.value ?? '(none)'} does not open a round of ${f.taskId}.`,
    },
    ROUND_EXISTS: {
        meaning: 'The round of this tick was opened before.',
        action: 'Go on as if it had been opened by this call.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} exists.`,
    },
    ROUND_UNKNOWN: {
        meaning: 'No round of this tick was opened.',
        action: 'Let a dispatcher open it, or read the open ones with ListOpenRounds.',
        says: (f) => `There is no round ${f.tickMs} of ${f.taskId}.`,
    },
    ROUND_NOT_DUE: {
        meaning: 'A round is sealed after tick + Δt.',
        action: 'Seal it later, or compare the clocks.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} is due in ${f.remainingMs} ms.`,
    },
    ROUND_SEALED: {
        meaning: 'The round is sealed, which is final.',
        action: 'Send the reading as an ordinary Set; the data block names it missing.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} is sealed.`,
    },
    ROUND_NOT_SEALED: {
        meaning: 'The round has no data block yet.',
        action: 'Ask again when it is sealed; QueryRound tells its state.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} is not sealed yet.`,
    },
    READING_OFF_TICK: {
        meaning: 'The value was measured further from the tick than the task’s Δt.',
        action: 'Report it for the tick it was measured at, or as an ordinary Set.',
        says: (f) =>
            `The reading of ${f.terminalId} is ${f.offMs} ms off the tick ${f.tickMs} of ${f.taskId}, tolerated are ` +
            `${f.toleranceMs} ms${atReading(f.readingIndex)}.`,
    },
    NOT_IN_BLOCK: {
        meaning: 'The data block of this round has no element of this terminal.',
        action: 'Its header tells whether the terminal was missing; QueryTask tells who reports.',
        says: (f) => `The data block of the round ${f.tickMs} of ${f.taskId} has no element of ${f.terminalId}.`,
    },
};
