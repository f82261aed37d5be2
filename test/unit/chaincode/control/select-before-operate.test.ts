import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import {
    controlCalls,
    controlEventName,
    readControlEventName,
    type ControlCommand,
    type OperationName,
    type OperationRecord,
} from '../../../../chaincode/src/control/control-api';
import { controlStates } from '../../../../chaincode/src/control/control-states';
import { displacementCalls, type JudgedDisplacement } from '../../../../chaincode/src/displacement/displacement-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { ControlGrid, controlled } from '../../../support/chaincode/control-grid';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { toleranceMs } from '../../../support/chaincode/test-grid';

const windowOf = (state: 'selected' | 'confirmed' | 'operating'): number => controlStates[state].expiresAfterMs;

describe('select before operate', () => {
    let control: ControlGrid;

    beforeEach(async () => {
        control = await ControlGrid.start();
    });

    it('opens a breaker: selected, confirmed, operated, reported, each with its event', async () => {
        const operation = await control.select();
        const events = [
            await control.confirm(operation),
            await control.operate(operation),
            await control.report(operation, 'off'),
        ].map(({ event }) => event?.name);
        expect(events).toEqual([
            'control.confirmed/FTU-1/Q0',
            'control.operating/FTU-1/Q0',
            'control.reached/FTU-1/Q0',
        ]);
        expect(await control.operation()).toMatchObject({
            operationId: operation.operationId,
            state: 'reached',
            expiresAtMs: null,
            selectedBy: { mspId: 'DispatchMSP', name: 'dispatcher' },
            outcome: { position: { type: 'double', state: 'off' } },
        });
    });

    it('keeps who did what, each step with person and transaction', async () => {
        const operation = await control.select();
        await control.confirm(operation);
        const reason = 'wrong feeder';
        await control.ledger.submit(controlCalls.cancel({ ...operation, reason }), control.otherDispatcher);
        const filter = { terminalId: controlled, deviceId: 'Q0', pageSize: 10, bookmark: '' };
        const call = controlCalls.queryOperationHistory(filter);
        const { items } = await control.ledger.evaluate<Page<OperationRecord>>(call, control.grid.reader);
        expect(items.map(({ lastStep }) => [lastStep.step, lastStep.byName, lastStep.reason])).toEqual([
            ['cancel', 'dispatcher-2', 'wrong feeder'],
            ['confirm', 'FTU-1', null],
            ['select', 'dispatcher', null],
        ]);
        expect(new Set(items.map(({ lastStep }) => lastStep.transactionId)).size).toBe(3);
    });

    it('keeps the new position as a displacement caused by a remote command', async () => {
        const operation = await control.select();
        await control.confirm(operation);
        await control.operate(operation);
        await control.report(operation, 'off');
        const filter = { terminalId: controlled, pageSize: 10, bookmark: '' };
        const call = displacementCalls.queryDisplacements(filter);
        const { items } = await control.ledger.evaluate<Page<JudgedDisplacement>>(call, control.grid.reader);
        expect(items).toMatchObject([{ displacement: { cause: 'remote-command', position: { state: 'off' } } }]);
    });

    it('tells that the position was not reached, and refuses a report that contradicts itself', async () => {
        const operation = await control.select();
        await control.confirm(operation);
        await control.operate(operation);
        await expectFault(control.report(operation, 'on', true), 'OUTCOME_CONTRADICTORY');
        await expectFault(control.report(operation, 'off', false), 'OUTCOME_CONTRADICTORY');
        await control.report(operation, 'on', false);
        expect(await control.operation()).toMatchObject({
            state: 'not-reached',
            outcome: { position: { state: 'on' } },
        });
    });

    it('moves a tap changer by step commands, and a load switch by single commands', async () => {
        for (const [deviceId, command, position] of [
            ['T1', { type: 'step', value: 'higher' }, { type: 'step', step: 4 }],
            ['Q1', { type: 'single', value: 'on' }, { type: 'single', state: 'on' }],
        ] as const) {
            const selection = { terminalId: controlled, deviceId, command };
            const selected = await control.ledger.submit(controlCalls.select(selection), control.dispatcher);
            const operation = { terminalId: controlled, deviceId, operationId: selected.transactionId };
            await control.confirm(operation);
            await control.operate(operation);
            const timeMs = control.ledger.nowMs;
            const outcome = { ...operation, reached: true, position, timeMs, soe: 77 };
            await control.ledger.submit(controlCalls.reportOutcome(outcome), control.terminal);
            expect(await control.operation(deviceId)).toMatchObject({ state: 'reached', outcome: { position } });
        }
    });

    it.each([
        [{ type: 'single', value: 'on' }, 'COMMAND_NOT_FITTING'],
        [{ type: 'step', value: 'higher' }, 'COMMAND_NOT_FITTING'],
        [{ type: 'double', value: 'higher' }, 'MALFORMED_INPUT'],
        [{ type: 'step', value: 'on' }, 'MALFORMED_INPUT'],
        [{ type: 'double' }, 'MALFORMED_INPUT'],
        ['on', 'MALFORMED_INPUT'],
    ] as const)('refuses the command %j for a device that takes double commands', async (command, code) => {
        const selection = { terminalId: controlled, deviceId: 'Q0', command: command as unknown as ControlCommand };
        await expectFault(control.ledger.submit(controlCalls.select(selection), control.dispatcher), code);
    });

    it('lets one selection hold a device, and another device be selected meanwhile', async () => {
        const { operationId } = await control.select();
        const fault = await expectFault(control.select('Q0', 'off', control.otherDispatcher), 'DEVICE_BUSY');
        expect(fault).toMatchObject({ operationId, state: 'selected' });
        const command = { type: 'single', value: 'off' } as const;
        const other = controlCalls.select({ terminalId: controlled, deviceId: 'Q1', command });
        await expect(control.ledger.submit(other, control.dispatcher)).resolves.toMatchObject({ status: 200 });
    });

    it('lets one of two selections in one block win', async () => {
        const selection = {
            terminalId: controlled,
            deviceId: 'Q0',
            command: { type: 'double', value: 'off' },
        } as const;
        const block = [
            await control.ledger.endorse(controlCalls.select(selection), control.dispatcher),
            await control.ledger.endorse(controlCalls.select(selection), control.otherDispatcher),
        ];
        expect(control.ledger.commit(...block)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('takes steps of the newest operation alone, and only from whom they belong to', async () => {
        const operation = await control.select();
        const wrong = { ...operation, operationId: 'f'.repeat(64) };
        await expectFault(control.confirm(wrong), 'OPERATION_UNKNOWN');
        await expectFault(control.operate(operation), 'STEP_NOT_ALLOWED');
        await control.confirm(operation);
        await expectFault(control.operate(operation, control.otherDispatcher), 'SELECTED_BY_ANOTHER');
        await expectFault(control.confirm(operation), 'STEP_NOT_ALLOWED');
    });

    it('gives the device free when the terminal refuses, saying why', async () => {
        const operation = await control.select();
        const refusal = controlCalls.refuseSelection({ ...operation, reason: 'local operation' });
        await control.ledger.submit(refusal, control.terminal);
        expect(await control.operation()).toMatchObject({
            state: 'refused',
            lastStep: { reason: 'local operation', byName: 'FTU-1' },
        });
        await expect(control.select()).resolves.toBeDefined();
    });

    it('is told as unknown before the first selection', async () => {
        await expectFault(control.operation(), 'OPERATION_UNKNOWN');
        const unknown = controlCalls.queryDevice({ terminalId: controlled, deviceId: 'Q9' });
        await expectFault(control.ledger.evaluate(unknown, control.grid.reader), 'DEVICE_UNKNOWN');
        const nowhere = controlCalls.queryDevice({ terminalId: 'FTU-9', deviceId: 'Q0' });
        await expectFault(control.ledger.evaluate(nowhere, control.grid.reader), 'TERMINAL_UNKNOWN');
    });

    it('reads and writes few keys', async () => {
        const close = { terminalId: controlled, deviceId: 'Q0', command: { type: 'double', value: 'on' } } as const;
        const selected = await control.ledger.submit(controlCalls.select(close), control.dispatcher);
        const operation = { terminalId: controlled, deviceId: 'Q0', operationId: selected.transactionId };
        const steps = [
            selected,
            await control.confirm(operation),
            await control.operate(operation),
            await control.report(operation, 'on'),
        ];
        expect(steps.map(({ calls }) => [calls.gets, calls.puts])).toEqual([
            [6, 1],
            [2, 1],
            [6, 1],
            [2, 2],
        ]);
        control.ledger.nowMs += 1;
        const open = await control.select();
        const cancelled = controlCalls.cancel({ ...open, reason: 'x' });
        const { calls } = await control.ledger.submit(cancelled, control.dispatcher);
        expect([calls.gets, calls.puts]).toEqual([2, 1]);
    });
});

describe('time in an operation', () => {
    let control: ControlGrid;
    let operation: OperationName;

    beforeEach(async () => {
        control = await ControlGrid.start();
        operation = await control.select();
    });

    it('ends a step that comes too late, at the next call, and frees the device', async () => {
        control.ledger.nowMs += windowOf('selected') + 1;
        expect(await control.operation()).toMatchObject({ state: 'expired', lastStep: { step: 'select' } });
        expect(await expectFault(control.confirm(operation), 'OPERATION_EXPIRED')).toMatchObject({ state: 'selected' });
        await expect(control.select()).resolves.toBeDefined();
    });

    it('lets each step come at the last millisecond', async () => {
        control.ledger.nowMs += windowOf('selected');
        await control.confirm(operation);
        control.ledger.nowMs += windowOf('confirmed');
        await control.operate(operation);
        control.ledger.nowMs += windowOf('operating');
        await control.report(operation, 'off');
        expect(await control.operation()).toMatchObject({ state: 'reached' });
    });

    it('is judged by the record’s own time when the next client’s clock is slow', async () => {
        const start = control.ledger.nowMs;
        control.ledger.nowMs = start + windowOf('selected');
        await control.confirm(operation);
        control.ledger.nowMs = start + windowOf('selected') - toleranceMs;
        await control.operate(operation);
        expect(await control.operation()).toMatchObject({
            state: 'operating',
            lastMs: start + windowOf('selected'),
            expiresAtMs: start + windowOf('selected') + windowOf('operating'),
        });
    });

    it('went back when a client’s clock is slow by more than the tolerance', async () => {
        control.ledger.nowMs -= toleranceMs + 1;
        expect(await expectFault(control.confirm(operation), 'TIME_WENT_BACK')).toMatchObject({ toleranceMs });
        await expectFault(control.select(), 'TIME_WENT_BACK');
        control.ledger.nowMs += 1;
        await control.confirm(operation);
    });

    it('does not let a terminal with a fast clock hold an operation for longer', async () => {
        control.ledger.nowMs += windowOf('selected') + 1;
        await expectFault(control.confirm(operation), 'OPERATION_EXPIRED');
        expect((await control.operation()).lastMs).toBe(control.ledger.nowMs - windowOf('selected') - 1);
    });
});

describe('a terminal that is suspended in the middle of an operation', () => {
    let control: ControlGrid;
    let operation: OperationName;

    beforeEach(async () => {
        control = await ControlGrid.start();
        operation = await control.select();
        await control.confirm(operation);
    });

    const suspend = registrationCalls.suspend({ terminalId: controlled, reason: 'tampered' });

    it('is not operated', async () => {
        await control.ledger.submit(suspend, control.grid.operator);
        await expectFault(control.operate(operation), 'TERMINAL_SUSPENDED');
        await control.ledger.submit(registrationCalls.resume({ terminalId: controlled }), control.grid.operator);
        await expect(control.operate(operation)).resolves.toMatchObject({ status: 200 });
    });

    it('is not operated in the block in which it is suspended', async () => {
        const operate = await control.ledger.endorse(controlCalls.operate(operation), control.dispatcher);
        const suspended = await control.ledger.endorse(suspend, control.grid.operator);
        expect(control.ledger.commit(suspended, operate)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('reports nothing any more', async () => {
        await control.operate(operation);
        await control.ledger.submit(suspend, control.grid.operator);
        await expectFault(control.report(operation, 'off'), 'TERMINAL_SUSPENDED');
        control.ledger.nowMs += windowOf('operating') + 1;
        expect(await control.operation()).toMatchObject({ state: 'expired' });
        await expectFault(control.select(), 'TERMINAL_SUSPENDED');
    });
});

describe('dispatch authority that moves in the middle of an operation', () => {
    it('refuses the former holder, whose operation the new one cancels', async () => {
        const control = await ControlGrid.start();
        const operation = await control.select();
        await control.confirm(operation);
        await control.moveAuthority('PrimaryMSP');
        const fault = await expectFault(control.operate(operation), 'AUTHORITY_NOT_HELD');
        expect(fault).toMatchObject({ holder: 'PrimaryMSP', mspId: 'DispatchMSP' });
        await expectFault(control.operate(operation, control.foreignDispatcher), 'SELECTED_BY_ANOTHER');
        const cancel = controlCalls.cancel({ ...operation, reason: 'dispatch is lost' });
        await control.ledger.submit(cancel, control.foreignDispatcher);
        await expect(control.select('Q0', 'off', control.foreignDispatcher)).resolves.toBeDefined();
        await expectFault(control.select('Q1', 'off'), 'AUTHORITY_NOT_HELD');
    });
});

describe('names of control events', () => {
    it('tell state, terminal and device, and nothing of other events', () => {
        const name = { terminalId: 'FTU-S012', deviceId: 'Q0.1' };
        expect(readControlEventName(controlEventName('not-reached', name))).toEqual({ state: 'not-reached', ...name });
        for (const other of ['control.tagged', 'control.idle/a/b', 'measurement.set', 'control.selected/a', 'x/a/b']) {
            expect(readControlEventName(other)).toBeUndefined();
        }
    });
});
