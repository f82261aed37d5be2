import {
    acquisitionCalls,
    type MemberValue,
    type RoundName,
    type TaskInput,
    type TaskValue,
} from '../../../chaincode/src/acquisition/acquisition-api';
import { aTask, taskStartMs } from './a-task';
import type { Simulation } from './stub-ledger';
import { TestGrid } from './test-grid';
import { newTestIdentity, type TestIdentity } from './test-identity';

/** A grid with a dispatcher, two terminals that report for themselves, and a concentrator with two more. */
export class AcquisitionGrid {
    readonly grid: TestGrid;
    readonly dispatcher: TestIdentity;
    readonly terminals = new Map<string, TestIdentity>();

    private constructor(grid: TestGrid, dispatcher: TestIdentity) {
        this.grid = grid;
        this.dispatcher = dispatcher;
    }

    static async start(): Promise<AcquisitionGrid> {
        const dispatcher = await newTestIdentity({ name: 'dispatcher', attributes: { role: 'dispatcher' } });
        const started = new AcquisitionGrid(await TestGrid.start(), dispatcher);
        for (const terminalId of ['TTU-1', 'TTU-2', 'DTU-1']) await started.register(terminalId);
        for (const terminalId of ['TTU-3', 'TTU-4']) await started.register(terminalId, ['DTU-1']);
        return started;
    }

    async register(terminalId: string, concentrators: readonly string[] = []): Promise<void> {
        this.terminals.set(terminalId, await this.grid.register(terminalId, { concentrators }));
    }

    as(terminalId: string): TestIdentity {
        return this.terminals.get(terminalId) ?? this.grid.reader;
    }

    /** Two terminals by themselves, two through the concentrator. */
    static task(given: Partial<TaskInput> = {}): TaskInput {
        const concentrators = [{ concentratorId: 'DTU-1', terminals: ['TTU-3', 'TTU-4'] }];
        return aTask({ terminals: ['TTU-2', 'TTU-1'], concentrators, ...given });
    }

    define(given: Partial<TaskInput> = {}, by = this.dispatcher): Promise<Simulation> {
        return this.grid.ledger.submit(acquisitionCalls.defineTask(AcquisitionGrid.task(given)), by);
    }

    open(name: RoundName = firstRound, by = this.dispatcher): Promise<Simulation> {
        return this.grid.ledger.submit(acquisitionCalls.openRound(name), by);
    }

    seal(name: RoundName = firstRound, by = this.dispatcher): Promise<Simulation> {
        return this.grid.ledger.submit(acquisitionCalls.seal(name), by);
    }

    report(terminalId: string, given: Partial<TaskValue & RoundName> = {}): Promise<Simulation> {
        const call = acquisitionCalls.reportForTask({ ...firstRound, ...aValue(), ...given });
        return this.grid.ledger.submit(call, this.as(terminalId));
    }

    reportBatch(readings: readonly MemberValue[], name: RoundName = firstRound, by = 'DTU-1'): Promise<Simulation> {
        const call = acquisitionCalls.reportBatchForTask({ ...name, concentratorId: 'DTU-1', readings });
        return this.grid.ledger.submit(call, this.as(by));
    }

    /** Moves the clock of all clients. */
    advance(ms: number): void {
        this.grid.ledger.nowMs += ms;
    }
}

export const firstRound: RoundName = { taskId: 'voltages', tickMs: taskStartMs };

export function aValue(given: Partial<TaskValue> = {}): TaskValue {
    return { timeMs: taskStartMs, value: 10.1, quality: 'valid', ...given };
}

export function ofMember(terminalId: string, given: Partial<TaskValue> = {}): MemberValue {
    return { terminalId, ...aValue(given) };
}
