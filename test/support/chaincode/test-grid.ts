import {
    registrationCalls,
    type AccessRequest,
    type TerminalRecord,
} from '../../../chaincode/src/registration/registration-api';
import { rolesCalls, type RoleHolders } from '../../../chaincode/src/roles/roles-api';
import { StubLedger } from './stub-ledger';
import { newTerminalIdentity, newTestIdentity, type TestIdentity } from './test-identity';

export const testMsps = ['DispatchMSP', 'PrimaryMSP'] as const;

export const testRoleHolders: RoleHolders = {
    operator: [...testMsps],
    dispatcher: ['DispatchMSP'],
    supervisor: ['DispatchMSP'],
};

/** Terminals' clocks may be this far off in the tests. */
export const toleranceMs = 2_000;

/** A ledger with its roles assigned, and the people of two organisations. */
export class TestGrid {
    readonly ledger = new StubLedger();
    readonly admin: TestIdentity;
    readonly operator: TestIdentity;
    readonly foreignOperator: TestIdentity;
    readonly reader: TestIdentity;

    private constructor(people: readonly [TestIdentity, TestIdentity, TestIdentity, TestIdentity]) {
        [this.admin, this.operator, this.foreignOperator, this.reader] = people;
    }

    static async withoutRoles(): Promise<TestGrid> {
        return new TestGrid(
            await Promise.all([
                newTestIdentity({ name: 'dispatch-admin', organizationalUnit: 'admin' }),
                newTestIdentity({ name: 'dispatch-operator', attributes: { role: 'operator' } }),
                newTestIdentity({ name: 'primary-operator', attributes: { role: 'operator' }, mspId: 'PrimaryMSP' }),
                newTestIdentity({ name: 'reader' }),
            ]),
        );
    }

    static async start(): Promise<TestGrid> {
        const grid = await TestGrid.withoutRoles();
        await grid.ledger.submit(rolesCalls.assignRoles(testRoleHolders), grid.admin);
        return grid;
    }

    /** Requests access in the terminal's own name; gives its identity. */
    async request(
        terminalId: string,
        given: Partial<AccessRequest> = {},
        mspId = 'DispatchMSP',
    ): Promise<TestIdentity> {
        const identity = await newTerminalIdentity(terminalId, { mspId });
        await this.ledger.submit(registrationCalls.requestAccess(anAccessRequest({ terminalId, ...given })), identity);
        return identity;
    }

    /** Requests access and has the operator of the organisation confirm it. */
    async register(
        terminalId: string,
        given: Partial<AccessRequest> = {},
        mspId = 'DispatchMSP',
    ): Promise<TestIdentity> {
        const identity = await this.request(terminalId, given, mspId);
        const operator = mspId === 'DispatchMSP' ? this.operator : this.foreignOperator;
        await this.ledger.submit(registrationCalls.confirm({ terminalId, clockToleranceMs: toleranceMs }), operator);
        return identity;
    }

    /** Registers a terminal anew under a new certificate; gives the new identity. */
    async renew(terminalId: string): Promise<TestIdentity> {
        const identity = await newTerminalIdentity(terminalId);
        await this.ledger.submit(registrationCalls.requestRenewal({ terminalId }), identity);
        const renewal = { terminalId, certificateSerial: identity.serial };
        await this.ledger.submit(registrationCalls.renew(renewal), this.operator);
        return identity;
    }

    async terminal(terminalId: string): Promise<TerminalRecord> {
        return this.ledger.evaluate<TerminalRecord>(registrationCalls.queryTerminal(terminalId), this.reader);
    }
}

/** A request that every rule accepts. */
export function anAccessRequest(given: Partial<AccessRequest> = {}): AccessRequest {
    const location = { site: 'Primary Substation', feeder: 'F11', bus: '42', medium: 'epon' };
    return { terminalId: 'TTU-1', kind: 'TTU', location, concentrators: [], ...given };
}
