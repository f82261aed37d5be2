import type { TxEventHandler, TxEventHandlerFactory } from 'fabric-network';
import type { EpochClock } from './epoch-clock';

/** When a transaction reached each stage, in ms since 1970. A stage it did not reach is left out. */
export interface CallTimes {
    readonly sentMs: number;
    /** All endorsements were in. */
    readonly endorsedMs?: number;
    /** The orderer had taken it. */
    readonly orderedMs?: number;
    /** The outcome was known, whatever it was. */
    readonly finishedMs: number;
}

interface Stages {
    endorsedMs?: number;
    orderedMs?: number;
}

/**
 * Notes when transactions pass from stage to stage. fabric-network asks its commit handler to start listening once the
 * endorsements are in, and to wait once the orderer has answered: those two calls are the stages, nothing is patched.
 */
export class PhaseRecorder {
    readonly #stages = new Map<string, Stages>();
    readonly #clock: EpochClock;

    constructor(clock: EpochClock) {
        this.#clock = clock;
    }

    /** The same handlers, with the stages noted. */
    around(factory: TxEventHandlerFactory): TxEventHandlerFactory {
        return (transactionId, network) => {
            const handler = factory(transactionId, network);
            const recording: TxEventHandler = {
                startListening: () => {
                    this.#stageOf(transactionId).endorsedMs = this.#clock();
                    return handler.startListening();
                },
                waitForEvents: () => {
                    this.#stageOf(transactionId).orderedMs = this.#clock();
                    return handler.waitForEvents();
                },
                cancelListening: () => {
                    handler.cancelListening();
                },
            };
            return recording;
        };
    }

    begin(transactionId: string): void {
        this.#stages.set(transactionId, {});
    }

    /** What was noted of a transaction; it is forgotten with that. */
    take(transactionId: string): Readonly<Stages> {
        const stages = this.#stages.get(transactionId) ?? {};
        this.#stages.delete(transactionId);
        return stages;
    }

    /** Transactions begun by others are not kept: nobody would take them. */
    #stageOf(transactionId: string): Stages {
        return this.#stages.get(transactionId) ?? {};
    }
}
