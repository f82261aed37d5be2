import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
    controlCalls,
    type DeviceAnswer,
    type EffectiveOperation,
    type OperationRecord,
} from '../../chaincode/src/control/control-api';
import type { Page } from '../../chaincode/src/calls/call-api';
import { displacementCalls, type JudgedDisplacement } from '../../chaincode/src/displacement/displacement-api';
import { registrationCalls } from '../../chaincode/src/registration/registration-api';
import { evaluateCall } from '../../network/client/evaluate-call';
import { MainStation, type HeardDisplacement } from '../../network/client/main-station';
import { OrganizationDesk } from '../../network/client/organization-desk';
import { provisionNetwork } from '../../network/client/provision-network';
import { SimulatedTerminal, type TerminalBehaviour } from '../../network/client/simulated-terminal';
import { submitCall, trySubmit } from '../../network/client/submit-call';
import { submitUntilCommitted } from '../../network/client/submit-until-committed';
import { identityNames } from '../../network/identities/identity';
import { describeOnEachBackEnd } from '../support/back-ends';
import { aControlledNetwork, until } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const device = { terminalId: 'FTU-S001', deviceId: 'Q0' };
const opening = { ...device, command: { type: 'double', value: 'off' } } as const;
const closing = { ...device, command: { type: 'double', value: 'on' } } as const;

/** A network takes seconds to start; on a machine that is busy with other tests, a minute and more. */
const startDeadlineMs = 180_000;

describeOnEachBackEnd('a feeder’s breaker', (backEnd) => {
    let started: TestNetwork;
    let dispatch: OrganizationDesk;
    let primary: OrganizationDesk;
    let station: MainStation;
    let terminal: SimulatedTerminal;
    const heard: HeardDisplacement[] = [];
    const errors: unknown[] = [];
    /** Changed by the steps of this test. */
    let behaviour: TerminalBehaviour = {};

    beforeAll(async () => {
        started = await startTestNetwork(await aControlledNetwork(), { backEnd });
        await provisionNetwork(started.running, started.identities);
        dispatch = await OrganizationDesk.open(started.running, started.identities, identityNames.reader('dispatch'));
        primary = await OrganizationDesk.open(started.running, started.identities, identityNames.reader('primary'));
        station = await MainStation.open(await dispatch.as(identityNames.dispatcher), {
            onDisplacement: (displacement) => heard.push(displacement),
        });
        terminal = await SimulatedTerminal.start({
            connection: await primary.as(device.terminalId),
            noticesOf: primary.gate,
            behaviour: {
                refuses: (operation) => behaviour.refuses?.(operation),
                move: (operation) =>
                    behaviour.move?.(operation) ?? {
                        position: { type: 'double', state: operation.command.value as 'on' | 'off' },
                        reached: true,
                    },
            },
            onError: (error) => errors.push(error),
        });
    }, startDeadlineMs);

    afterAll(async () => {
        await terminal.stop();
        station.close();
        primary.close();
        dispatch.close();
        await started.stop();
    });

    it('trips by a fault, and the main station hears of it well within 30 s', async () => {
        const { report, transactionId } = await terminal.reportDisplacement('Q0', { type: 'double', state: 'off' });
        const told = await until('the displacement to be heard', () => heard[0]);
        expect(told).toMatchObject({ transactionId, displacement: { ...report, late: false } });
        expect(told.afterMs).toBeGreaterThan(0);
        expect(told.afterMs).toBeLessThan(started.running.network.limits.displacementMs);
    });

    it('tells of twenty changes at once, and none is lost', async () => {
        const states = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 'on' : 'off'));
        await Promise.all(states.map((state) => terminal.reportDisplacement('Q0', { type: 'double', state })));
        await until('all to be heard', () => heard.length === 21);
        const filter = { terminalId: device.terminalId, pageSize: 100, bookmark: '' };
        const call = displacementCalls.queryDisplacements(filter);
        const { items } = (await evaluateCall(dispatch.gate, call)) as Page<JudgedDisplacement>;
        expect(
            items.map(({ displacement, missingBefore, copies }) => [displacement.soe, missingBefore, copies]),
        ).toEqual(Array.from({ length: 21 }, (_, index) => [index + 1, 0, 1]));
    });

    it('is closed remotely: selected, confirmed, operated and reached, in this order', async () => {
        const notices = await primary.notices();
        const { operation, times } = await station.control(closing);
        expect(operation).toMatchObject({ state: 'reached', outcome: { position: { state: 'on' } } });
        expect(Object.values(times)).toEqual(Object.values(times).sort((one: number, other: number) => one - other));
        await until('the last notice', () => notices.length === 4);
        expect(notices).toEqual(
            ['selected', 'confirmed', 'operating', 'reached'].map((state) => `control.${state}/FTU-S001/Q0`),
        );
    });

    it('is not moved when the terminal refuses, and the dispatcher is told why', async () => {
        behaviour = { refuses: () => 'operated on the spot' };
        const { operation, times } = await station.control(opening);
        behaviour = {};
        expect(operation).toMatchObject({ state: 'refused', lastStep: { reason: 'operated on the spot' } });
        expect(times.operatedMs).toBeUndefined();
    });

    it('is told as not reached when it stops half-way', async () => {
        behaviour = { move: () => ({ position: { type: 'double', state: 'intermediate' }, reached: false }) };
        const { operation } = await station.control(opening);
        behaviour = {};
        expect(operation).toMatchObject({ state: 'not-reached', outcome: { position: { state: 'intermediate' } } });
    });

    it('is not closed onto an earth, nor moved with a hold tag, until both are gone', async () => {
        const operator = await primary.as(identityNames.operator('primary'));
        const answer = (await evaluateCall(dispatch.gate, controlCalls.queryDevice(device))) as DeviceAnswer;
        const [section = ''] = answer.device.sections;
        const earth = { ...device, section, earthId: 'E1', reason: 'cable work' };
        const tag = { ...device, kind: 'hold', reason: 'cable work' } as const;
        await submitCall(operator, controlCalls.placeEarth(earth));
        await expect(station.control(closing)).rejects.toMatchObject({ fault: { fault: { code: 'SECTION_EARTHED' } } });
        await submitCall(operator, controlCalls.tag(tag));
        await expect(station.control(opening)).rejects.toMatchObject({ fault: { fault: { code: 'DEVICE_TAGGED' } } });
        await submitUntilCommitted(operator, controlCalls.removeEarth(earth), { lagging: ['EARTH_UNKNOWN'] });
        await submitUntilCommitted(operator, controlCalls.untag(tag), { lagging: ['TAG_UNKNOWN'] });
        await expect(station.control(opening)).resolves.toMatchObject({ operation: { state: 'reached' } });
    });

    it('is not operated by somebody else than the dispatcher in authority', async () => {
        const substation = await primary.as(identityNames.dispatcherOf('primary'));
        const outcomes = [
            await trySubmit(substation, controlCalls.select(opening)),
            await trySubmit(await primary.as(identityNames.operator('primary')), controlCalls.select(opening)),
        ];
        expect(outcomes).toMatchObject([
            { committed: false, fault: { fault: { code: 'AUTHORITY_NOT_HELD' } } },
            { committed: false, fault: { fault: { code: 'ROLE_REQUIRED' } } },
        ]);
    });

    it('stays as it is when its terminal is suspended in the middle of an operation', async () => {
        const operator = await primary.as(identityNames.operator('primary'));
        const suspend = registrationCalls.suspend({ terminalId: device.terminalId, reason: 'tampered with' });
        // Between its confirmation and the dispatcher's next message: the drive is never asked to move.
        let moves = 0;
        behaviour = {
            refuses: () => undefined,
            move: () => {
                moves += 1;
                return { position: { type: 'double', state: 'off' }, reached: true };
            },
        };
        const dispatcher = await dispatch.as(identityNames.dispatcher);
        const notices = await primary.notices();
        const { transactionId: operationId } = await submitCall(dispatcher, controlCalls.select(opening));
        await until('the confirmation', () => notices.some((name) => name.startsWith('control.confirmed/')));
        await submitCall(operator, suspend);
        const operate = await trySubmit(dispatcher, controlCalls.operate({ ...device, operationId }));
        expect(operate).toMatchObject({ fault: { fault: { code: 'TERMINAL_SUSPENDED' } } });
        await expect(terminal.reportDisplacement('Q0', { type: 'double', state: 'off' })).rejects.toMatchObject({
            fault: { fault: { code: 'TERMINAL_SUSPENDED' } },
        });
        expect(moves).toBe(0);
        behaviour = {};
        const cancel = controlCalls.cancel({ ...device, operationId, reason: 'terminal suspended' });
        await submitCall(dispatcher, cancel);
        const resume = registrationCalls.resume({ terminalId: device.terminalId });
        await submitUntilCommitted(operator, resume, { lagging: ['ACT_NOT_ALLOWED'] });
        await until('the terminal to be resumed', () => notices.includes('registration.resumed'));
        await expect(station.control(closing)).resolves.toMatchObject({ operation: { state: 'reached' } });
    });

    it('tells when its terminal is silent: TERMINAL_SILENT, and the operation ends by its time', async () => {
        await terminal.stop();
        const hasty = await MainStation.open(await dispatch.as(identityNames.dispatcher), { answerDeadlineMs: 500 });
        const silent = hasty.control(opening);
        await expect(silent).rejects.toMatchObject({
            fault: { code: 'TERMINAL_SILENT', awaited: expect.stringContaining('confirmed') as unknown },
        });
        hasty.close();
        const asked = (await evaluateCall(dispatch.gate, controlCalls.queryOperation(device))) as EffectiveOperation;
        expect(asked.state).toBe('selected');
    });

    it('has a history that says who did what, and its terminal met no error', async () => {
        const call = controlCalls.queryOperationHistory({ ...device, pageSize: 100, bookmark: '' });
        const { items } = (await evaluateCall(dispatch.gate, call)) as Page<OperationRecord>;
        const steps = items.map(({ lastStep }) => `${lastStep.byName}: ${lastStep.step}`).reverse();
        expect(steps.slice(0, 6)).toEqual([
            'dispatcher: select',
            'FTU-S001: confirm',
            'dispatcher: operate',
            'FTU-S001: reach',
            'dispatcher: select',
            'FTU-S001: refuse',
        ]);
        expect(errors).toEqual([]);
    });
});
