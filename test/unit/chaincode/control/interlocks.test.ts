import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Call, Page } from '../../../../chaincode/src/calls/call-api';
import {
    controlCalls,
    controlLimits,
    safetyEvents,
    type DeviceAnswer,
    type EarthAct,
    type EarthRecord,
    type TagKind,
    type TagRecord,
} from '../../../../chaincode/src/control/control-api';
import { ControlGrid, controlled } from '../../../support/chaincode/control-grid';
import { expectFault } from '../../../support/chaincode/expect-fault';
import type { Simulation } from '../../../support/chaincode/stub-ledger';
import { toleranceMs } from '../../../support/chaincode/test-grid';
import type { TestIdentity } from '../../../support/chaincode/test-identity';

const device = { terminalId: controlled, deviceId: 'Q0' };
const anEarth: EarthAct = { ...device, section: 'L12', earthId: 'E7', reason: 'cable work' };
const aTag = (kind: TagKind): Parameters<typeof controlCalls.tag>[0] => ({ ...device, kind, reason: 'men at work' });

describe('what stands in the way of an operation', () => {
    let control: ControlGrid;
    let operator: TestIdentity;

    beforeEach(async () => {
        control = await ControlGrid.start();
        operator = control.grid.operator;
    });

    function submit(call: Call, by: TestIdentity = operator): Promise<Simulation> {
        return control.ledger.submit(call, by);
    }

    async function answer(): Promise<DeviceAnswer> {
        return control.ledger.evaluate<DeviceAnswer>(controlCalls.queryDevice(device), control.grid.reader);
    }

    it.each([
        ['lockout', 'DEVICE_LOCKED_OUT'],
        ['hold', 'DEVICE_TAGGED'],
    ] as const)('a %s tag: neither selected nor operated until it is taken off', async (kind, code) => {
        const operation = await control.select();
        await control.confirm(operation);
        const tagged = await submit(controlCalls.tag(aTag(kind)));
        expect(tagged.event?.name).toBe(safetyEvents.tagged);
        await expectFault(control.operate(operation), code);
        await submit(controlCalls.cancel({ ...operation, reason: 'tagged' }), control.dispatcher);
        await expectFault(control.select(), code);
        expect((await answer()).tags).toMatchObject([{ kind, placedBy: { name: 'dispatch-operator' } }]);
        const untagged = await submit(controlCalls.untag(aTag(kind)));
        expect(untagged.event?.name).toBe(safetyEvents.untagged);
        await expect(control.select()).resolves.toBeDefined();
    });

    it('is told by the lockout where a device has both tags', async () => {
        await submit(controlCalls.tag(aTag('hold')));
        await submit(controlCalls.tag(aTag('lockout')));
        await expectFault(control.select(), 'DEVICE_LOCKED_OUT');
        await submit(controlCalls.untag(aTag('lockout')));
        await expectFault(control.select(), 'DEVICE_TAGGED');
    });

    it('a tag of one device leaves the others alone, and exists once', async () => {
        await submit(controlCalls.tag({ ...aTag('hold'), deviceId: 'Q1' }));
        await expect(control.select()).resolves.toBeDefined();
        await expectFault(submit(controlCalls.tag({ ...aTag('hold'), deviceId: 'Q1' })), 'TAG_EXISTS');
        await expectFault(submit(controlCalls.untag(aTag('hold'))), 'TAG_UNKNOWN');
    });

    it.each(['B42', 'L12'])('an earth on section %s: the switch opens, and does not close', async (section) => {
        await submit(controlCalls.placeEarth({ ...anEarth, section }));
        const fault = await expectFault(control.select('Q0', 'on'), 'SECTION_EARTHED');
        expect(fault).toMatchObject({ section, earthId: 'E7' });
        await expect(control.select('Q0', 'off')).resolves.toBeDefined();
        expect((await answer()).earthedSections).toEqual([section]);
    });

    it('an earth that comes between selection and operation', async () => {
        const operation = await control.select('Q0', 'on');
        await control.confirm(operation);
        await submit(controlCalls.placeEarth(anEarth));
        await expectFault(control.operate(operation), 'SECTION_EARTHED');
    });

    it('an earth that is placed in the block in which the switch is operated', async () => {
        const operation = await control.select('Q0', 'on');
        await control.confirm(operation);
        const operate = await control.ledger.endorse(controlCalls.operate(operation), control.dispatcher);
        const place = await control.ledger.endorse(controlCalls.placeEarth(anEarth), operator);
        expect(control.ledger.commit(place, operate)).toEqual(['VALID', 'MVCC_READ_CONFLICT']);
    });

    it('a section shared by two switches: neither closes while either crew’s earth is on it', async () => {
        await submit(controlCalls.placeEarth({ ...anEarth, section: 'B42' }));
        await submit(controlCalls.placeEarth({ ...anEarth, section: 'B42', deviceId: 'Q1', earthId: 'E8' }));
        await submit(controlCalls.removeEarth({ ...anEarth, section: 'B42' }));
        await expectFault(control.select('Q0', 'on'), 'SECTION_EARTHED');
        await submit(controlCalls.removeEarth({ ...anEarth, section: 'B42', earthId: 'E8' }));
        await expect(control.select('Q0', 'on')).resolves.toBeDefined();
    });

    it('an earth is placed on a section of the device, once, and removed by those who placed it', async () => {
        await expectFault(submit(controlCalls.placeEarth({ ...anEarth, section: 'L13' })), 'SECTION_UNKNOWN');
        await submit(controlCalls.placeEarth(anEarth));
        await expectFault(submit(controlCalls.placeEarth(anEarth)), 'EARTH_EXISTS');
        await expectFault(submit(controlCalls.removeEarth({ ...anEarth, earthId: 'E9' })), 'EARTH_UNKNOWN');
        const neighbour = { ...anEarth, terminalId: 'FTU-2' };
        await control.grid.register(
            'FTU-2',
            { kind: 'FTU', devices: [{ deviceId: 'Q0', command: 'double', sections: ['L12', 'L99'] }] },
            'PrimaryMSP',
        );
        const fault = await expectFault(
            submit(controlCalls.removeEarth(neighbour), control.grid.foreignOperator),
            'EARTH_OF_OTHERS',
        );
        expect(fault.mspId).toBe('DispatchMSP');
        await expectFault(submit(controlCalls.removeEarth(anEarth), control.grid.foreignOperator), 'FOREIGN_TERMINAL');
    });

    it('a section has no more earths than its record keeps', async () => {
        for (let index = 0; index < controlLimits.earths; index++) {
            await submit(controlCalls.placeEarth({ ...anEarth, earthId: `E${index}` }));
        }
        const one = controlCalls.placeEarth({ ...anEarth, earthId: 'one-more' });
        expect(await expectFault(submit(one), 'TOO_MANY_EARTHS')).toMatchObject({ limit: controlLimits.earths });
    });

    it('tags and earths may be placed by nobody whose clock is behind the newest act', async () => {
        await submit(controlCalls.tag(aTag('hold')));
        await submit(controlCalls.placeEarth(anEarth));
        control.ledger.nowMs -= toleranceMs + 1;
        await expectFault(submit(controlCalls.untag(aTag('hold'))), 'TIME_WENT_BACK');
        await expectFault(submit(controlCalls.tag(aTag('lockout'))), 'TIME_WENT_BACK');
        await expectFault(submit(controlCalls.removeEarth(anEarth)), 'TIME_WENT_BACK');
        await expectFault(submit(controlCalls.placeEarth({ ...anEarth, earthId: 'E9' })), 'TIME_WENT_BACK');
    });

    it('their histories tell who placed and who removed', async () => {
        await submit(controlCalls.tag(aTag('hold')), control.dispatcher);
        await submit(controlCalls.untag(aTag('hold')));
        await submit(controlCalls.placeEarth(anEarth));
        await submit(controlCalls.removeEarth(anEarth));
        const page = { pageSize: 10, bookmark: '' };
        const tags = controlCalls.queryTagHistory({ ...device, ...page });
        const earths = controlCalls.queryEarthHistory({ section: 'L12', ...page });
        const histories = [
            await control.ledger.evaluate<Page<TagRecord>>(tags, control.grid.reader),
            await control.ledger.evaluate<Page<EarthRecord>>(earths, control.grid.reader),
        ];
        expect(histories.map(({ items }) => items.map(({ lastAct }) => [lastAct.act, lastAct.by.name]))).toEqual([
            [
                ['remove', 'dispatch-operator'],
                ['place', 'dispatcher'],
            ],
            [
                ['remove', 'dispatch-operator'],
                ['place', 'dispatch-operator'],
            ],
        ]);
    });
});
