import { beforeAll, describe, expect, it } from '@jest/globals';
import { authorityCalls } from '../../../../chaincode/src/authority/authority-api';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import { controlCalls, type OperationName } from '../../../../chaincode/src/control/control-api';
import { displacementCalls } from '../../../../chaincode/src/displacement/displacement-api';
import { decodeFault } from '../../../../chaincode/src/faults/fault-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { aDisplacement } from '../../../support/chaincode/a-displacement';
import { ControlGrid, controlled } from '../../../support/chaincode/control-grid';
import { someDevices } from '../../../support/chaincode/some-devices';
import { newTerminalIdentity, newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const callers = [
    'holder’s dispatcher',
    'dispatcher of another organisation',
    'dispatcher of an organisation that may have none',
    'operator of the terminal’s organisation',
    'operator of another organisation',
    'operator of an organisation that may have none',
    'supervisor',
    'administrator',
    'identity without role',
    'the terminal',
    'another terminal',
    'unregistered terminal',
] as const;
type Caller = (typeof callers)[number];

const dispatcher: readonly Caller[] = ['holder’s dispatcher'];
const terminal: readonly Caller[] = ['the terminal'];
const operator: readonly Caller[] = ['operator of the terminal’s organisation'];
const anyOperator: readonly Caller[] = [...operator, 'operator of another organisation'];
const names = ['D0', 'D1', 'D2', 'D3'] as const;
const page = { pageSize: 5, bookmark: '' };
const idle = { terminalId: controlled, deviceId: 'D0' };
const earth = { ...idle, section: 's', earthId: 'E1', reason: 'x' };

/** Devices stand at each state, so that every call is the next step of its device and only its caller decides. */
interface Stage {
    readonly selected: OperationName;
    readonly confirmed: OperationName;
    readonly operating: OperationName;
    readonly proposal: { readonly proposedBy: string; readonly proposalId: string };
}

/** Who may do what. Everybody else is refused, with nothing written. */
const rules: readonly (readonly [string, readonly Caller[], (stage: Stage) => Call])[] = [
    ['Select', dispatcher, () => controlCalls.select({ ...idle, command: { type: 'double', value: 'off' } })],
    ['ConfirmSelection', terminal, ({ selected }) => controlCalls.confirmSelection(selected)],
    ['RefuseSelection', terminal, ({ selected }) => controlCalls.refuseSelection({ ...selected, reason: 'x' })],
    ['Operate', dispatcher, ({ confirmed }) => controlCalls.operate(confirmed)],
    ['Cancel', dispatcher, ({ confirmed }) => controlCalls.cancel({ ...confirmed, reason: 'x' })],
    [
        'ReportOutcome',
        terminal,
        ({ operating }) =>
            controlCalls.reportOutcome({
                ...operating,
                reached: true,
                position: { type: 'double', state: 'off' },
                timeMs: 1,
                soe: 1,
            }),
    ],
    ['Tag', [...dispatcher, ...operator], () => controlCalls.tag({ ...idle, kind: 'lockout', reason: 'x' })],
    [
        'Untag',
        [...dispatcher, ...operator],
        () => controlCalls.untag({ ...idle, deviceId: 'D4', kind: 'hold', reason: 'x' }),
    ],
    ['PlaceEarth', operator, () => controlCalls.placeEarth({ ...earth, earthId: 'E2' })],
    ['RemoveEarth', operator, () => controlCalls.removeEarth(earth)],
    [
        'QueryOperation',
        callers,
        ({ selected: { terminalId, deviceId } }) => controlCalls.queryOperation({ terminalId, deviceId }),
    ],
    ['QueryDevice', callers, () => controlCalls.queryDevice(idle)],
    ['QueryOperationHistory', callers, () => controlCalls.queryOperationHistory({ ...idle, ...page })],
    ['QueryTagHistory', callers, () => controlCalls.queryTagHistory({ ...idle, ...page })],
    ['QueryEarthHistory', callers, () => controlCalls.queryEarthHistory({ section: 's', ...page })],
    ['ReportDisplacement', terminal, () => displacementCalls.reportDisplacement(aDisplacement({ deviceId: 'D0' }))],
    ['QueryDisplacements', callers, () => displacementCalls.queryDisplacements({ terminalId: controlled, ...page })],
    ['ProposeAuthority', anyOperator, () => authorityCalls.proposeAuthority({ holder: 'PrimaryMSP', reason: 'x' })],
    // Proposed by DispatchMSP: its own operator may not approve.
    [
        'ApproveAuthority',
        ['operator of another organisation'],
        ({ proposal }) => authorityCalls.approveAuthority(proposal),
    ],
    ['QueryAuthority', callers, () => authorityCalls.queryAuthority()],
    ['QueryAuthorityHistory', callers, () => authorityCalls.queryAuthorityHistory(page)],
    ['ListAuthorityProposals', callers, () => authorityCalls.listAuthorityProposals(page)],
    [
        'ChangeDevices',
        operator,
        () => registrationCalls.changeDevices({ terminalId: controlled, devices: someDevices }),
    ],
];

describe('who may do what', () => {
    let control: ControlGrid;
    let stage: Stage;
    let people: Readonly<Record<Caller, TestIdentity>>;

    beforeAll(async () => {
        const devices = [...names, 'D4'].map(
            (deviceId) => ({ deviceId, command: 'double', sections: ['s', 't'] }) as const,
        );
        control = await ControlGrid.start(devices);
        const { grid, ledger } = control;
        const [selected, confirmed, operating] = [
            await control.select('D1'),
            await control.select('D2'),
            await control.select('D3'),
        ];
        await control.confirm(confirmed);
        await control.confirm(operating);
        await control.operate(operating);
        await ledger.submit(controlCalls.tag({ ...idle, deviceId: 'D4', kind: 'hold', reason: 'x' }), grid.operator);
        await ledger.submit(controlCalls.placeEarth(earth), grid.operator);
        const proposed = authorityCalls.proposeAuthority({ holder: 'PrimaryMSP', reason: 'x' });
        const { transactionId: proposalId } = await ledger.submit(proposed, grid.operator);
        stage = { selected, confirmed, operating, proposal: { proposedBy: 'DispatchMSP', proposalId } };
        const withRole = (role: string, mspId = 'DispatchMSP'): Promise<TestIdentity> =>
            newTestIdentity({ attributes: { role }, mspId });
        people = {
            'holder’s dispatcher': control.dispatcher,
            'dispatcher of another organisation': control.foreignDispatcher,
            'dispatcher of an organisation that may have none': await withRole('dispatcher', 'GhostMSP'),
            'operator of the terminal’s organisation': grid.operator,
            'operator of another organisation': grid.foreignOperator,
            'operator of an organisation that may have none': await withRole('operator', 'GhostMSP'),
            supervisor: await withRole('supervisor'),
            administrator: grid.admin,
            'identity without role': grid.reader,
            'the terminal': control.terminal,
            'another terminal': await grid.register('FTU-2', { devices }),
            'unregistered terminal': await newTerminalIdentity('FTU-9'),
        };
    });

    it.each(rules)('%s', async (_transaction, allowed, callOf) => {
        const admitted: string[] = [];
        const refusals: unknown[] = [];
        for (const caller of callers) {
            const { status, message, writes } = await control.ledger.endorse(callOf(stage), people[caller]);
            if (status === 200) admitted.push(caller);
            else refusals.push({ caller, isCoded: decodeFault(message) !== undefined, written: writes.size });
        }
        expect(refusals).toEqual(
            callers
                .filter((caller) => !allowed.includes(caller))
                .map((caller) => ({ caller, isCoded: true, written: 0 })),
        );
        expect(admitted).toEqual(callers.filter((caller) => allowed.includes(caller)));
    });

    it('is told for every transaction of the three contracts', () => {
        const told = rules.map(([transaction]) => transaction).filter((transaction) => transaction !== 'ChangeDevices');
        const calls = [controlCalls, displacementCalls, authorityCalls].flatMap((domain) => Object.keys(domain));
        expect(told.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).sort()).toEqual(calls.sort());
    });
});
