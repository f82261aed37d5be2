import type { AssetRegistration } from '../../../chaincode/src/assets/assets-api';
import type { DataUseCharge } from '../../../chaincode/src/assets/data-use-api';

/** A breaker that every rule accepts; without measurements it needs no terminal. */
export function anAsset(given: Partial<AssetRegistration> = {}): AssetRegistration {
    return {
        assetId: 'CB-1',
        type: 'breaker',
        name: 'Feeder breaker F11',
        manufacturer: 'Maker',
        model: 'VCB-12',
        serialNumber: '4711',
        nameplate: [{ name: 'rated voltage', value: '12', unit: 'kV' }],
        measurements: [],
        ...given,
    };
}

/** A day's readings that the primary substation's organisation used. */
export function aCharge(given: Partial<DataUseCharge> = {}): DataUseCharge {
    return {
        assetId: 'CB-1',
        useId: '2026-1',
        consumerMspId: 'PrimaryMSP',
        fromMs: Date.UTC(2026, 4, 31),
        toMs: Date.UTC(2026, 5, 1),
        readings: 1_440,
        amount: 250,
        currency: 'CNY',
        ...given,
    };
}
