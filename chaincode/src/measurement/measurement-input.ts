import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    finiteNumber,
    identifier,
    label,
    listOf,
    malformed,
    oneOf,
    recordOf,
    rowOf,
    text,
    wholeNumber,
    type Reader,
} from '../input/read-field';
import { signatureDigits } from '../signatures/signature-api';
import type { ClaimedBatch } from './batch-rules';
import { measurementLimits, type FeederFilter, type HistoryFilter } from './measurement-api';
import { qualities, type ClaimedReading } from './reading-api';
import {
    tableOf,
    type ReadingQuantity,
    type ReadingSource,
    type ReadingTable,
    type TabledValue,
} from './reading-table-api';
import type { SignedReadingName, TerminalSignature } from './signed-reading-api';

const terminalId = identifier;
const timeMs = wholeNumber({ min: 0, max: inputLimits.timeMs });
const type = label(measurementLimits.nameLength);
const unit = label(measurementLimits.nameLength);
const quality = oneOf(qualities);
const value = finiteNumber;

/** In the order of canonical JSON, so that what a terminal signed is written again without sorting. */
const claimedReading = recordOf<ClaimedReading>({ quality, terminalId, timeMs, type, unit, value });

const batchSize = { min: 1, max: measurementLimits.readingsPerBatch } as const;

interface NamedBatch {
    readonly concentratorId: string;
    readonly readings: readonly ClaimedReading[];
}

const namedBatch = recordOf<NamedBatch>({ concentratorId: identifier, readings: listOf(claimedReading, batchSize) });

const place = wholeNumber({ min: 0, max: measurementLimits.readingsPerBatch - 1 });

const tabledBatch = recordOf<ReadingTable<string> & { readonly concentratorId: string }>({
    concentratorId: identifier,
    quantities: listOf(recordOf<ReadingQuantity<string>>({ quality, type, unit }), batchSize),
    readings: listOf(rowOf<TabledValue>(['source', place], ['quantity', place], ['value', value]), batchSize),
    sources: listOf(recordOf<ReadingSource>({ terminalId, timeMs }), batchSize),
});

/**
 * Refuses a table that is not the one that its readings make: what was signed could not be found again from what the
 * ledger keeps.
 */
function requireOneTable({ quantities, readings, sources }: ReadingTable<string>, path: string): void {
    const named = { source: 0, quantity: 0 };
    const lists = { source: sources.length, quantity: quantities.length };
    const follow = (column: keyof typeof named, index: number, at: number): void => {
        if (at >= lists[column]) {
            throw malformed(`${path}readings[${index}].${column}`, 'not-one-of-the-known');
        }
        if (at > named[column]) {
            throw malformed(`${path}readings[${index}].${column}`, 'out-of-order');
        }
        if (at === named[column]) {
            named[column]++;
        }
    };
    for (const [index, [source, quantity]] of readings.entries()) {
        follow('source', index, source);
        follow('quantity', index, quantity);
    }
    requireEachOnce(sources, named.source, `${path}sources`);
    requireEachOnce(quantities, named.quantity, `${path}quantities`);
}

/** `used`: so many of the first are named by readings. */
function requireEachOnce(list: readonly object[], used: number, path: string): void {
    if (used < list.length) {
        throw malformed(`${path}[${used}]`, 'not-used');
    }
    const names = new Set<string>();
    for (const [index, item] of list.entries()) {
        if (names.size === names.add(JSON.stringify(item)).size) {
            throw malformed(`${path}[${index}]`, 'twice-the-same');
        }
    }
}

/** A batch in a table, as calls carry it, or with the names of its readings. */
const claimedBatch: Reader<ClaimedBatch> = (given, path) => {
    if (typeof given === 'object' && given !== null && Object.hasOwn(given, 'sources')) {
        const { concentratorId, ...table } = tabledBatch(given, path);
        requireOneTable(table, path === '' ? '' : `${path}.`);
        return { concentratorId, table };
    }
    const { concentratorId, readings } = namedBatch(given, path);
    return { concentratorId, table: tableOf(readings), named: readings };
};

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
