import {
    acquisitionCalls,
    acquisitionContract,
    type RoundName,
} from '../../../chaincode/src/acquisition/acquisition-api';
import type { Quality } from '../../../chaincode/src/measurement/measurement-api';
import {
    form,
    jsonOnly,
    needed,
    numberOf,
    pageOf,
    pageOptions,
    timeOf,
    type CallForm,
    type CallOptions,
} from '../call-form';

const task = { task: "the task's id" };
const round = { ...task, tick: 'ISO 8601 or ms since 1970' };
const signer = 'sign as the terminal, with --as';

/** The calls of acquisition that can be made by hand, by their transactions' names. */
export const acquisitionForms: Readonly<Record<string, CallForm>> = {
    DefineTask: jsonOnly(
        acquisitionContract,
        'dispatcher',
        'taskId, type, unit, toleranceMs, timeScaleMs, drive, terminals and concentrators',
    ),
    EndTask: form(acquisitionContract, 'dispatcher', {
        options: task,
        build: (options) => acquisitionCalls.endTask(needed(options, 'task')),
    }),
    OpenRound: form(acquisitionContract, 'dispatcher', {
        options: round,
        build: (options) => acquisitionCalls.openRound(roundOf(options)),
    }),
    Seal: form(acquisitionContract, 'dispatcher', {
        options: round,
        build: (options) => acquisitionCalls.seal(roundOf(options)),
    }),
    TriggerRound: form(acquisitionContract, 'terminal', {
        options: { ...task, 'value?': 'what crossed the limit; none for a trip', 'time?': `of the event; ${signer}` },
        build: (options, { nowMs }) =>
            acquisitionCalls.triggerRound({
                taskId: needed(options, 'task'),
                timeMs: timeOrNow(options, nowMs),
                ...(options['value'] !== undefined && { value: numberOf(options, 'value') }),
            }),
    }),
    ReportForTask: form(acquisitionContract, 'terminal', {
        options: {
            ...round,
            value: 'a number',
            'quality?': 'valid, estimated, substituted, invalid; valid',
            'time?': `of the value; now; ${signer}`,
        },
        build: (options, { nowMs }) =>
            acquisitionCalls.reportForTask({
                ...roundOf(options),
                timeMs: timeOrNow(options, nowMs),
                value: numberOf(options, 'value'),
                quality: (options['quality'] ?? 'valid') as Quality,
            }),
    }),
    ReportBatchForTask: jsonOnly(acquisitionContract, 'terminal', 'taskId, tickMs, concentratorId and readings'),
    QueryTask: form(acquisitionContract, 'reader', {
        options: task,
        build: (options) => acquisitionCalls.queryTask(needed(options, 'task')),
    }),
    ListTasks: form(acquisitionContract, 'reader', {
        options: pageOptions,
        build: (options) => acquisitionCalls.listTasks(pageOf(options)),
    }),
    QueryRound: form(acquisitionContract, 'reader', {
        options: round,
        build: (options) => acquisitionCalls.queryRound(roundOf(options)),
    }),
    ListOpenRounds: form(acquisitionContract, 'reader', {
        options: { ...task, ...pageOptions },
        build: (options) => acquisitionCalls.listOpenRounds({ taskId: needed(options, 'task'), ...pageOf(options) }),
    }),
    QueryDataBlock: form(acquisitionContract, 'reader', {
        options: round,
        build: (options) => acquisitionCalls.queryDataBlock(roundOf(options)),
    }),
    QueryProof: form(acquisitionContract, 'reader', {
        options: { ...round, terminal: 'whose element' },
        build: (options) =>
            acquisitionCalls.queryProof({ ...roundOf(options), terminalId: needed(options, 'terminal') }),
    }),
};

function roundOf(options: CallOptions): RoundName {
    return { taskId: needed(options, 'task'), tickMs: timeOf(needed(options, 'tick'), 'tick') };
}

function timeOrNow(options: CallOptions, nowMs: number): number {
    return options['time'] === undefined ? Math.floor(nowMs) : timeOf(options['time']);
}
