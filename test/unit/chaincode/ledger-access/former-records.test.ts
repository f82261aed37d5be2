import { describe, expect, it } from '@jest/globals';
import type { ChaincodeStub } from 'fabric-shim-api';
import { ContractError } from '../../../../chaincode/src/faults/contract-error';
import {
    StateRepository,
    type RecordSchema,
    type VersionedRecord,
} from '../../../../chaincode/src/ledger-access/state-repository';
import { terminalSchema } from '../../../../chaincode/src/registration/terminal-schema';

/** A record's third version: the first had a name only, the second a voltage in kV, the third has it in V. */
interface Busbar extends VersionedRecord {
    readonly schemaVersion: 3;
    readonly name: string;
    readonly voltageV: number | null;
}
interface BusbarOfVersion2 extends VersionedRecord {
    readonly name: string;
    readonly voltageKv: number | null;
}
const schema: RecordSchema<Busbar> = {
    version: 3,
    upgrades: {
        1: (former) => ({ ...former, schemaVersion: 2, voltageKv: null }),
        2: (former) => {
            const { name, voltageKv } = former as BusbarOfVersion2;
            return { schemaVersion: 3, name, voltageV: voltageKv === null ? null : voltageKv * 1_000 } as Busbar;
        },
    },
};

/** What a former version of the contract wrote, under the one key there is. */
function repositoryOver(written: string): { readonly busbars: StateRepository<Busbar>; readonly text: () => string } {
    let value = Buffer.from(written);
    const stub: Partial<ChaincodeStub> = {
        createCompositeKey: (type, attributes) => [type, ...attributes].join('/'),
        getState: () => Promise.resolve(value),
        putState: (_key, bytes) => {
            value = Buffer.from(bytes);
            return Promise.resolve();
        },
    };
    return {
        busbars: new StateRepository(stub as ChaincodeStub, 'asset', schema),
        text: () => value.toString(),
    };
}

describe('terminals', () => {
    it.each([
        ['without devices, of before there were any', {}, []],
        ['with devices', { devices: [{ deviceId: 'Q0', command: 'double', sections: ['a', 'b'] }] }, undefined],
    ])('of version 1 are read %s', (_title, given, expected) => {
        const former = { schemaVersion: 1, terminalId: 'T', state: 'registered', ...given };
        const devices = expected ?? (given as { devices?: unknown }).devices;
        expect(terminalSchema.upgrades[1]?.(former)).toEqual({ ...former, devices, schemaVersion: 2 });
    });
});

describe('records of former versions', () => {
    it.each([
        ['{"name":"B1","schemaVersion":1}', null],
        ['{"name":"B1","schemaVersion":2,"voltageKv":10}', 10_000],
        ['{"name":"B1","schemaVersion":3,"voltageV":10500}', 10_500],
    ])('are read as present ones: %s', async (written, voltageV) => {
        const { busbars, text } = repositoryOver(written);
        expect(await busbars.find('B1')).toEqual({ schemaVersion: 3, name: 'B1', voltageV });
        expect(text()).toBe(written);
    });

    it('are written anew in the present version', async () => {
        const { busbars, text } = repositoryOver('{"name":"B1","schemaVersion":2,"voltageKv":10}');
        const found = await busbars.find('B1');
        if (found !== undefined) await busbars.put(found, 'B1');
        expect(text()).toBe('{"name":"B1","schemaVersion":3,"voltageV":10000}');
    });

    it.each([
        ['of a newer version', '{"schemaVersion":4}', 4],
        ['of a version that nobody upgrades', '{"schemaVersion":0}', 0],
        ['of a version named like what every object has', '{"schemaVersion":"constructor"}', null],
        ['without a version', '{"name":"B1"}', null],
        ['that are no objects', 'null', null],
        ['that are not JSON', 'B1', null],
    ])('%s are refused', async (_title, written, schemaVersion) => {
        const refusal: unknown = await repositoryOver(written)
            .busbars.find('B1')
            .catch((error: unknown) => error);
        expect(refusal).toBeInstanceOf(ContractError);
        expect((refusal as ContractError).fault).toEqual({
            code: 'RECORD_UNREADABLE',
            record: 'asset',
            schemaVersion,
        });
    });
});
