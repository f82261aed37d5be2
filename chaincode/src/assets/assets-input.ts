import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    identifier,
    label,
    listOf,
    malformed,
    oneOf,
    recordOf,
    text,
    wholeNumber,
    isPrintable,
    type Reader,
} from '../input/read-field';
import { readingTypes } from '../measurement/measurement-api';
import {
    assetAttributes,
    assetLimits,
    assetStates,
    assetTypes,
    type AssetFilter,
    type AssetRegistration,
    type AssetStateChange,
    type MeasurementBinding,
    type MeasurementReference,
    type NameplateEntry,
    type TransferAcceptance,
    type TransferFilter,
    type TransferOffer,
} from './assets-api';
import {
    dataUseLimits,
    dataUseSides,
    dataUseStates,
    type DataUseCharge,
    type DataUseFilter,
    type DataUseName,
    type DataUseReason,
    type DataUseSettlement,
} from './data-use-api';

const name = label(inputLimits.labelLength);
const reason = label(inputLimits.reasonLength);
const time = wholeNumber({ min: 0, max: inputLimits.timeMs });
const asset = { assetId: identifier };
const use = { ...asset, useId: identifier };
const unitText = text(inputLimits.labelLength);

/** A unit, or nothing. */
const unit: Reader<string> = (value, path) => {
    const read = unitText(value, path);
    if (!isPrintable(read)) {
        throw malformed(path, 'control-character');
    }
    return read;
};

const nameplateEntries = listOf(recordOf<NameplateEntry>({ name, value: name, unit }), {
    min: 0,
    max: assetLimits.nameplateEntries,
});
const references = listOf(recordOf<MeasurementReference>({ terminalId: identifier, type: oneOf(readingTypes) }), {
    min: 0,
    max: assetLimits.measurements,
});

/** A list that says nothing twice. */
function distinct<T>(list: Reader<readonly T[]>, keyOf: (item: T) => string): Reader<readonly T[]> {
    return (value, path) => {
        const read = list(value, path);
        const seen = new Set<string>();
        for (const [index, item] of read.entries()) {
            if (seen.has(keyOf(item))) {
                throw malformed(`${path}[${index}]`, 'twice-the-same');
            }
            seen.add(keyOf(item));
        }
        return read;
    };
}

const measurements = distinct(references, ({ terminalId, type }) => `${terminalId} ${type}`);

const currency: Reader<string> = (value, path) => {
    const read = label(3)(value, path);
    if (!/^[A-Z]{3}$/.test(read)) {
        throw malformed(path, 'not-one-of-the-known');
    }
    return read;
};

const chargeFields = recordOf<DataUseCharge>({
    ...use,
    consumerMspId: identifier,
    fromMs: time,
    toMs: time,
    readings: wholeNumber({ min: 1, max: dataUseLimits.readings }),
    amount: wholeNumber({ min: 0, max: dataUseLimits.amount }),
    currency,
});

/** A charge whose time does not end before it begins. */
const charge: Reader<DataUseCharge> = (value, path) => {
    const read = chargeFields(value, path);
    if (read.toMs < read.fromMs) {
        throw malformed('toMs', 'too-small');
    }
    return read;
};

/** Readers of what each transaction of the contract takes. */
export const assetsInput = {
    registration: recordOf<AssetRegistration>({
        ...asset,
        type: oneOf(assetTypes),
        name,
        manufacturer: name,
        model: name,
        serialNumber: name,
        nameplate: distinct(nameplateEntries, (entry) => entry.name),
        measurements,
    }),
    assetName: recordOf<{ readonly assetId: string }>(asset),
    stateChange: recordOf<AssetStateChange>({ ...asset, state: oneOf(assetStates), reason }),
    binding: recordOf<MeasurementBinding>({ ...asset, measurements }),
    offer: recordOf<TransferOffer>({ ...asset, toMspId: identifier }),
    acceptance: recordOf<TransferAcceptance>({ ...asset, offerTransactionId: identifier }),
    filter: recordOf<AssetFilter>({ attribute: oneOf(assetAttributes), value: identifier, ...pageFields }),
    transferFilter: recordOf<TransferFilter>({ ...asset, ...pageFields }),
    charge,
    useName: recordOf<DataUseName>(use),
    settlement: recordOf<DataUseSettlement>({ ...use, payment: name }),
    useReason: recordOf<DataUseReason>({ ...use, reason }),
    useFilter: recordOf<DataUseFilter>({
        mspId: identifier,
        side: oneOf(dataUseSides),
        state: oneOf(dataUseStates),
        ...pageFields,
    }),
} as const;
