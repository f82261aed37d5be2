import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { authorityCalls, type AuthorityRecord } from '../../chaincode/src/authority/authority-api';
import { controlCalls, type OperationRecord } from '../../chaincode/src/control/control-api';
import { killOrganization } from '../../network/backends/kill-organization';
import type { GatewayOptions } from '../../network/client/connect-gateway';
import { evaluateCall, tryEvaluate } from '../../network/client/evaluate-call';
import { MainStation, type HeardDisplacement } from '../../network/client/main-station';
import { moveAuthority } from '../../network/client/move-authority';
import { OrganizationDesk } from '../../network/client/organization-desk';
import { provisionNetwork } from '../../network/client/provision-network';
import { SimulatedTerminal } from '../../network/client/simulated-terminal';
import { submitCall, trySubmit } from '../../network/client/submit-call';
import { submitUntilCommitted } from '../../network/client/submit-until-committed';
import { identityNames } from '../../network/identities/identity';
import { describeOnEachBackEnd } from '../support/back-ends';
import { aControlledNetwork, until } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

const device = { terminalId: 'FTU-S001', deviceId: 'Q0' };
const opening = { ...device, command: { type: 'double', value: 'off' } } as const;
/** A network takes seconds to start; on a machine that is busy with other tests, a minute and more. */
const startDeadlineMs = 180_000;
const substations = ['PrimaryMSP', 'SwitchingMSP'];

describeOnEachBackEnd('a network that loses its dispatch centre', (backEnd) => {
    let started: TestNetwork;
    let dispatch: OrganizationDesk;
    let primary: OrganizationDesk;
    let switching: OrganizationDesk;
    let terminal: SimulatedTerminal;
    let interrupted: string;
    let takenOver: MainStation;
    const heard: HeardDisplacement[] = [];
    const errors: unknown[] = [];

    beforeAll(async () => {
        started = await startTestNetwork(await aControlledNetwork(), { backEnd });
        await provisionNetwork(started.running, started.identities);
        dispatch = await openDesk('dispatch');
        primary = await openDesk('primary', { endorsers: substations });
        switching = await openDesk('switching', { endorsers: substations });
        terminal = await SimulatedTerminal.start({
            connection: await primary.as(device.terminalId),
            noticesOf: primary.gate,
            onError: (error) => errors.push(error),
        });
    }, startDeadlineMs);

    afterAll(async () => {
        await terminal.stop();
        takenOver.close();
        for (const desk of [dispatch, primary, switching]) desk.close();
        await started.stop();
    });

    it('loses its dispatch centre in the middle of an operation', async () => {
        const notices = await primary.notices();
        const dispatcher = await dispatch.as(identityNames.dispatcher);
        interrupted = (await submitCall(dispatcher, controlCalls.select(opening))).transactionId;
        await until('the confirmation', () => notices.some((name) => name.startsWith('control.confirmed/')));
        const { running } = started;
        const { backend } = backEnd;
        const loss = await killOrganization(running.network, 'dispatch', (act, node) =>
            backend.change(running, act, node),
        );
        // One sequencer stands for all orderers of an embedded network.
        const ofEmbedded = ['peer0.dispatch.feeder.example', 'chaincode.dispatch.feeder.example'];
        const ofFabric = ['orderer.dispatch.feeder.example', ...ofEmbedded];
        expect(loss.killed).toEqual(backEnd.name === 'embedded' ? ofEmbedded : ofFabric);
        // What the dispatch centre’s own peer does not answer any more, the substations’ do.
        const called = controlCalls.queryOperation(device);
        expect(await tryEvaluate(dispatcher, called)).toMatchObject({ answered: true });
    });

    it('lets no substation operate before authority is moved', async () => {
        const dispatcher = await primary.as(identityNames.dispatcherOf('primary'));
        const selected = await trySubmit(dispatcher, controlCalls.select(opening));
        expect(selected).toMatchObject({ fault: { fault: { code: 'AUTHORITY_NOT_HELD', holder: 'DispatchMSP' } } });
    });

    it('gives authority to a substation, by operators of both substations', async () => {
        await moveTo('PrimaryMSP');
        const held = (await evaluateCall(primary.gate, authorityCalls.queryAuthority())) as AuthorityRecord;
        expect(held).toMatchObject({ holder: 'PrimaryMSP', former: 'DispatchMSP' });
    });

    it('lets that substation hear a displacement, within the limit', async () => {
        takenOver = await MainStation.open(await primary.as(identityNames.dispatcherOf('primary')), {
            onDisplacement: (displacement) => heard.push(displacement),
        });
        await terminal.reportDisplacement('Q0', { type: 'double', state: 'on' });
        const { afterMs } = await until('the displacement to be heard', () => heard[0]);
        expect(afterMs).toBeLessThan(started.running.network.limits.displacementMs);
    });

    it('lets it cancel what the dispatch centre left, and open the switch', async () => {
        const dispatcher = await primary.as(identityNames.dispatcherOf('primary'));
        const cancel = controlCalls.cancel({ ...device, operationId: interrupted, reason: 'dispatch is lost' });
        const cancelled = await trySubmit(dispatcher, cancel);
        // On a slow machine the operation has expired by now, which frees the device as well.
        const outcome = cancelled.committed ? 'cancelled' : cancelled.fault;
        expect([
            'cancelled',
            expect.objectContaining({ fault: expect.objectContaining({ code: 'OPERATION_EXPIRED' }) }),
        ]).toContainEqual(outcome);
        const { operation, times } = await takenOver.control(opening);
        expect(operation).toMatchObject({ state: 'reached', selectedBy: { mspId: 'PrimaryMSP' } });
        expect(times.finishedMs - times.sentMs).toBeGreaterThan(0);
    });

    it('refuses the dispatch centre’s dispatcher who comes back, until authority is handed back', async () => {
        const back = await primary.as(identityNames.dispatcher);
        const selected = await trySubmit(back, controlCalls.select(opening));
        expect(selected).toMatchObject({ fault: { fault: { code: 'AUTHORITY_NOT_HELD', holder: 'PrimaryMSP' } } });
        await moveTo('DispatchMSP');
        await submitUntilCommitted(back, controlCalls.select(opening), { lagging: ['AUTHORITY_NOT_HELD'] });
        const call = controlCalls.queryOperation(device);
        const operation = (await evaluateCall(primary.gate, call)) as OperationRecord;
        expect(operation.selectedBy).toEqual({ mspId: 'DispatchMSP', name: 'dispatcher' });
        expect(errors).toEqual([]);
    });

    async function openDesk(organization: string, options: GatewayOptions = {}): Promise<OrganizationDesk> {
        const { running, identities } = started;
        return OrganizationDesk.open(running, identities, identityNames.reader(organization), options);
    }

    async function moveTo(holder: string): Promise<void> {
        const proposer = await primary.as(identityNames.operator('primary'));
        const approver = await switching.as(identityNames.operator('switching'));
        await moveAuthority({ proposer, approver }, { holder, reason: 'the main station' });
    }
});
