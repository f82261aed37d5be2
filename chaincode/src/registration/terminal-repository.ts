import type { ChaincodeStub } from 'fabric-shim-api';
import type { Page, PageRequest } from '../calls/call-api';
import { StateRepository } from '../ledger-access/state-repository';
import type {
    ConcentratorTerm,
    RenewalFilter,
    RenewalRecord,
    TerminalFilter,
    TerminalKind,
    TerminalRecord,
    TerminalState,
    TerminalSummary,
} from './registration-api';
import { RosterRepository, type RosterEntry } from './roster-repository';
import { terminalSchema } from './terminal-schema';

/** What general interrogation must know of a terminal. */
export interface FeederEntry {
    readonly schemaVersion: 1;
    readonly terminalId: string;
    readonly kind: TerminalKind;
    readonly state: TerminalState;
    readonly concentrators: readonly ConcentratorTerm[];
}

/** Terminals with their indexes and rosters: whoever saves a terminal has them all in step. */
export class TerminalRepository {
    readonly #terminals: StateRepository<TerminalRecord>;
    readonly #byState: StateRepository<TerminalSummary>;
    readonly #byFeeder: StateRepository<FeederEntry>;
    readonly #renewals: StateRepository<RenewalRecord>;
    readonly #rosters: RosterRepository;

    constructor(stub: ChaincodeStub) {
        this.#terminals = new StateRepository(stub, 'terminal', terminalSchema);
        this.#byState = new StateRepository(stub, 'terminal-by-state');
        this.#byFeeder = new StateRepository(stub, 'terminal-by-feeder');
        this.#renewals = new StateRepository(stub, 'renewal');
        this.#rosters = new RosterRepository(stub);
    }

    async find(terminalId: string): Promise<TerminalRecord | undefined> {
        return this.#terminals.find(terminalId);
    }

    async list(filter: TerminalFilter): Promise<Page<TerminalSummary>> {
        const prefix = [filter.mspId, filter.state];
        return this.#byState.page(filter.feeder === undefined ? prefix : [...prefix, filter.feeder], filter);
    }

    async onFeeder(feeder: string, request: PageRequest): Promise<Page<FeederEntry>> {
        return this.#byFeeder.page([feeder], request);
    }

    async findRenewal(mspId: string, terminalId: string): Promise<RenewalRecord | undefined> {
        return this.#renewals.find(mspId, terminalId);
    }

    async putRenewal(renewal: RenewalRecord): Promise<void> {
        await this.#renewals.put(renewal, renewal.mspId, renewal.terminalId);
    }

    async removeRenewal(renewal: Pick<RenewalRecord, 'mspId' | 'terminalId'>): Promise<void> {
        await this.#renewals.remove(renewal.mspId, renewal.terminalId);
    }

    async listRenewals(filter: RenewalFilter): Promise<Page<RenewalRecord>> {
        return this.#renewals.page([filter.mspId], filter);
    }

    /** Writes the record, its index entries and the rosters of the concentrators it names or no longer names. */
    async save(after: TerminalRecord, before: TerminalRecord | undefined): Promise<void> {
        await this.#terminals.put(after, after.terminalId);
        await this.#saveByState(after, before);
        await this.#saveByFeeder(after, before);
        await this.#saveRosters(after, before);
    }

    async #saveByState(after: TerminalRecord, before: TerminalRecord | undefined): Promise<void> {
        if (before !== undefined && stateKey(before).join('\0') !== stateKey(after).join('\0')) {
            await this.#byState.remove(...stateKey(before));
        }
        await this.#byState.put(summaryOf(after), ...stateKey(after));
    }

    async #saveByFeeder(after: TerminalRecord, before: TerminalRecord | undefined): Promise<void> {
        const { terminalId, kind, state, concentrators, location } = after;
        if (isInterrogated(after)) {
            const entry: FeederEntry = { schemaVersion: 1, terminalId, kind, state, concentrators };
            await this.#byFeeder.put(entry, location.feeder, terminalId);
        } else if (before !== undefined && isInterrogated(before)) {
            await this.#byFeeder.remove(before.location.feeder, terminalId);
        }
    }

    async #saveRosters(after: TerminalRecord, before: TerminalRecord | undefined): Promise<void> {
        const entry = rosterEntryOf(after);
        const former = before === undefined ? undefined : rosterEntryOf(before);
        const current = entry === undefined ? [] : currentConcentrators(after);
        const left = before === undefined || former === undefined ? [] : currentConcentrators(before);
        for (const concentratorId of left.filter((id) => !current.includes(id))) {
            await this.#rosters.set(concentratorId, after.terminalId, undefined);
        }
        for (const concentratorId of current) {
            await this.#rosters.set(concentratorId, after.terminalId, entry);
        }
    }
}

/** Ids of the concentrators that may report for the terminal now. */
export function currentConcentrators(terminal: Pick<TerminalRecord, 'concentrators'>): string[] {
    return terminal.concentrators.filter((term) => term.untilMs === null).map((term) => term.terminalId);
}

/** What lists and events tell of a terminal. */
export function summaryOf(terminal: TerminalRecord): TerminalSummary {
    const { terminalId, onChainId, kind, mspId, state, location, certificate } = terminal;
    return {
        schemaVersion: 1,
        terminalId,
        onChainId,
        kind,
        mspId,
        state,
        location,
        certificateSerial: certificate.serial,
    };
}

function stateKey(terminal: TerminalRecord): string[] {
    return [terminal.mspId, terminal.state, terminal.location.feeder, terminal.terminalId];
}

function isInterrogated(terminal: TerminalRecord): boolean {
    return terminal.state === 'registered' || terminal.state === 'suspended';
}

function rosterEntryOf(terminal: TerminalRecord): RosterEntry | undefined {
    const { mspId, state, clockToleranceMs } = terminal;
    return state === 'requested' || clockToleranceMs === null ? undefined : { mspId, state, clockToleranceMs };
}
