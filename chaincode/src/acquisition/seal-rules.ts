import { laterOf } from '../clock/later-of';
import type { TimeFault } from '../clock/clock-api';
import type { AcquisitionFault, MemberValue, RoundRecord, TaskBatchRecord, TaskReadingRecord } from './acquisition-api';
import type { DataChainRecord } from './acquisition-repository';
import {
    dataBlockHash,
    elementsRoot,
    noPreviousHash,
    type DataBlockHeader,
    type DataBlockRecord,
} from './data-block-api';
import { sensorsOf } from './task-rules';

/** A value that came for a round. */
export interface ReceivedValue extends MemberValue {
    readonly late: boolean;
}

/** What lay under the round's keys, one entry for each key that was read. */
export function receivedValues(
    readings: readonly (TaskReadingRecord | undefined)[],
    batches: readonly (TaskBatchRecord | undefined)[],
): ReceivedValue[] {
    const own = readings.flatMap((reading) => (reading === undefined ? [] : [reading]));
    const inBatches = batches.flatMap((batch) =>
        (batch?.readings ?? []).map((reading) => ({ ...reading, late: batch?.late ?? false })),
    );
    return [...own, ...inBatches];
}

/** The time of a seal: not before tick + Δt, and not before the block it follows. */
export function decideSealTime(
    round: RoundRecord,
    chain: DataChainRecord | undefined,
    nowMs: number,
): { readonly nowMs: number } | AcquisitionFault | TimeFault {
    const { taskId, tickMs, dueMs, clockToleranceMs } = round;
    const lastMs = chain?.timestampMs ?? 0;
    const now = laterOf(nowMs, lastMs, clockToleranceMs);
    if ('code' in now || now.nowMs > dueMs) {
        return now;
    }
    return { code: 'ROUND_NOT_DUE', taskId, tickMs, remainingMs: dueMs + 1 - now.nowMs };
}

/** The data block of a round: what came, in the order of the ids, and by name what did not, or late, or doubtful. */
export function newDataBlock(
    round: RoundRecord,
    chain: DataChainRecord | undefined,
    received: readonly ReceivedValue[],
    timestampMs: number,
): DataBlockRecord {
    const values = new Map(received.map((value) => [value.terminalId, value]));
    const sensors = sensorsOf(round);
    const present = sensors.flatMap((terminalId) => values.get(terminalId) ?? []);
    const body = present.map(({ terminalId, timeMs, value }) => ({ id: terminalId, timeMs, value }));
    const header: DataBlockHeader = {
        version: 1,
        taskId: round.taskId,
        number: chain === undefined ? 0 : chain.number + 1,
        tickMs: round.tickMs,
        previousHash: chain?.hash ?? noPreviousHash,
        timestampMs,
        merkleRoot: elementsRoot(body),
        elements: body.length,
        missing: sensors.filter((terminalId) => !values.has(terminalId)),
        late: present.filter(({ late }) => late).map(({ terminalId }) => terminalId),
        doubtful: present.filter(({ quality }) => quality !== 'valid').map(({ terminalId }) => terminalId),
    };
    return { schemaVersion: 1, header, hash: dataBlockHash(header), body };
}

/** The round once it is sealed into the block. */
export function sealedRound(
    round: RoundRecord,
    { header, hash }: DataBlockRecord,
    act: Pick<RoundRecord, 'transactionId' | 'transactionTimeMs'>,
): RoundRecord {
    return { ...round, state: 'sealed', blockNumber: header.number, blockHash: hash, ...act };
}
