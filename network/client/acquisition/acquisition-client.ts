import {
    acquisitionCalls,
    type OpenRoundEntry,
    type RoundName,
    type TaskRecord,
} from '../../../chaincode/src/acquisition/acquisition-api';
import type { Call, Page, PageRequest } from '../../../chaincode/src/calls/call-api';
import type { ClientFault } from '../client-errors';
import type { GatewayConnection } from '../connect-gateway';
import { evaluateCall } from '../evaluate-call';
import { trySubmit } from '../submit-call';
import { roundsToSeal, ticksToOpen } from './plan-acquisition';

/** How the client reaches the ledger; `ledgerOf` makes it from a connection. */
export interface AcquisitionLedger {
    evaluate(call: Call): Promise<unknown>;
    /** Undefined when the call is committed. */
    submit(call: Call): Promise<ClientFault | undefined>;
}

export interface AcquisitionOptions {
    /** How long before its tick a round is opened; at most the δ of the tasks. */
    readonly leadMs: number;
}

/** A round that could not be opened or sealed in this step; the next one tries again. */
export interface HeldRound extends RoundName {
    readonly fault: ClientFault;
}

/** What one step did. */
export interface AcquisitionStep {
    readonly opened: readonly RoundName[];
    readonly sealed: readonly RoundName[];
    readonly held: readonly HeldRound[];
}

/** The contract says with them that somebody else did it before: nothing is left to do. */
const doneByOthers = new Set<string>(['ROUND_EXISTS', 'ROUND_SEALED', 'TICK_PASSED']);
const pageSize = 100;

/** A dispatcher's connection as the ledger of an acquisition client. */
export function ledgerOf(connection: GatewayConnection): AcquisitionLedger {
    return {
        evaluate: (call) => evaluateCall(connection, call),
        submit: async (call) => {
            const outcome = await trySubmit(connection, call);
            return outcome.committed ? undefined : outcome.fault;
        },
    };
}

/**
 * Opens the rounds of time-driven tasks before their ticks, and seals every round, also one that an event opened, after
 * tick + Δt. It keeps nothing that the ledger does not hold: it may be started anew at any time, and several may run,
 * one in the place of another that is lost. Nothing in a contract fires by itself; this is what makes acquisition go.
 */
export class AcquisitionClient {
    readonly #ledger: AcquisitionLedger;
    readonly #leadMs: number;

    constructor(ledger: AcquisitionLedger, { leadMs }: AcquisitionOptions) {
        this.#ledger = ledger;
        this.#leadMs = leadMs;
    }

    /** Does all that is to be done at `nowMs`. Throws ClientError when the ledger cannot be asked. */
    async step(nowMs: number): Promise<AcquisitionStep> {
        const tasks = await this.#readAll<TaskRecord>((page) => acquisitionCalls.listTasks(page));
        const steps = await Promise.all(tasks.map((task) => this.#stepTask(task, nowMs)));
        return {
            opened: steps.flatMap(({ opened }) => opened),
            sealed: steps.flatMap(({ sealed }) => sealed),
            held: steps.flatMap(({ held }) => held),
        };
    }

    /** One after the other: the data blocks of a task form a chain, of which one block can hold one new link. */
    async #stepTask(task: TaskRecord, nowMs: number): Promise<AcquisitionStep> {
        const { taskId } = task;
        const open = await this.#readAll<OpenRoundEntry>((page) =>
            acquisitionCalls.listOpenRounds({ taskId, ...page }),
        );
        const held: HeldRound[] = [];
        const submit = async (call: Call, name: RoundName): Promise<boolean> => {
            const fault = await this.#ledger.submit(call);
            if (fault !== undefined && !isDone(fault)) held.push({ ...name, fault });
            return fault === undefined;
        };
        const opened: RoundName[] = [];
        for (const name of ticksToOpen(task, nowMs, this.#leadMs)) {
            const isOpen = open.some(({ tickMs }) => tickMs === name.tickMs);
            if (!isOpen && (await submit(acquisitionCalls.openRound(name), name))) opened.push(name);
        }
        const sealed: RoundName[] = [];
        for (const name of roundsToSeal(open, nowMs)) {
            if (await submit(acquisitionCalls.seal(name), name)) sealed.push(name);
        }
        return { opened, sealed, held };
    }

    async #readAll<Item>(ask: (page: PageRequest) => Call): Promise<Item[]> {
        const items: Item[] = [];
        let bookmark = '';
        do {
            const page = (await this.#ledger.evaluate(ask({ pageSize, bookmark }))) as Page<Item>;
            items.push(...page.items);
            bookmark = page.bookmark;
        } while (bookmark !== '');
        return items;
    }
}

function isDone(fault: ClientFault): boolean {
    return fault.code === 'CHAINCODE_FAULT' && doneByOthers.has(fault.fault.code);
}
