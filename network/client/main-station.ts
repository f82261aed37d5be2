import { X509Certificate } from 'node:crypto';
import {
    controlCalls,
    readControlEventName,
    type OperationRecord,
    type Selection,
    type StoredControlState,
} from '../../chaincode/src/control/control-api';
import { displacementEvents, type DisplacementRecord } from '../../chaincode/src/displacement/displacement-api';
import { ClientError } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import { followEvents, type EventFollower, type FollowedEvent } from './follow-events';
import { submitCall } from './submit-call';
import { submitUntilCommitted } from './submit-until-committed';

/** A displacement as the main station heard it. */
export interface HeardDisplacement {
    readonly displacement: DisplacementRecord;
    readonly transactionId: string;
    /** From the terminal's stamp to the receipt of the committed event. The two clocks must agree. */
    readonly afterMs: number;
    readonly receivedMs: number;
}

/** When each stage of a remote control was reached, ms since 1970, by the main station's clock. */
export interface ControlTimes {
    /** The dispatcher's first message was sent. */
    readonly sentMs: number;
    /** The selection was known to be committed. */
    readonly selectedMs: number;
    /** The event of the terminal's answer to the selection was received. */
    readonly answeredMs: number;
    /** The operation was committed; undefined where it did not come to that. */
    readonly operatedMs?: number;
    /** The event of the committed new position was received, or of the refusal. */
    readonly finishedMs: number;
}

/** What came of a remote control: the record of its last step, the position in it, and how long it took. */
export interface ControlReport {
    readonly operation: OperationRecord;
    readonly times: ControlTimes;
}

export interface MainStationOptions {
    /** Called for every displacement, in ledger order. */
    readonly onDisplacement?: (heard: HeardDisplacement) => void;
    /** First block to hear; without it the next one to be committed. */
    readonly fromBlock?: number;
    /** How long a terminal may take for an answer. */
    readonly answerDeadlineMs?: number;
}

const defaultAnswerDeadlineMs = 30_000;

interface Arrival {
    readonly operation: OperationRecord;
    readonly receivedMs: number;
}

/**
 * A dispatcher's desk: hears of displacements, and drives remote controls from the selection to the new position. It
 * stands in the dispatch centre, or in a substation that was given dispatch authority.
 */
export class MainStation {
    readonly #connection: GatewayConnection;
    readonly #options: MainStationOptions;
    readonly #serial: string;
    /** Newest step heard of each operation that is under way or not asked for yet. */
    readonly #arrivals = new Map<string, Arrival>();
    readonly #waiting = new Map<string, () => void>();
    readonly #timers = new Set<NodeJS.Timeout>();
    #follower: EventFollower | undefined;

    private constructor(connection: GatewayConnection, options: MainStationOptions) {
        this.#connection = connection;
        this.#serial = serialOf(connection.identity.certificatePem);
        this.#options = options;
    }

    /** Opens the stream of events on a dispatcher's gateway, and answers when it stands. */
    static async open(connection: GatewayConnection, options: MainStationOptions = {}): Promise<MainStation> {
        const station = new MainStation(connection, options);
        station.#follower = await followEvents(connection, {
            ...(options.fromBlock !== undefined && { fromBlock: options.fromBlock }),
            onEvent: (event) => {
                station.#hear(event);
            },
        });
        return station;
    }

    /**
     * Select, wait for the terminal's confirmation, operate, wait for the new position. A refusal and a position that was
     * not reached are answers; a fault of a step, and an answer that does not come, are thrown as ClientError
     * (CHAINCODE_FAULT, TERMINAL_SILENT, …). Nothing is cancelled then: the operation expires.
     */
    async control(selection: Selection): Promise<ControlReport> {
        const { terminalId, deviceId } = selection;
        const { transactionId: operationId, times } = await submitCall(
            this.#connection,
            controlCalls.select(selection),
        );
        try {
            const answer = await this.#arrival(operationId, ['confirmed', 'refused', 'cancelled']);
            const { sentMs, finishedMs: selectedMs } = times;
            const answeredMs = answer.receivedMs;
            if (answer.operation.state !== 'confirmed') {
                return {
                    operation: answer.operation,
                    times: { sentMs, selectedMs, answeredMs, finishedMs: answeredMs },
                };
            }
            const operate = controlCalls.operate({ terminalId, deviceId, operationId });
            const deadlineMs = this.#deadlineMs;
            await submitUntilCommitted(this.#connection, operate, { lagging: laggingSteps, deadlineMs });
            const operatedMs = this.#connection.clock();
            const outcome = await this.#arrival(operationId, ['reached', 'not-reached']);
            const finishedMs = outcome.receivedMs;
            return { operation: outcome.operation, times: { sentMs, selectedMs, answeredMs, operatedMs, finishedMs } };
        } finally {
            this.#arrivals.delete(operationId);
        }
    }

    /** Listens no longer. A control that is under way fails when its time is over, for which no process is held. */
    close(): void {
        this.#follower?.stop();
        for (const timer of this.#timers) timer.unref();
    }

    get #deadlineMs(): number {
        return this.#options.answerDeadlineMs ?? defaultAnswerDeadlineMs;
    }

    #hear({ name, payload, transactionId, receivedMs }: FollowedEvent): void {
        if (name === displacementEvents.reported) {
            const displacement = payload as DisplacementRecord;
            const afterMs = receivedMs - displacement.timeMs;
            this.#options.onDisplacement?.({ displacement, transactionId, afterMs, receivedMs });
        } else if (readControlEventName(name) !== undefined) {
            const operation = payload as OperationRecord;
            if (!this.#isOwn(operation)) return;
            this.#arrivals.set(operation.operationId, { operation, receivedMs });
            this.#waiting.get(operation.operationId)?.();
        }
    }

    /** Selected by this desk's dispatcher; the steps of others are none of its business. */
    #isOwn({ selectedBy, certificateSerial }: OperationRecord): boolean {
        return selectedBy.mspId === this.#connection.identity.mspId && certificateSerial === this.#serial;
    }

    /** The operation's event of one of these states, once it has come. */
    async #arrival(operationId: string, states: readonly StoredControlState[]): Promise<Arrival> {
        const arrived = (): Arrival | undefined => {
            const arrival = this.#arrivals.get(operationId);
            return arrival !== undefined && states.includes(arrival.operation.state) ? arrival : undefined;
        };
        return arrived() ?? this.#nextArrival(operationId, arrived, states);
    }

    async #nextArrival(
        operationId: string,
        arrived: () => Arrival | undefined,
        states: readonly StoredControlState[],
    ): Promise<Arrival> {
        const afterMs = this.#deadlineMs;
        return new Promise((resolve, reject) => {
            const done = (): void => {
                clearTimeout(timer);
                this.#timers.delete(timer);
                this.#waiting.delete(operationId);
            };
            const timer = setTimeout(() => {
                done();
                const fault = { code: 'TERMINAL_SILENT', operationId, awaited: states.join(' or '), afterMs } as const;
                reject(new ClientError(fault, { transactionId: operationId }));
            }, afterMs);
            this.#timers.add(timer);
            this.#waiting.set(operationId, () => {
                const arrival = arrived();
                if (arrival === undefined) return;
                done();
                resolve(arrival);
            });
        });
    }
}

/** As the ledger writes it: lower-case hex without leading zeros. */
function serialOf(certificatePem: string): string {
    return new X509Certificate(certificatePem).serialNumber.toLowerCase().replace(/^0+(?=.)/, '');
}

/** By these a peer refuses the next step that has not seen the one before yet. */
const laggingSteps = ['OPERATION_UNKNOWN', 'STEP_NOT_ALLOWED'] as const;
