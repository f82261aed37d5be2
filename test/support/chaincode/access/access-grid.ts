import { authorityCalls } from '../../../../chaincode/src/authority/authority-api';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../../../chaincode/src/roles/roles-api';
import type { Simulation, StubLedger, TransactionOptions } from '../stub-ledger';
import { TestGrid, toleranceMs } from '../test-grid';
import { newTerminalIdentity, newTestIdentity, type TestIdentity } from '../test-identity';

/** The columns of docs/access.md, in its order; what each is stands there. */
export const callers = [
    'administrator',
    'operator',
    'foreign operator',
    'stray operator',
    'dispatcher',
    'foreign dispatcher',
    'stray dispatcher',
    'supervisor',
    'stray supervisor',
    'terminal',
    'its new certificate',
    'other terminal',
    'concentrator',
    'foreign terminal',
    'unregistered terminal',
    'no role',
] as const;
export type Caller = (typeof callers)[number];

/** A column of the oracles' table alone: a registered oracle of DispatchMSP, whose certificate has no role. */
export const oracleId = 'north';
export type Person = Caller | 'oracle';

/** A call that is the next right step of something on the ledger, so that only who makes it decides. */
export interface StagedCall {
    readonly call: Call;
    /** The ledger that it meets; the grid's own when left out. */
    readonly ledger?: StubLedger;
    /** The proposal's timestamp; the grid's clock when left out. */
    readonly timeMs?: number;
}

/** Devices that stand at each state of an operation. */
export const deviceIds = ['D0', 'D1', 'D2', 'D3', 'D4'] as const;
export const terminalId = 'FTU-1';
export const concentratorId = 'DTU-1';
/** Not registered: nobody asked for it yet. */
export const unregisteredId = 'FTU-9';
export const page = { pageSize: 5, bookmark: '' };

/** A ledger whose dispatch authority DispatchMSP holds, a terminal of that organisation, and everybody who may call. */
export class AccessGrid {
    readonly grid: TestGrid;
    readonly people: Readonly<Record<Person, TestIdentity>>;

    private constructor(grid: TestGrid, people: Readonly<Record<Person, TestIdentity>>) {
        this.grid = grid;
        this.people = people;
    }

    static async start(): Promise<AccessGrid> {
        const grid = await TestGrid.withoutRoles();
        const both = ['DispatchMSP', 'PrimaryMSP'];
        const roles = rolesCalls.assignRoles({ operator: both, dispatcher: both, supervisor: ['DispatchMSP'] });
        await grid.ledger.submit(roles, grid.admin);
        const devices = deviceIds.map((deviceId) => ({ deviceId, command: 'double', sections: ['S1', 'S2'] }) as const);
        const withRole = (role: string, mspId = 'DispatchMSP'): Promise<TestIdentity> =>
            newTestIdentity({ name: `a ${role}`, attributes: { role }, mspId });
        const access = new AccessGrid(grid, {
            administrator: grid.admin,
            operator: grid.operator,
            'foreign operator': grid.foreignOperator,
            'stray operator': await withRole('operator', 'StrayMSP'),
            dispatcher: await withRole('dispatcher'),
            'foreign dispatcher': await withRole('dispatcher', 'PrimaryMSP'),
            'stray dispatcher': await withRole('dispatcher', 'StrayMSP'),
            supervisor: await withRole('supervisor'),
            'stray supervisor': await withRole('supervisor', 'PrimaryMSP'),
            concentrator: await grid.register(concentratorId, { kind: 'DTU' }),
            terminal: await grid.register(terminalId, { kind: 'FTU', devices, concentrators: [concentratorId] }),
            'its new certificate': await newTerminalIdentity(terminalId),
            'other terminal': await grid.register('FTU-2', { kind: 'FTU', devices }),
            'foreign terminal': await grid.register('FTU-3', { kind: 'FTU', devices }, 'PrimaryMSP'),
            'unregistered terminal': await newTerminalIdentity(unregisteredId),
            'no role': grid.reader,
            oracle: await newTestIdentity({ name: oracleId }),
        });
        await access.#takeAuthority();
        return access;
    }

    /** Puts a step on the ledger that comes before the staged one. */
    async submit(call: Call, by: Person, options: TransactionOptions = {}): Promise<Simulation> {
        return this.grid.ledger.submit(call, this.people[by], options);
    }

    async #takeAuthority(): Promise<void> {
        const move = authorityCalls.proposeAuthority({ holder: 'DispatchMSP', reason: 'r' });
        const { transactionId: proposalId } = await this.submit(move, 'foreign operator');
        await this.submit(authorityCalls.approveAuthority({ proposedBy: 'PrimaryMSP', proposalId }), 'operator');
    }

    /** A terminal of the operator's organisation whose registration stands at this state. */
    async terminalIn(id: string, state: 'requested' | 'suspended' | 'renewing'): Promise<TestIdentity> {
        const identity = await this.grid.request(id);
        if (state === 'requested') return identity;
        await this.submit(registrationCalls.confirm({ terminalId: id, clockToleranceMs: toleranceMs }), 'operator');
        if (state === 'suspended') {
            await this.submit(registrationCalls.suspend({ terminalId: id, reason: 'r' }), 'operator');
            return identity;
        }
        const renewed = await newTerminalIdentity(id);
        await this.grid.ledger.submit(registrationCalls.requestRenewal({ terminalId: id }), renewed);
        return renewed;
    }
}
