import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    finiteNumber,
    identifier,
    label,
    listOf,
    oneOf,
    recordOf,
    rowOfFields,
    text,
    wholeNumber,
    type Reader,
} from '../input/read-field';
import { signatureDigits } from '../signatures/signature-api';
import { measurementLimits, qualities, readingColumns, type FeederFilter, type HistoryFilter } from './measurement-api';
import type { ClaimedBatch, ClaimedReading } from './measurement-rules';
import type { SignedReadingName, TerminalSignature } from './signed-reading-api';

/** In the order of canonical JSON, so that what a terminal signed is written again without sorting. */
const readingFields = {
    quality: oneOf(qualities),
    terminalId: identifier,
    timeMs: wholeNumber({ min: 0, max: inputLimits.timeMs }),
    type: label(measurementLimits.nameLength),
    unit: label(measurementLimits.nameLength),
    value: finiteNumber,
} as const;

const claimedReading = recordOf<ClaimedReading>(readingFields);

const claimedRow = rowOfFields<ClaimedReading>(readingFields, readingColumns);

/** A reading of a batch: a row, as calls carry it, or with its names. */
const batchedReading: Reader<ClaimedReading> = (value, path) =>
    Array.isArray(value) ? claimedRow(value, path) : claimedReading(value, path);

const claimedBatch = recordOf<ClaimedBatch>({
    concentratorId: identifier,
    readings: listOf(batchedReading, { min: 1, max: measurementLimits.readingsPerBatch }),
});

const sequence = wholeNumber({ min: 0, max: Number.MAX_SAFE_INTEGER });
/** Its form is judged by a rule, with a fault of its own. */
const signature = text(signatureDigits);

/** Readers of what each transaction of the contract takes. Type and unit are judged by the rules, with faults of their own. */
export const measurementInput = {
    reading: claimedReading,
    batch: claimedBatch,
    signedReading: recordOf<TerminalSignature & { readonly reading: ClaimedReading }>({
        reading: claimedReading,
        sequence,
        signature,
    }),
    signedBatch: recordOf<TerminalSignature & { readonly batch: ClaimedBatch }>({
        batch: claimedBatch,
        sequence,
        signature,
    }),
    signedReadingName: recordOf<SignedReadingName>({ terminalId: identifier, sequence }),
    terminalName: recordOf<{ readonly terminalId: string }>({ terminalId: identifier }),
    historyFilter: recordOf<HistoryFilter>({ terminalId: identifier, ...pageFields }),
    feederFilter: recordOf<FeederFilter>({ feeder: label(inputLimits.labelLength), ...pageFields }),
} as const;
