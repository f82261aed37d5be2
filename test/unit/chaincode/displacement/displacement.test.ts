import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Page } from '../../../../chaincode/src/calls/call-api';
import {
    displacementCalls,
    displacementEvents,
    transmissionCauseNames,
    transmissionCauses,
    type DisplacementFilter,
    type DisplacementInput,
    type JudgedDisplacement,
} from '../../../../chaincode/src/displacement/displacement-api';
import { registrationCalls } from '../../../../chaincode/src/registration/registration-api';
import { aDisplacement } from '../../../support/chaincode/a-displacement';
import { expectFault } from '../../../support/chaincode/expect-fault';
import { someDevices } from '../../../support/chaincode/some-devices';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { TestGrid, toleranceMs } from '../../../support/chaincode/test-grid';
import { newTerminalIdentity, type TestIdentity } from '../../../support/chaincode/test-identity';

describe('ReportDisplacement', () => {
    let grid: TestGrid;
    let terminal: TestIdentity;

    beforeEach(async () => {
        grid = await TestGrid.start();
        terminal = await grid.register('FTU-1', { kind: 'FTU', devices: someDevices });
    });

    function report(given: Partial<DisplacementInput> = {}, identity = terminal): Promise<Simulation> {
        return grid.ledger.submit(displacementCalls.reportDisplacement(aDisplacement(given)), identity);
    }

    function query(given: Partial<DisplacementFilter> = {}): Promise<Page<JudgedDisplacement>> {
        const filter = { terminalId: 'FTU-1', pageSize: 100, bookmark: '', ...given };
        return grid.ledger.evaluate(displacementCalls.queryDisplacements(filter), grid.reader);
    }

    async function everyPage(pageSize: number): Promise<JudgedDisplacement[]> {
        const items: JudgedDisplacement[] = [];
        let bookmark = '';
        do {
            const page = await query({ pageSize, bookmark });
            items.push(...page.items);
            bookmark = page.bookmark;
        } while (bookmark !== '');
        return items;
    }

    it('stores what was reported with its transaction, and raises an event with the same', async () => {
        const { event, transactionId } = await report({ cause: 'local-command' });
        const record = {
            ...aDisplacement({ cause: 'local-command' }),
            schemaVersion: 1,
            late: false,
            transactionId,
            transactionTimeMs: grid.ledger.nowMs,
        };
        expect(event).toEqual({ name: displacementEvents.reported, payload: record });
        expect((await query()).items).toEqual([
            { displacement: record, copies: 1, contradicted: false, missingBefore: 0, outOfOrder: false },
        ]);
    });

    it('costs one get and one put', async () => {
        expect((await report()).calls).toEqual({ gets: 1, puts: 1, deletes: 0, ranges: 0, histories: 0 });
    });

    it('keeps all of twenty reports of one terminal in one block', async () => {
        const inFlight = await Promise.all(
            Array.from({ length: 20 }, (_, soe) =>
                grid.ledger.endorse(displacementCalls.reportDisplacement(aDisplacement({ soe })), terminal),
            ),
        );
        expect(grid.ledger.commit(...inFlight)).toEqual(Array.from({ length: 20 }, () => 'VALID'));
        const { items } = await query();
        expect(items.map(({ displacement }) => displacement.soe)).toEqual(Array.from({ length: 20 }, (_, soe) => soe));
    });

    it.each([1, 2, 3, 100])('tells gaps and times out of order, by pages of %i as well', async (pageSize) => {
        const { nowMs } = grid.ledger;
        for (const [soe, aheadMs] of [
            [7, 0],
            [10, 100],
            [8, 200],
            [100, 50],
        ] as const) {
            await report({ soe, timeMs: nowMs + aheadMs });
        }
        const judged = await everyPage(pageSize);
        expect(
            judged.map(({ displacement, missingBefore, outOfOrder }) => [displacement.soe, missingBefore, outOfOrder]),
        ).toEqual([
            [7, 0, false],
            [8, 0, false],
            [10, 1, true],
            [100, 89, true],
        ]);
    });

    it('keeps the first of two reports under one number, and tells whether the copy says the same', async () => {
        const { transactionId } = await report({ soe: 1 });
        await report({ soe: 1 });
        await report({ soe: 2 });
        await report({ soe: 2, position: { type: 'double', state: 'on' } });
        const { items } = await query();
        expect(items).toMatchObject([
            { copies: 2, contradicted: false, displacement: { transactionId } },
            { copies: 2, contradicted: true, displacement: { position: { state: 'off' } } },
        ]);
    });

    it('begins where it is asked to', async () => {
        for (const soe of [3, 20, 100]) await report({ soe });
        const { items } = await query({ fromSoe: 4 });
        expect(items.map(({ displacement }) => displacement.soe)).toEqual([20, 100]);
    });

    it('keeps the reports of two terminals apart', async () => {
        const other = await grid.register('FTU-10', { kind: 'FTU', devices: someDevices });
        await report();
        await report({ terminalId: 'FTU-10', soe: 2 }, other);
        expect((await query()).items.map(({ displacement }) => displacement.soe)).toEqual([1]);
    });

    it.each([
        'x',
        '[]',
        '{}',
        'null',
        '[1,1,0]',
        '[2,1]',
        '[2,-1,0]',
        '[1e300,0,0]',
        '["2",1,0]',
        '[1000000000000,1,0]',
    ])('refuses the bookmark %s', async (bookmark) => {
        await expectFault(query({ bookmark }), 'BOOKMARK_UNKNOWN');
    });

    it.each([
        ['a single point', { deviceId: 'Q1', position: { type: 'single', state: 'on' } }],
        ['a double point', { position: { type: 'double', state: 'intermediate' } }],
        ['a step position', { deviceId: 'T1', position: { type: 'step', step: -3 } }],
    ] as const)('accepts %s of a device that has one', async (_what, given) => {
        expect((await report(given)).event?.payload).toMatchObject(given);
    });

    it('refuses a position of another type than the device', async () => {
        const fault = await expectFault(report({ position: { type: 'single', state: 'on' } }), 'POSITION_NOT_FITTING');
        expect(fault).toMatchObject({ deviceId: 'Q0', type: 'single', needed: 'double' });
    });

    it.each([
        [{ type: 'single', state: 'intermediate' }, 'position.state'],
        [{ type: 'double' }, 'position.state'],
        [{ type: 'step', step: 64 }, 'position.step'],
        [{ type: 'step', step: 1, state: 'on' }, 'position.state'],
        [{ type: 'triple', state: 'on' }, 'position.type'],
        [{ state: 'on' }, 'position.type'],
        ['on', 'position'],
    ])('refuses the position %j', async (position, path) => {
        const submitted = report({ position: position as DisplacementInput['position'] });
        expect(await expectFault(submitted, 'MALFORMED_INPUT')).toMatchObject({ path });
    });

    it('refuses a device that its registration does not have, until an operator gives it one', async () => {
        await expectFault(report({ deviceId: 'Q9' }), 'DEVICE_UNKNOWN');
        const devices = [{ deviceId: 'Q9', command: 'double', sections: ['a', 'b'] }] as const;
        await grid.ledger.submit(registrationCalls.changeDevices({ terminalId: 'FTU-1', devices }), grid.operator);
        await expect(report({ deviceId: 'Q9' })).resolves.toMatchObject({ status: 200 });
        await expectFault(report({ deviceId: 'Q0' }), 'DEVICE_UNKNOWN');
    });

    it.each([
        [[{ deviceId: 'Q0', command: 'double', sections: ['a'] }], 'devices[0].sections', 'too-few'],
        [[{ deviceId: 'Q0', command: 'double', sections: ['a', 'a'] }], 'devices[0].sections[1]', 'twice-the-same'],
        [[{ deviceId: 'T1', command: 'step', sections: ['a', 'b'] }], 'devices[0].sections', 'too-many'],
        [[...someDevices, ...someDevices], 'devices[3].deviceId', 'twice-the-same'],
    ] as const)('refuses the devices %j in a registration', async (devices, path, reason) => {
        const changed = grid.ledger.submit(
            registrationCalls.changeDevices({ terminalId: 'FTU-1', devices: [...devices] }),
            grid.operator,
        );
        expect(await expectFault(changed, 'MALFORMED_INPUT')).toMatchObject({ path, reason });
    });

    it('refuses a time further ahead than the tolerance, and marks one further behind as late', async () => {
        const { nowMs } = grid.ledger;
        await report({ timeMs: nowMs + toleranceMs });
        const fault = await expectFault(report({ timeMs: nowMs + toleranceMs + 1 }), 'DISPLACEMENT_FROM_FUTURE');
        expect(fault).toMatchObject({ aheadMs: toleranceMs + 1, clockToleranceMs: toleranceMs });
        const [onTime, late] = [
            await report({ soe: 2, timeMs: nowMs - toleranceMs }),
            await report({ soe: 3, timeMs: nowMs - toleranceMs - 1 }),
        ];
        expect([onTime, late].map(({ event }) => (event?.payload as { late: boolean }).late)).toEqual([false, true]);
    });

    it('names each cause with its number of IEC 60870-5-101', async () => {
        for (const [index, cause] of transmissionCauseNames.entries()) {
            await expect(report({ cause, soe: index })).resolves.toMatchObject({ status: 200 });
        }
        expect(transmissionCauses).toMatchObject({ spontaneous: 3, 'remote-command': 11, 'local-command': 12 });
    });

    it('is refused from everybody but the terminal itself, in service and with its certificate', async () => {
        const concentrator = await grid.register('DTU-1');
        await expectFault(report({}, concentrator), 'NOT_THE_TERMINAL');
        await expectFault(report({}, grid.operator), 'NOT_A_TERMINAL');
        await expectFault(report({}, grid.reader), 'NOT_A_TERMINAL');
        await expectFault(report({}, await newTerminalIdentity('FTU-1')), 'CERTIFICATE_UNKNOWN');
        await expectFault(report({}, await newTerminalIdentity('FTU-1', { mspId: 'PrimaryMSP' })), 'FOREIGN_TERMINAL');
        await expectFault(report({ terminalId: 'FTU-9' }, await newTerminalIdentity('FTU-9')), 'TERMINAL_UNKNOWN');
        await grid.ledger.submit(registrationCalls.suspend({ terminalId: 'FTU-1', reason: 'x' }), grid.operator);
        await expectFault(report(), 'TERMINAL_SUSPENDED');
    });
});
