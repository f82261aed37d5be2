import { beforeEach, describe, expect, it } from '@jest/globals';
import {
    measurementCalls,
    measurementEvents,
    type NewestAnswer,
    type ReadingInput,
    type ReportedReading,
} from '../../../../chaincode/src/measurement/measurement-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import { aReading } from '../../../support/chaincode/a-reading';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid, toleranceMs } from '../../../support/chaincode/test-grid';
import { newTerminalIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

describe('Set', () => {
    let grid: TestGrid;
    let terminal: TestIdentity;

    beforeEach(async () => {
        grid = await TestGrid.start();
        terminal = await grid.register('TTU-1');
    });

    function set(given: Partial<ReadingInput> = {}, identity = terminal): Promise<Simulation> {
        return grid.ledger.submit(measurementCalls.set(aReading(given)), identity);
    }

    it('stores the reading with who wrote it, when and in which transaction, and raises an event with the same', async () => {
        const simulation = await set({ value: 10.2 });
        const { newest } = await grid.ledger.evaluate<NewestAnswer>(measurementCalls.query('TTU-1'), grid.reader);
        const provenance = {
            reporter: 'TTU-1',
            transactionId: simulation.transactionId,
            transactionTimeMs: grid.ledger.nowMs,
        };
        expect(newest).toEqual({ ...aReading({ value: 10.2 }), late: false, source: 'set', ...provenance });
        expect(simulation.event).toEqual({
            name: measurementEvents.set,
            payload: { ...aReading({ value: 10.2 }), late: false, schemaVersion: 1, ...provenance },
        });
    });

    it('costs one get and one put when the terminal reports for itself', async () => {
        const { calls } = await set();
        expect(calls).toEqual({ gets: 1, puts: 1, deletes: 0, ranges: 0, histories: 0 });
    });

    it('costs two gets and one put when its concentrator reports for it', async () => {
        const concentrator = await grid.register('DTU-1');
        await grid.register('TTU-2', { concentrators: ['DTU-1'] });
        const { calls } = await set({ terminalId: 'TTU-2' }, concentrator);
        expect(calls).toEqual({ gets: 2, puts: 1, deletes: 0, ranges: 0, histories: 0 });
    });

    it('loses nothing of 500 in flight at once, from many terminals and in bursts of one', async () => {
        const others = await Promise.all(
            Array.from({ length: 9 }, (_, index) =>
                grid.register(`TTU-1${index}`).then((identity) => ({ identity, index })),
            ),
        );
        const senders = [{ identity: terminal, terminalId: 'TTU-1' }].concat(
            others.map(({ identity, index }) => ({ identity, terminalId: `TTU-1${index}` })),
        );
        const inFlight = await Promise.all(
            Array.from({ length: 500 }, (_, index) => {
                const { identity, terminalId } = senders[index % senders.length] ?? {
                    identity: terminal,
                    terminalId: '',
                };
                return grid.ledger.endorse(measurementCalls.set(aReading({ terminalId, value: index })), identity);
            }),
        );
        expect(grid.ledger.commit(...inFlight)).toEqual(Array.from({ length: 500 }, () => 'VALID'));
        const values = await Promise.all(
            senders.map(async ({ terminalId }) => {
                const call = measurementCalls.queryHistory({ terminalId, pageSize: 100, bookmark: '' });
                const page = await grid.ledger.evaluate<Page<ReportedReading>>(call, grid.reader);
                return page.items.map((reading) => reading.value);
            }),
        );
        expect(values.flat().sort((one, other) => one - other)).toEqual(
            Array.from({ length: 500 }, (_, index) => index),
        );
    });

    it('accepts a reading as far ahead of the transaction as the tolerance, and refuses one that is further', async () => {
        await set({ timeMs: grid.ledger.nowMs + toleranceMs });
        const fault = await expectFault(set({ timeMs: grid.ledger.nowMs + toleranceMs + 1 }), 'READING_FROM_FUTURE');
        expect(fault).toMatchObject({ aheadMs: toleranceMs + 1, clockToleranceMs: toleranceMs });
    });

    it('marks a reading late when it is older than the tolerance, and only then', async () => {
        const onTime = await set({ timeMs: grid.ledger.nowMs - toleranceMs });
        const late = await set({ timeMs: grid.ledger.nowMs - toleranceMs - 1 });
        const [first, second] = [onTime, late].map(({ event }) => (event?.payload as { late: boolean }).late);
        expect([first, second]).toEqual([false, true]);
    });

    it('does not let the client say itself whether a reading is late', async () => {
        const call = measurementCalls.set({ ...aReading(), late: false } as ReadingInput);
        const fault = await expectFault(grid.ledger.submit(call, terminal), 'MALFORMED_INPUT');
        expect(fault).toMatchObject({ path: 'late', reason: 'unknown-field' });
    });

    it('refuses a type that is not in the table', async () => {
        const fault = await expectFault(set({ type: 'weather' as 'voltage' }), 'READING_TYPE_UNKNOWN');
        expect(fault.type).toBe('weather');
        await expectFault(set({ type: 'toString' as 'voltage' }), 'READING_TYPE_UNKNOWN');
    });

    it('refuses a unit of another type', async () => {
        const fault = await expectFault(set({ type: 'current', unit: 'kV' }), 'READING_UNIT_UNKNOWN');
        expect(fault).toMatchObject({ type: 'current', unit: 'kV' });
    });

    it.each(['1e999', '-1e999', '"12"', 'null', 'true'])('refuses the value %s', async (value) => {
        const [argument] = measurementCalls.set(aReading({ value: 12_345 })).args;
        const args = [(argument ?? '').replace('12345', value)];
        const submitted = grid.ledger.submit({ ...measurementCalls.set(aReading()), args }, terminal);
        expect(await expectFault(submitted, 'MALFORMED_INPUT')).toMatchObject({ path: 'value' });
    });

    it.each([
        ['an id beyond its length', { terminalId: 'T'.repeat(65) }, 'terminalId', 'too-long'],
        ['an id with other characters', { terminalId: 'T/1' }, 'terminalId', 'not-an-identifier'],
        ['a unit beyond its length', { unit: 'k'.repeat(33) }, 'unit', 'too-long'],
        ['a control character', { unit: 'k\u0000V' }, 'unit', 'control-character'],
        ['a broken time', { timeMs: 1.5 }, 'timeMs', 'not-a-whole-number'],
        ['a time before 1970', { timeMs: -1 }, 'timeMs', 'too-small'],
        ['an unknown quality', { quality: 'late' as 'valid' }, 'quality', 'not-one-of-the-known'],
    ])('refuses %s', async (_what, given, path, reason) => {
        expect(await expectFault(set(given), 'MALFORMED_INPUT')).toMatchObject({ path, reason });
    });

    it('refuses a terminal that nobody registered', async () => {
        const unregistered = await newTerminalIdentity('TTU-9');
        await expectFault(set({ terminalId: 'TTU-9' }, unregistered), 'TERMINAL_UNKNOWN');
    });

    it('refuses a terminal that no operator confirmed', async () => {
        const requested = await grid.request('TTU-3');
        await expectFault(set({ terminalId: 'TTU-3' }, requested), 'TERMINAL_NOT_CONFIRMED');
    });

    it('refuses a suspended terminal until it is resumed', async () => {
        await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-1', reason: 'tampered' }), grid.operator);
        await expectFault(set(), 'TERMINAL_SUSPENDED');
        await grid.ledger.submit(registrationCalls.resume({ terminalId: 'TTU-1' }), grid.operator);
        await expect(set()).resolves.toMatchObject({ status: 200 });
    });

    it('refuses a retired terminal', async () => {
        await grid.ledger.submit(registrationCalls.retire({ terminalId: 'TTU-1', reason: 'scrapped' }), grid.operator);
        await expectFault(set(), 'TERMINAL_RETIRED');
    });

    it('refuses a certificate of another organisation that names the terminal', async () => {
        const foreign = await newTerminalIdentity('TTU-1', { mspId: 'PrimaryMSP' });
        const fault = await expectFault(set({}, foreign), 'FOREIGN_TERMINAL');
        expect(fault).toMatchObject({ mspId: 'DispatchMSP', callerMspId: 'PrimaryMSP' });
    });

    it('refuses a certificate of the own organisation that was never registered', async () => {
        await expectFault(set({}, await newTerminalIdentity('TTU-1')), 'CERTIFICATE_UNKNOWN');
    });

    it('refuses the registered serial number with another key', async () => {
        const twin = await newTerminalIdentity('TTU-1', { serial: terminal.serial });
        await expectFault(set({}, twin), 'CERTIFICATE_UNKNOWN');
    });

    it('refuses a replaced certificate and accepts the one that replaced it', async () => {
        const renewed = await grid.renew('TTU-1');
        const fault = await expectFault(set(), 'CERTIFICATE_REPLACED');
        expect(fault.certificateSerial).toBe(terminal.serial);
        await expect(set({}, renewed)).resolves.toMatchObject({ status: 200 });
    });

    it('refuses callers that are no terminal, whatever their role', async () => {
        await expectFault(set({}, grid.operator), 'NOT_A_TERMINAL');
        await expectFault(set({}, grid.reader), 'NOT_A_TERMINAL');
    });

    it('refuses a proposal without a timestamp', async () => {
        const submitted = grid.ledger.submit(measurementCalls.set(aReading()), terminal, { timeMs: null });
        await expectFault(submitted, 'TRANSACTION_TIME_UNUSABLE');
    });

    describe('by another terminal', () => {
        let concentrator: TestIdentity;

        beforeEach(async () => {
            concentrator = await grid.register('DTU-1');
            await grid.register('TTU-2', { concentrators: ['DTU-1'] });
        });

        it('is accepted from a concentrator of the registration, which the reading then names', async () => {
            const { event } = await set({ terminalId: 'TTU-2' }, concentrator);
            expect(event?.payload).toMatchObject({ terminalId: 'TTU-2', reporter: 'DTU-1' });
        });

        it('is refused from a terminal that the registration does not name', async () => {
            const fault = await expectFault(set({ terminalId: 'TTU-2' }, terminal), 'NOT_ITS_CONCENTRATOR');
            expect(fault).toMatchObject({ terminalId: 'TTU-2', reporter: 'TTU-1' });
        });

        it('is refused from a concentrator whose term has ended', async () => {
            const change = registrationCalls.changeConcentrators({ terminalId: 'TTU-2', concentrators: ['TTU-1'] });
            await grid.ledger.submit(change, grid.operator);
            await expectFault(set({ terminalId: 'TTU-2' }, concentrator), 'NOT_ITS_CONCENTRATOR');
            await expect(set({ terminalId: 'TTU-2' }, terminal)).resolves.toMatchObject({ status: 200 });
        });

        it('is refused for a terminal of another organisation, even if that names it', async () => {
            await grid.register('TTU-4', { concentrators: ['DTU-1'] }, 'PrimaryMSP');
            await expectFault(set({ terminalId: 'TTU-4' }, concentrator), 'FOREIGN_TERMINAL');
        });

        it('is refused while the concentrator itself is suspended', async () => {
            await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'DTU-1', reason: 'lost' }), grid.operator);
            const fault = await expectFault(set({ terminalId: 'TTU-2' }, concentrator), 'TERMINAL_SUSPENDED');
            expect(fault.terminalId).toBe('DTU-1');
        });

        it('is refused for a terminal that is suspended, retired or unknown', async () => {
            await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'TTU-2', reason: 'lost' }), grid.operator);
            await expectFault(set({ terminalId: 'TTU-2' }, concentrator), 'TERMINAL_SUSPENDED');
            await grid.ledger.submit(registrationCalls.retire({ terminalId: 'TTU-2', reason: 'lost' }), grid.operator);
            await expectFault(set({ terminalId: 'TTU-2' }, concentrator), 'TERMINAL_RETIRED');
            await expectFault(set({ terminalId: 'TTU-99' }, concentrator), 'TERMINAL_UNKNOWN');
        });
    });
});
