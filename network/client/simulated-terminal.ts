import {
    controlCalls,
    readControlEventName,
    type EffectiveOperation,
    type OperationName,
    type OutcomeReport,
} from '../../chaincode/src/control/control-api';
import {
    displacementCalls,
    type DisplacementInput,
    type Position,
    type TransmissionCause,
} from '../../chaincode/src/displacement/displacement-api';
import { waitUntil } from '../backends/wait-until';
import type { GatewayConnection } from './connect-gateway';
import { tryEvaluate } from './evaluate-call';
import type { EventFollower } from './follow-events';
import { followNotices, type Notice } from './follow-notices';
import { submitCall } from './submit-call';
import { submitUntilCommitted } from './submit-until-committed';

/** What a drive did: where the device stands now, and whether that is what was commanded. */
export interface Movement {
    readonly position: Position;
    readonly reached: boolean;
}

/** How the device behind a terminal behaves. */
export interface TerminalBehaviour {
    /** A reason to refuse a selection; undefined confirms it. */
    refuses?(operation: EffectiveOperation): string | undefined;
    /** Moves the device; left out, it comes to stand as commanded, at once. */
    move?(operation: EffectiveOperation): Promise<Movement> | Movement;
}

export interface SimulatedTerminalOptions {
    /** The terminal's own identity: it signs and asks. */
    readonly connection: GatewayConnection;
    /** Whose filtered blocks are listened to; the terminal's own gateway unless another of the process is given. */
    readonly noticesOf?: GatewayConnection;
    /** Number of its next event. */
    readonly nextSoe?: number;
    readonly behaviour?: TerminalBehaviour;
    /** Told of every step it took. */
    readonly onStep?: (step: string, operation: OperationName) => void;
    /** Told of what failed: the terminal goes on with the next command. */
    readonly onError: (error: unknown) => void;
}

/**
 * Plays a terminal's side of remote control: it hears its own id in the names of events, asks what is commanded,
 * confirms or refuses, moves its device and reports. Time stamps are its own clock's.
 */
export class SimulatedTerminal {
    readonly terminalId: string;
    readonly #options: SimulatedTerminalOptions;
    #nextSoe: number;
    readonly #underWay = new Set<Promise<void>>();
    #follower: EventFollower | undefined;
    #step = 0;

    private constructor(options: SimulatedTerminalOptions) {
        this.#options = options;
        this.terminalId = options.connection.identity.name;
        this.#nextSoe = options.nextSoe ?? 1;
    }

    /** Answers when it listens. */
    static async start(options: SimulatedTerminalOptions): Promise<SimulatedTerminal> {
        const terminal = new SimulatedTerminal(options);
        terminal.#follower = await followNotices(options.noticesOf ?? options.connection, (notice) => {
            terminal.#hear(notice);
        });
        return terminal;
    }

    /** Reports that a device changed its position by itself; gives the report, its time stamp in it, and the transaction. */
    async reportDisplacement(
        deviceId: string,
        position: Position,
        cause: TransmissionCause = 'spontaneous',
    ): Promise<{ readonly report: DisplacementInput; readonly transactionId: string }> {
        const report: DisplacementInput = {
            terminalId: this.terminalId,
            deviceId,
            position,
            timeMs: this.#nowMs(),
            cause,
            quality: 'valid',
            soe: this.#takeSoe(),
        };
        const call = displacementCalls.reportDisplacement(report);
        const { transactionId } = await submitCall(this.#options.connection, call);
        return { report, transactionId };
    }

    /** Listens no longer, and answers when the steps under way are done: closing its gateway before that would end them. */
    async stop(): Promise<void> {
        this.#follower?.stop();
        await Promise.all(this.#underWay);
    }

    #hear({ name, transactionId }: Notice): void {
        const event = readControlEventName(name);
        if (event?.terminalId !== this.terminalId) return;
        if (event.state === 'selected') this.#run(event.deviceId, transactionId, (found) => this.#answer(found));
        if (event.state === 'operating') this.#run(event.deviceId, transactionId, (found) => this.#act(found));
    }

    #run(deviceId: string, transactionId: string, act: (operation: EffectiveOperation) => Promise<void>): void {
        const step = this.#find(deviceId, transactionId)
            .then(act)
            .catch(this.#options.onError)
            .finally(() => this.#underWay.delete(step));
        this.#underWay.add(step);
    }

    /** Asks for the command until the peer that answers has seen the transaction of the notice. */
    async #find(deviceId: string, transactionId: string): Promise<EffectiveOperation> {
        const { connection } = this.#options;
        const call = controlCalls.queryOperation({ terminalId: this.terminalId, deviceId });
        const ask = async (): Promise<EffectiveOperation | undefined> => {
            const asked = await tryEvaluate(connection, call);
            const operation = asked.answered ? (asked.result as EffectiveOperation) : undefined;
            return operation?.lastStep.transactionId === transactionId ? operation : undefined;
        };
        return waitUntil(ask, {
            deadlineMs: askDeadlineMs,
            forWhat: `a peer to know the command of transaction ${transactionId}`,
        });
    }

    async #answer(operation: EffectiveOperation): Promise<void> {
        const name = nameOf(operation);
        const reason = this.#options.behaviour?.refuses?.(operation);
        const call =
            reason === undefined
                ? controlCalls.confirmSelection(name)
                : controlCalls.refuseSelection({ ...name, reason });
        await submitUntilCommitted(this.#options.connection, call, repeated);
        this.#options.onStep?.(call.transaction, name);
    }

    async #act(operation: EffectiveOperation): Promise<void> {
        const name = nameOf(operation);
        const { position, reached } =
            (await this.#options.behaviour?.move?.(operation)) ?? moved(operation, this.#nextStep);
        const report: OutcomeReport = { ...name, position, reached, timeMs: this.#nowMs(), soe: this.#takeSoe() };
        const call = controlCalls.reportOutcome(report);
        await submitUntilCommitted(this.#options.connection, call, repeated);
        this.#options.onStep?.(call.transaction, name);
    }

    /** Where a tap changer that counts from the middle comes to stand. */
    readonly #nextStep = (by: number): number => {
        this.#step = Math.max(-64, Math.min(63, this.#step + by));
        return this.#step;
    };

    #nowMs(): number {
        return Math.floor(this.#options.connection.clock());
    }

    #takeSoe(): number {
        const soe = this.#nextSoe;
        this.#nextSoe += 1;
        return soe;
    }
}

const askDeadlineMs = 10_000;
/** A peer that endorses may not have seen the step before yet. */
const repeated = { lagging: ['OPERATION_UNKNOWN', 'STEP_NOT_ALLOWED'], deadlineMs: 10_000 } as const;

function nameOf({ terminalId, deviceId, operationId }: EffectiveOperation): OperationName {
    return { terminalId, deviceId, operationId };
}

function moved({ command }: EffectiveOperation, nextStep: (by: number) => number): Movement {
    if (command.type === 'step') {
        return { position: { type: 'step', step: nextStep(command.value === 'higher' ? 1 : -1) }, reached: true };
    }
    return { position: { type: command.type, state: command.value }, reached: true };
}
