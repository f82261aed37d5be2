import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Call, Page } from '../../chaincode/src/calls/call-api';
import type { ChaincodeFault } from '../../chaincode/src/faults/fault-api';
import {
    measurementCalls,
    measurementEvents,
    type NewestAnswer,
    type ReportedReading,
} from '../../chaincode/src/measurement/measurement-api';
import {
    registrationCalls,
    registrationEvents,
    type RenewalRecord,
} from '../../chaincode/src/registration/registration-api';
import { rolesCalls } from '../../chaincode/src/roles/roles-api';
import { waitUntil } from '../../network/backends/wait-until';
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway, type GatewayConnection } from '../../network/client/connect-gateway';
import { evaluateCall } from '../../network/client/evaluate-call';
import { followEvents, type EventFollower, type FollowedEvent } from '../../network/client/follow-events';
import { NativeCryptoSuite } from '../../network/client/native-crypto-suite';
import { provisionNetwork } from '../../network/client/provision-network';
import { readHeight, readTransaction } from '../../network/client/read-ledger';
import { submitCall, trySubmit } from '../../network/client/submit-call';
import { findIdentity } from '../../network/identities/find-identity';
import { identityNames, type Identity } from '../../network/identities/identity';
import { renewTerminalIdentity } from '../../network/identities/issue-identities';
import type { Medium } from '../../network/topology/network-model';
import { aTerminal } from '../support/a-network';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { describeOnEachBackEnd } from '../support/back-ends';
import { peersInStep } from '../support/scenario-network';
import { startTestNetwork, type TestNetwork } from '../support/start-test-network';

interface Elliptic {
    readonly ec: { readonly prototype: { sign: (...parts: unknown[]) => unknown } };
}
const ellipticSign = jest.spyOn(jest.requireActual<Elliptic>('elliptic').ec.prototype, 'sign');

const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};
const newcomer = 'DTU-B001';
const others = Array.from({ length: 9 }, (_, index) => `TTU-B10${index}`);
const outsider = 'FTU-S001';

describeOnEachBackEnd('the project’s contracts and client', (backEnd) => {
    let started: TestNetwork;
    let gate: GatewayConnection;
    let watch: CommitWatch;
    let follower: EventFollower;
    const events: FollowedEvent[] = [];
    const open = new Map<string, Promise<GatewayConnection>>();
    let signedBefore = 0;

    /** A connection for an identity; they share sockets and one commit stream, so that the test is quick. */
    function as(identity: string | Identity): Promise<GatewayConnection> {
        const named = typeof identity === 'string' ? findIdentity(started.identities, identity) : identity;
        const key = `${named.name} ${named.certificatePem}`;
        const connection =
            open.get(key) ?? connectGateway(started.running, named, { sharing: gate, commitWatch: watch });
        open.set(key, connection);
        return connection;
    }

    async function submit(identity: string | Identity, call: Call): Promise<unknown> {
        const { result } = await submitCall(await as(identity), call);
        await peersInStep(backEnd, started.running);
        return result;
    }

    async function expectRefusal(identity: string | Identity, call: Call, code: ChaincodeFault['code']): Promise<void> {
        const heightBefore = await readHeight(gate);
        const outcome = await trySubmit(await as(identity), call);
        expect(outcome).toMatchObject({ committed: false, fault: { code: 'CHAINCODE_FAULT', fault: { code } } });
        expect(await readHeight(gate)).toBe(heightBefore);
    }

    let lastMs = 0;
    function reading(terminalId: string, value = 10.2): Call {
        lastMs = Math.max(lastMs + 1, Date.now());
        return measurementCalls.set({
            terminalId,
            timeMs: lastMs,
            type: 'voltage',
            value,
            unit: 'kV',
            quality: 'valid',
        });
    }

    /** All pages of a terminal's past. */
    async function historyOf(terminalId: string): Promise<ReportedReading[]> {
        const readings: ReportedReading[] = [];
        let bookmark = '';
        do {
            const call = measurementCalls.queryHistory({ terminalId, pageSize: 100, bookmark });
            const page = (await evaluateCall(gate, call)) as Page<ReportedReading>;
            readings.push(...page.items);
            bookmark = page.bookmark;
        } while (bookmark !== '');
        return readings;
    }

    const primaryOperator = identityNames.operator('primary');

    beforeAll(async () => {
        const network = await aNetworkOnFreePorts({
            media: [epon],
            terminals: [
                ...[newcomer, ...others].map((id) => ({ ...aTerminal(id, 'PrimaryMSP'), medium: 'epon' })),
                { ...aTerminal(outsider, 'SwitchingMSP'), medium: 'epon' },
            ],
            roleHolders: {
                operator: ['PrimaryMSP', 'SwitchingMSP'],
                dispatcher: ['DispatchMSP'],
                supervisor: ['DispatchMSP'],
            },
        });
        signedBefore = NativeCryptoSuite.signatures;
        started = await startTestNetwork(network, { backEnd });
        gate = await connectGateway(started.running, findIdentity(started.identities, identityNames.admin('dispatch')));
        watch = await CommitWatch.open(gate);
        follower = await followEvents(gate, {
            fromBlock: 1,
            onEvent: (event) => {
                events.push(event);
            },
        });
    });

    afterAll(async () => {
        follower.stop();
        watch.close();
        gate.close();
        await started.stop();
    });

    describe('a terminal joins and reports', () => {
        it('is refused while nobody may confirm it', async () => {
            await expectRefusal(newcomer, reading(newcomer), 'TERMINAL_UNKNOWN');
            const confirm = registrationCalls.confirm({ terminalId: newcomer, clockToleranceMs: 5_000 });
            await expectRefusal(primaryOperator, confirm, 'ROLES_NOT_ASSIGNED');
        });

        it('sees the roles assigned once, by an administrator, and never again', async () => {
            const assign = rolesCalls.assignRoles(started.running.network.roleHolders);
            await expectRefusal(primaryOperator, assign, 'ADMIN_REQUIRED');
            await submit(identityNames.admin('dispatch'), assign);
            await expectRefusal(identityNames.admin('dispatch'), assign, 'ROLES_ALREADY_ASSIGNED');
        });

        it('asks for access, which its operator hears as an event, and may not report before it is confirmed', async () => {
            const location = { site: 'bus 4', feeder: '1', bus: '4', medium: 'epon' };
            const request = { terminalId: newcomer, kind: 'DTU', location, concentrators: [] } as const;
            await submit(newcomer, registrationCalls.requestAccess(request));
            await waitUntil(() => events.some(({ name }) => name === registrationEvents.requested), {
                deadlineMs: 10_000,
                forWhat: 'the event of the request',
            });
            await expectRefusal(newcomer, reading(newcomer), 'TERMINAL_NOT_CONFIRMED');
        });

        it('is confirmed by an operator of its own organisation only', async () => {
            const confirm = registrationCalls.confirm({ terminalId: newcomer, clockToleranceMs: 5_000 });
            await expectRefusal(newcomer, confirm, 'ROLE_REQUIRED');
            await expectRefusal(identityNames.operator('switching'), confirm, 'FOREIGN_TERMINAL');
            await submit(primaryOperator, confirm);
        });

        it('reports, is heard by the dispatch centre, and is queried', async () => {
            const { transactionId, times } = await submitCall(await as(newcomer), reading(newcomer, 10.31));
            expect(times.endorsedMs).toBeGreaterThanOrEqual(times.sentMs);
            expect(times.orderedMs).toBeLessThanOrEqual(times.finishedMs);
            const heard = await waitUntil(() => events.find((event) => event.transactionId === transactionId), {
                deadlineMs: 10_000,
                forWhat: 'the event of the reading',
            });
            expect(heard).toMatchObject({
                name: measurementEvents.set,
                payload: { terminalId: newcomer, value: 10.31 },
            });
            const answer = (await evaluateCall(gate, measurementCalls.query(newcomer))) as NewestAnswer;
            expect(answer.newest).toMatchObject({ value: 10.31, transactionId, source: 'set', late: false });
            expect(await readTransaction(gate, transactionId)).toMatchObject({
                code: 'VALID',
                creator: { name: newcomer, mspId: 'PrimaryMSP' },
                act: { call: 'measurement:Set', event: measurementEvents.set },
            });
        });

        it('is suspended by its operator, refused meanwhile, and reports again once it is resumed', async () => {
            const reason = 'maintenance';
            await submit(primaryOperator, registrationCalls.suspend({ terminalId: newcomer, reason }));
            await expectRefusal(newcomer, reading(newcomer), 'TERMINAL_SUSPENDED');
            await submit(primaryOperator, registrationCalls.resume({ terminalId: newcomer }));
            await submit(newcomer, reading(newcomer));
        });

        it('renews its certificate, and every act of the old one is refused from then on', async () => {
            const renewed = await renewTerminalIdentity(started.identities, newcomer, { now: new Date() });
            await submit(renewed, registrationCalls.requestRenewal({ terminalId: newcomer }));
            const ask = registrationCalls.listRenewals({ mspId: 'PrimaryMSP', pageSize: 10, bookmark: '' });
            const { items } = (await evaluateCall(gate, ask)) as Page<RenewalRecord>;
            const certificateSerial = items[0]?.certificate.serial ?? '';
            await expectRefusal(renewed, reading(newcomer), 'CERTIFICATE_UNKNOWN');
            await submit(primaryOperator, registrationCalls.renew({ terminalId: newcomer, certificateSerial }));
            await expectRefusal(newcomer, reading(newcomer), 'CERTIFICATE_REPLACED');
            await submit(renewed, reading(newcomer));
        });

        it('is not confirmed by an operator whose organisation may hold no operator, whatever its certificate says', async () => {
            const confirm = registrationCalls.confirm({ terminalId: newcomer, clockToleranceMs: 5_000 });
            await expectRefusal(identityNames.operator('dispatch'), confirm, 'ROLE_NOT_HELD_HERE');
        });

        it('is not reported for by a terminal of another organisation', async () => {
            const location = { site: 'bus 4', feeder: '1', bus: '4', medium: 'epon' };
            const request = { terminalId: outsider, kind: 'FTU', location, concentrators: [] } as const;
            await submit(outsider, registrationCalls.requestAccess(request));
            const confirm = registrationCalls.confirm({ terminalId: outsider, clockToleranceMs: 5_000 });
            await submit(identityNames.operator('switching'), confirm);
            await expectRefusal(outsider, reading(newcomer), 'FOREIGN_TERMINAL');
        });
    });

    describe('many terminals report at once', () => {
        it('are registered by provisioning, which leaves alone what is done already', async () => {
            const first = await provisionNetwork(started.running, started.identities);
            expect(first).toEqual({ rolesAssigned: false, registered: others.length, present: 2 });
            const second = await provisionNetwork(started.running, started.identities);
            expect(second).toEqual({ rolesAssigned: false, registered: 0, present: others.length + 2 });
        });

        it('lose nothing with 500 sets in flight: no conflict, and every reading is in the histories', async () => {
            const connections = await Promise.all(others.map(as));
            const outcomes = await Promise.all(
                Array.from({ length: 500 }, (_, index) => {
                    const connection = connections[index % connections.length] ?? gate;
                    return trySubmit(connection, reading(connection.identity.name, index));
                }),
            );
            expect(outcomes.filter(({ committed }) => !committed)).toEqual([]);
            const histories = await Promise.all(others.map(historyOf));
            const found = new Set(histories.flat().map(({ transactionId }) => transactionId));
            expect(outcomes.filter(({ transactionId }) => !found.has(transactionId))).toEqual([]);
        });

        it('lose nothing of a burst of 100 by one terminal', async () => {
            const [terminal = ''] = others;
            const connection = await as(terminal);
            const before = (await historyOf(terminal)).length;
            const outcomes = await Promise.all(
                Array.from({ length: 100 }, (_, index) => trySubmit(connection, reading(terminal, index))),
            );
            expect(outcomes.filter(({ committed }) => !committed)).toEqual([]);
            expect(await historyOf(terminal)).toHaveLength(before + 100);
        });

        it('are told apart from what the ledger never held: NOT_ON_LEDGER', async () => {
            await expect(readTransaction(gate, 'f'.repeat(64))).rejects.toMatchObject({
                fault: { code: 'NOT_ON_LEDGER' },
            });
        });

        it('signed all of it natively: elliptic was never called', () => {
            expect(NativeCryptoSuite.signatures - signedBefore).toBeGreaterThan(1_200);
            expect(ellipticSign).not.toHaveBeenCalled();
        });
    });
});
