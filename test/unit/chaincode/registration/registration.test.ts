import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Call } from '../../../../chaincode/src/calls/call-api';
import {
    registrationCalls,
    registrationEvents,
    registrationLimits,
    terminalStates,
    type RegistrationAct,
    type TerminalState,
} from '../../../../chaincode/src/registration/registration-api';
import { terminalStateTable } from '../../../../chaincode/src/registration/terminal-states';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { anAccessRequest, TestGrid, toleranceMs } from '../../../support/chaincode/test-grid';
import { newTerminalIdentity, newTestIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

const terminalId = 'TTU-1';
const operatorCalls = {
    confirm: registrationCalls.confirm({ terminalId, clockToleranceMs: toleranceMs }),
    suspend: registrationCalls.suspend({ terminalId, reason: 'tampered' }),
    resume: registrationCalls.resume({ terminalId }),
    retire: registrationCalls.retire({ terminalId, reason: 'scrapped' }),
    renew: registrationCalls.renew({ terminalId, certificateSerial: '00' }),
    'change-concentrators': registrationCalls.changeConcentrators({ terminalId, concentrators: ['DTU-1'] }),
} satisfies Partial<Record<RegistrationAct, Call>>;
const operatorActs = Object.entries(operatorCalls) as [keyof typeof operatorCalls, Call][];

describe('registration', () => {
    let grid: TestGrid;

    beforeEach(async () => {
        grid = await TestGrid.start();
    });

    const submit = (call: Call, identity: TestIdentity = grid.operator): ReturnType<TestGrid['ledger']['submit']> =>
        grid.ledger.submit(call, identity);

    /** Brings the terminal into a state by acts that lead there. */
    async function bringTo(state: TerminalState): Promise<TestIdentity> {
        const identity = await grid.request(terminalId);
        if (state !== 'requested') await submit(operatorCalls.confirm);
        if (state === 'suspended') await submit(operatorCalls.suspend);
        if (state === 'retired') await submit(operatorCalls.retire);
        return identity;
    }

    describe('RequestAccess', () => {
        it('records the terminal with key, serial and a unique id, and raises the event', async () => {
            const identity = await newTerminalIdentity(terminalId);
            const request = anAccessRequest({ concentrators: ['DTU-1'] });
            const { transactionId, event } = await submit(registrationCalls.requestAccess(request), identity);
            const transactionTimeMs = grid.ledger.nowMs;
            const lastAct = {
                act: 'request',
                byMspId: 'DispatchMSP',
                byName: terminalId,
                reason: null,
                transactionId,
                transactionTimeMs,
            };
            expect(await grid.terminal(terminalId)).toEqual({
                schemaVersion: 2,
                terminalId,
                onChainId: transactionId,
                kind: 'TTU',
                mspId: 'DispatchMSP',
                location: request.location,
                state: 'requested',
                certificate: { serial: identity.serial, publicKey: expect.stringMatching(/^MFkw[A-Za-z0-9+/=]{120}$/) },
                replacedSerials: [],
                concentrators: [{ terminalId: 'DTU-1', sinceMs: transactionTimeMs, untilMs: null }],
                devices: [],
                clockToleranceMs: null,
                lastAct,
            });
            expect(event).toMatchObject({
                name: registrationEvents.requested,
                payload: { terminalId, state: 'requested', location: request.location, lastAct },
            });
        });

        it('may be repeated, with what was wrong put right, until it is confirmed', async () => {
            const identity = await grid.request(terminalId, { kind: 'FTU' });
            const { onChainId } = await grid.terminal(terminalId);
            await submit(registrationCalls.requestAccess(anAccessRequest({ kind: 'DTU' })), identity);
            expect(await grid.terminal(terminalId)).toMatchObject({ kind: 'DTU', onChainId });
            await submit(operatorCalls.confirm);
            const again = submit(registrationCalls.requestAccess(anAccessRequest()), identity);
            expect(await expectFault(again, 'TERMINAL_EXISTS')).toMatchObject({ terminalId, state: 'registered' });
        });

        it('is refused for a retired id, which is not used again', async () => {
            const identity = await bringTo('retired');
            const again = submit(registrationCalls.requestAccess(anAccessRequest()), identity);
            expect(await expectFault(again, 'TERMINAL_EXISTS')).toMatchObject({ state: 'retired' });
        });

        it('is refused from another terminal, from no terminal, and for an id of another organisation', async () => {
            const call = registrationCalls.requestAccess(anAccessRequest());
            await expectFault(submit(call, await newTerminalIdentity('TTU-2')), 'NOT_THE_TERMINAL');
            await expectFault(submit(call, grid.operator), 'NOT_A_TERMINAL');
            await grid.request(terminalId);
            const foreign = await newTerminalIdentity(terminalId, { mspId: 'PrimaryMSP' });
            await expectFault(submit(call, foreign), 'FOREIGN_TERMINAL');
        });

        it.each([
            ['a label beyond its length', { site: 'x'.repeat(65) }, 'location.site', 'too-long'],
            ['an empty label', { bus: '' }, 'location.bus', 'too-few'],
            ['a key separator', { feeder: 'F\u0000' }, 'location.feeder', 'control-character'],
            ['half a surrogate pair', { feeder: '\ud800' }, 'location.feeder', 'control-character'],
        ])('refuses %s', async (_what, given, path, reason) => {
            const location = { ...anAccessRequest().location, ...given };
            const refused = grid.request(terminalId, { location });
            expect(await expectFault(refused, 'MALFORMED_INPUT')).toMatchObject({ path, reason });
        });

        it('refuses a concentrator named twice, or more of them than may serve at once', async () => {
            const twice = grid.request(terminalId, { concentrators: ['DTU-1', 'DTU-1'] });
            expect(await expectFault(twice, 'MALFORMED_INPUT')).toMatchObject({ reason: 'twice-the-same' });
            const concentrators = Array.from(
                { length: registrationLimits.concentrators + 1 },
                (_, index) => `DTU-${index}`,
            );
            const many = grid.request(terminalId, { concentrators });
            expect(await expectFault(many, 'MALFORMED_INPUT')).toMatchObject({ reason: 'too-many' });
        });

        it('refuses an identity whose terminal id could not be a key', async () => {
            const identity = await newTestIdentity({ attributes: { terminalId: 'T\u0000' } });
            await expectFault(submit(registrationCalls.requestAccess(anAccessRequest()), identity), 'NOT_A_TERMINAL');
        });
    });

    describe('an operator’s act', () => {
        const cases = terminalStates.flatMap((state) => operatorActs.map(([act, call]) => ({ state, act, call })));

        it.each(cases)('$act of a terminal that is $state follows the state table', async ({ state, act, call }) => {
            await bringTo(state);
            const next = terminalStateTable[state][act];
            if (next === undefined) {
                await expectFault(submit(call), state === 'retired' ? 'TERMINAL_RETIRED' : 'ACT_NOT_ALLOWED');
            } else if (act === 'renew') {
                await expectFault(submit(call), 'RENEWAL_UNKNOWN');
            } else {
                await submit(call);
            }
            expect((await grid.terminal(terminalId)).state).toBe(next ?? state);
        });

        it('is recorded with who did it, when, in which transaction and why, and raises its event', async () => {
            await bringTo('registered');
            grid.ledger.nowMs += 5_000;
            const { transactionId, event } = await submit(operatorCalls.suspend);
            const lastAct = {
                act: 'suspend',
                byMspId: 'DispatchMSP',
                byName: 'dispatch-operator',
                reason: 'tampered',
                transactionId,
                transactionTimeMs: grid.ledger.nowMs,
            };
            expect((await grid.terminal(terminalId)).lastAct).toEqual(lastAct);
            expect(event).toMatchObject({
                name: registrationEvents.suspended,
                payload: { terminalId, state: 'suspended', lastAct },
            });
        });

        it.each([
            ['requested', operatorCalls.confirm, registrationEvents.confirmed],
            ['suspended', operatorCalls.resume, registrationEvents.resumed],
            ['registered', operatorCalls.retire, registrationEvents.retired],
            ['registered', operatorCalls['change-concentrators'], registrationEvents.concentratorsChanged],
        ] as const)('on a terminal that is %s raises the event of the change', async (state, call, name) => {
            await bringTo(state);
            expect((await submit(call)).event?.name).toBe(name);
        });

        it.each(operatorActs)(
            '%s is refused from everybody but an operator of the organisation',
            async (_act, call) => {
                const identity = await bringTo('registered');
                const dispatcher = await newTestIdentity({ attributes: { role: 'dispatcher' } });
                const elsewhere = await newTestIdentity({ attributes: { role: 'operator' }, mspId: 'SwitchingMSP' });
                const inventive = await newTestIdentity({ attributes: { role: 'constructor' } });
                for (const caller of [identity, grid.reader, grid.admin, dispatcher, inventive]) {
                    await expectFault(submit(call, caller), 'ROLE_REQUIRED');
                }
                await expectFault(submit(call, grid.foreignOperator), 'FOREIGN_TERMINAL');
                const fault = await expectFault(submit(call, elsewhere), 'ROLE_NOT_HELD_HERE');
                expect(fault).toMatchObject({ role: 'operator', mspId: 'SwitchingMSP' });
            },
        );

        it.each(operatorActs)('%s is refused for a terminal that nobody requested', async (_act, call) => {
            await expectFault(submit(call), 'TERMINAL_UNKNOWN');
        });

        it('is refused before the roles are assigned', async () => {
            grid = await TestGrid.withoutRoles();
            await expectFault(submit(operatorCalls.confirm), 'ROLES_NOT_ASSIGNED');
        });
    });

    it('copies the clock tolerance of the medium when it confirms', async () => {
        await bringTo('requested');
        await submit(registrationCalls.confirm({ terminalId, clockToleranceMs: 750 }));
        expect((await grid.terminal(terminalId)).clockToleranceMs).toBe(750);
    });

    it('tells that an unknown terminal is unknown', async () => {
        await expectFault(grid.terminal('TTU-9'), 'TERMINAL_UNKNOWN');
    });

    describe('concentrators', () => {
        const change = (...concentrators: string[]): ReturnType<typeof submit> =>
            submit(registrationCalls.changeConcentrators({ terminalId, concentrators }));

        it('stay in the record with the term of each', async () => {
            await bringTo('registered');
            const start = grid.ledger.nowMs;
            for (const [index, names] of [['DTU-1'], ['DTU-1', 'DTU-2'], ['DTU-2'], ['DTU-1']].entries()) {
                grid.ledger.nowMs = start + index;
                await change(...names);
            }
            expect((await grid.terminal(terminalId)).concentrators).toEqual([
                { terminalId: 'DTU-1', sinceMs: start, untilMs: start + 2 },
                { terminalId: 'DTU-2', sinceMs: start + 1, untilMs: start + 3 },
                { terminalId: 'DTU-1', sinceMs: start + 3, untilMs: null },
            ]);
        });

        it('cannot have more terms than a query can afford to read', async () => {
            await bringTo('registered');
            for (let term = 0; term < registrationLimits.concentratorTerms; term += 1) {
                await change(`DTU-${term}`);
            }
            const fault = await expectFault(change('DTU-99'), 'TOO_MANY_CONCENTRATORS');
            expect(fault.limit).toBe(registrationLimits.concentratorTerms);
        });
    });
});
