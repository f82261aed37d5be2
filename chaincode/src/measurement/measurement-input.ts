import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import { finiteNumber, identifier, label, listOf, oneOf, recordOf, wholeNumber } from '../input/read-field';
import { measurementLimits, qualities, type FeederFilter, type HistoryFilter } from './measurement-api';
import type { ClaimedReading } from './measurement-rules';

const claimedReading = recordOf<ClaimedReading>({
    terminalId: identifier,
    timeMs: wholeNumber({ min: 0, max: inputLimits.timeMs }),
    type: label(measurementLimits.nameLength),
    value: finiteNumber,
    unit: label(measurementLimits.nameLength),
    quality: oneOf(qualities),
});

/** Readers of what each transaction of the contract takes. Type and unit are judged by the rules, with faults of their own. */
export const measurementInput = {
    reading: claimedReading,
    batch: recordOf<{ readonly concentratorId: string; readonly readings: readonly ClaimedReading[] }>({
        concentratorId: identifier,
        readings: listOf(claimedReading, { min: 1, max: measurementLimits.readingsPerBatch }),
    }),
    terminalName: recordOf<{ readonly terminalId: string }>({ terminalId: identifier }),
    historyFilter: recordOf<HistoryFilter>({ terminalId: identifier, ...pageFields }),
    feederFilter: recordOf<FeederFilter>({ feeder: label(inputLimits.labelLength), ...pageFields }),
} as const;
