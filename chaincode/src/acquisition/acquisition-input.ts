import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    distinctIdentifiers,
    finiteNumber,
    identifier,
    label,
    listOf,
    malformed,
    oneOf,
    recordOf,
    wholeNumber,
    type Reader,
} from '../input/read-field';
import { measurementLimits, qualities, readingTypes } from '../measurement/measurement-api';
import {
    acquisitionLimits,
    driveKinds,
    limitDirections,
    type MemberValue,
    type ProofRequest,
    type RoundName,
    type TaskBatchInput,
    type TaskConcentrator,
    type TaskDrive,
    type TaskFilter,
    type TaskInput,
    type TaskReadingInput,
    type TriggerInput,
} from './acquisition-api';

const time = wholeNumber({ min: 0, max: inputLimits.timeMs });
const members = distinctIdentifiers({ min: 1, max: acquisitionLimits.sensorNumber });

const driveReaders: Readonly<Record<TaskDrive['kind'], Reader<TaskDrive>>> = {
    time: recordOf<Extract<TaskDrive, { kind: 'time' }>>({ kind: oneOf(['time']), startMs: time }),
    'limit-crossing': recordOf<Extract<TaskDrive, { kind: 'limit-crossing' }>>({
        kind: oneOf(['limit-crossing']),
        direction: oneOf(limitDirections),
        limit: finiteNumber,
    }),
    'protection-trip': recordOf<Extract<TaskDrive, { kind: 'protection-trip' }>>({ kind: oneOf(['protection-trip']) }),
};

const drive: Reader<TaskDrive> = (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        throw malformed(path, 'not-an-object');
    }
    const kind = Object.hasOwn(value, 'kind') ? (value as { readonly kind: unknown }).kind : undefined;
    return driveReaders[oneOf(driveKinds)(kind, `${path}.kind`)](value, path);
};

const taskFields = recordOf<TaskInput>({
    taskId: identifier,
    type: oneOf(readingTypes),
    unit: label(measurementLimits.nameLength),
    toleranceMs: wholeNumber(acquisitionLimits.toleranceMs),
    timeScaleMs: wholeNumber(acquisitionLimits.timeScaleMs),
    drive,
    terminals: distinctIdentifiers({ min: 0, max: acquisitionLimits.sensorNumber }),
    concentrators: listOf(recordOf<TaskConcentrator>({ concentratorId: identifier, terminals: members }), {
        min: 0,
        max: acquisitionLimits.concentrators,
    }),
});

/** A task as a whole: nobody reports twice, somebody reports, and Δt and δ fit each other. */
const task: Reader<TaskInput> = (value, path) => {
    const read = taskFields(value, path);
    const reporting = [...read.terminals, ...read.concentrators.flatMap(({ terminals }) => terminals)];
    distinctIdentifiers({ min: 1, max: acquisitionLimits.sensorNumber })(reporting, 'terminals');
    const concentratorIds = read.concentrators.map(({ concentratorId }) => concentratorId);
    distinctIdentifiers({ min: 0, max: acquisitionLimits.concentrators })(concentratorIds, 'concentrators');
    if (read.drive.kind === 'time' && read.toleranceMs > read.timeScaleMs) {
        throw malformed('toleranceMs', 'too-large');
    }
    if (read.drive.kind !== 'time' && read.timeScaleMs > read.toleranceMs) {
        throw malformed('timeScaleMs', 'too-large');
    }
    return read;
};

const round = { taskId: identifier, tickMs: time };
const value = { timeMs: time, value: finiteNumber, quality: oneOf(qualities) };

const batchFields = recordOf<TaskBatchInput>({
    ...round,
    concentratorId: identifier,
    readings: listOf(recordOf<MemberValue>({ terminalId: identifier, ...value }), {
        min: 1,
        max: acquisitionLimits.sensorNumber,
    }),
});

/** A batch: one value of each terminal at most. */
const batch: Reader<TaskBatchInput> = (given, path) => {
    const read = batchFields(given, path);
    const seen = new Set<string>();
    for (const [index, { terminalId }] of read.readings.entries()) {
        if (seen.has(terminalId)) {
            throw malformed(`readings[${index}].terminalId`, 'twice-the-same');
        }
        seen.add(terminalId);
    }
    return read;
};

/** Readers of what each transaction of the contract takes. */
export const acquisitionInput = {
    task,
    taskName: recordOf<{ readonly taskId: string }>({ taskId: identifier }),
    round: recordOf<RoundName>(round),
    trigger: recordOf<TriggerInput>({ taskId: identifier, timeMs: time, value: finiteNumber }, ['value']),
    reading: recordOf<TaskReadingInput>({ ...round, ...value }),
    batch,
    proofRequest: recordOf<ProofRequest>({ ...round, terminalId: identifier }),
    page: recordOf(pageFields),
    taskFilter: recordOf<TaskFilter>({ taskId: identifier, ...pageFields }),
} as const;
