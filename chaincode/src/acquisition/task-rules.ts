import type { ChaincodeFault } from '../faults/chaincode-fault';
import { readingUnits } from '../measurement/measurement-api';
import { judgeReportFor } from '../measurement/measurement-rules';
import type { TerminalRecord } from '../registration/registration-api';
import { judgeServing } from '../registration/registration-rules';
import type { AcquisitionFault, TaskInput, TaskRecord } from './acquisition-api';

/** Finds a registration among those that were read; undefined when there is none. */
export type TerminalOf = (terminalId: string) => TerminalRecord | undefined;

/** Every terminal and concentrator that a task names, each once. */
export function namedTerminals(task: Pick<TaskInput, 'terminals' | 'concentrators'>): string[] {
    const concentrators = task.concentrators.flatMap(({ concentratorId, terminals }) => [concentratorId, ...terminals]);
    return [...new Set([...task.terminals, ...concentrators])];
}

/** Terminals that are to report, in the order of their ids: n of them. */
export function sensorsOf(task: Pick<TaskInput, 'terminals' | 'concentrators'>): string[] {
    return [...task.terminals, ...task.concentrators.flatMap(({ terminals }) => terminals)].sort();
}

/** A new task: its id is free, everybody it names is in service, and concentrators report for who names them. */
export function decideTask(
    existing: TaskRecord | undefined,
    input: TaskInput,
    terminalOf: TerminalOf,
    act: Pick<TaskRecord, 'definedByMspId' | 'transactionId' | 'transactionTimeMs'>,
): TaskRecord | ChaincodeFault {
    const { taskId, type, unit } = input;
    if (existing !== undefined) {
        return { code: 'TASK_EXISTS', taskId };
    }
    const units: readonly string[] = readingUnits[type];
    if (!units.includes(unit)) {
        return { code: 'READING_UNIT_UNKNOWN', type, unit };
    }
    const fault = judgeMembers(input, terminalOf);
    if (fault !== undefined) {
        return fault;
    }
    const tolerances = namedTerminals(input).map((id) => terminalOf(id)?.clockToleranceMs ?? 0);
    return {
        schemaVersion: 1,
        ...input,
        sensorNumber: sensorsOf(input).length,
        clockToleranceMs: Math.max(...tolerances),
        state: 'active',
        ...act,
        endedMs: null,
    };
}

/** The task, or why it cannot be worked with. */
export function decideActive(task: TaskRecord | undefined, taskId: string): TaskRecord | AcquisitionFault {
    if (task === undefined) {
        return { code: 'TASK_UNKNOWN', taskId };
    }
    return task.state === 'ended' ? { code: 'TASK_ENDED', taskId } : task;
}

function judgeMembers(input: TaskInput, terminalOf: TerminalOf): ChaincodeFault | undefined {
    const faults = [
        ...input.terminals.map((terminalId) => judgeReporter(terminalOf(terminalId), terminalId)),
        ...input.concentrators.flatMap(({ concentratorId, terminals }) => {
            const concentrator = terminalOf(concentratorId);
            return [
                judgeReporter(concentrator, concentratorId),
                ...terminals.map((id) => concentrator && judgeReportFor(terminalOf(id), id, concentrator)),
            ];
        }),
    ];
    return faults.find((fault) => fault !== undefined);
}

function judgeReporter(terminal: TerminalRecord | undefined, terminalId: string): ChaincodeFault | undefined {
    return terminal === undefined ? { code: 'TERMINAL_UNKNOWN', terminalId } : judgeServing(terminal);
}
