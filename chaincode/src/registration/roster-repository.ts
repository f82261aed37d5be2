import type { ChaincodeStub } from 'fabric-shim-api';
import { StateRepository } from '../ledger-access/state-repository';
import type { TerminalState } from './registration-api';

/** What a concentrator's batch must know of each terminal, so that it need not read each terminal's record. */
export interface RosterEntry {
    readonly mspId: string;
    readonly state: Exclude<TerminalState, 'requested'>;
    readonly clockToleranceMs: number;
}

/** The terminals that name one concentrator, by terminal id. */
export interface RosterRecord {
    readonly schemaVersion: 1;
    readonly concentratorId: string;
    readonly terminals: Readonly<Record<string, RosterEntry>>;
}

/** The entry of one terminal. An id may be spelt like a property of every object (`constructor`): own ones count. */
export function rosterEntry(roster: RosterRecord | undefined, terminalId: string): RosterEntry | undefined {
    return roster !== undefined && Object.hasOwn(roster.terminals, terminalId)
        ? roster.terminals[terminalId]
        : undefined;
}

/**
 * The rosters of the concentrators. Only acts of registration write them, so the batches of a concentrator never
 * conflict; two acts on terminals of one concentrator within one block do, and the later one must be sent again.
 */
export class RosterRepository {
    readonly #records: StateRepository<RosterRecord>;

    constructor(stub: ChaincodeStub) {
        this.#records = new StateRepository(stub, 'roster');
    }

    async find(concentratorId: string): Promise<RosterRecord | undefined> {
        return this.#records.find(concentratorId);
    }

    /** Enters or changes one terminal; `undefined` takes it off. */
    async set(concentratorId: string, terminalId: string, entry: RosterEntry | undefined): Promise<void> {
        const former = Object.entries((await this.find(concentratorId))?.terminals ?? {});
        const others = former.filter(([id]) => id !== terminalId);
        const terminals = Object.fromEntries(entry === undefined ? others : [...others, [terminalId, entry]]);
        await this.#records.put({ schemaVersion: 1, concentratorId, terminals }, concentratorId);
    }
}
