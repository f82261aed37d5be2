import { authorityCalls } from '../../../chaincode/src/authority/authority-api';
import {
    controlCalls,
    type ControlCommand,
    type EffectiveOperation,
    type OperationName,
} from '../../../chaincode/src/control/control-api';
import { rolesCalls } from '../../../chaincode/src/roles/roles-api';
import type { ControlledDevice } from '../../../chaincode/src/registration/registration-api';
import { someDevices } from './some-devices';
import type { Simulation } from './stub-ledger';
import { TestGrid } from './test-grid';
import { newTestIdentity, type TestIdentity } from './test-identity';

export const controlled = 'FTU-1';

/** A grid of two organisations with a terminal of the first; its dispatchers hold authority. */
export class ControlGrid {
    readonly grid: TestGrid;
    readonly terminal: TestIdentity;
    readonly dispatcher: TestIdentity;
    readonly otherDispatcher: TestIdentity;
    /** Of the organisation that does not hold authority. */
    readonly foreignDispatcher: TestIdentity;
    #soe = 0;

    private constructor(grid: TestGrid, people: readonly [TestIdentity, TestIdentity, TestIdentity, TestIdentity]) {
        this.grid = grid;
        [this.terminal, this.dispatcher, this.otherDispatcher, this.foreignDispatcher] = people;
    }

    static async start(devices: readonly ControlledDevice[] = someDevices): Promise<ControlGrid> {
        const grid = await TestGrid.withoutRoles();
        const both = ['DispatchMSP', 'PrimaryMSP'];
        const roles = rolesCalls.assignRoles({ operator: both, dispatcher: both, supervisor: both });
        await grid.ledger.submit(roles, grid.admin);
        const attributes = { role: 'dispatcher' };
        const control = new ControlGrid(grid, [
            await grid.register(controlled, { kind: 'FTU', devices }),
            await newTestIdentity({ name: 'dispatcher', attributes }),
            await newTestIdentity({ name: 'dispatcher-2', attributes }),
            await newTestIdentity({ name: 'primary-dispatcher', attributes, mspId: 'PrimaryMSP' }),
        ]);
        await control.moveAuthority('DispatchMSP');
        return control;
    }

    get ledger(): TestGrid['ledger'] {
        return this.grid.ledger;
    }

    async moveAuthority(holder: string): Promise<void> {
        const { ledger, operator, foreignOperator } = this.grid;
        const proposed = await ledger.submit(
            authorityCalls.proposeAuthority({ holder, reason: 'test' }),
            foreignOperator,
        );
        const approval = { proposedBy: 'PrimaryMSP', proposalId: proposed.transactionId };
        await ledger.submit(authorityCalls.approveAuthority(approval), operator);
    }

    /** Selects and gives the operation's name. */
    async select(
        deviceId = 'Q0',
        value: 'on' | 'off' = 'off',
        by: TestIdentity = this.dispatcher,
    ): Promise<OperationName> {
        const command: ControlCommand = { type: 'double', value };
        const selection = { terminalId: controlled, deviceId, command };
        const { transactionId } = await this.ledger.submit(controlCalls.select(selection), by);
        return { terminalId: controlled, deviceId, operationId: transactionId };
    }

    async confirm(operation: OperationName): Promise<Simulation> {
        return this.ledger.submit(controlCalls.confirmSelection(operation), this.terminal);
    }

    async operate(operation: OperationName, by: TestIdentity = this.dispatcher): Promise<Simulation> {
        return this.ledger.submit(controlCalls.operate(operation), by);
    }

    /** Reports that the device came to stand as told, now. */
    async report(operation: OperationName, state: 'on' | 'off', reached = true): Promise<Simulation> {
        this.#soe += 1;
        const outcome = {
            ...operation,
            reached,
            position: { type: 'double', state },
            timeMs: this.ledger.nowMs,
            soe: this.#soe,
        } as const;
        return this.ledger.submit(controlCalls.reportOutcome(outcome), this.terminal);
    }

    async operation(deviceId = 'Q0'): Promise<EffectiveOperation> {
        const name = { terminalId: controlled, deviceId };
        return this.ledger.evaluate<EffectiveOperation>(controlCalls.queryOperation(name), this.grid.reader);
    }
}
