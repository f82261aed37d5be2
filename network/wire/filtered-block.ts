import type { Block } from './block';
import { parseHeader, parsePayload, parseSignedPayload } from './envelope';
import { FieldWriter } from './field-writer';
import { headerTypes } from './headers';
import { newChaincodeEvent, type ChaincodeEvent } from './transaction';
import { parseTransactionEvents } from './transaction-events';
import { WireError } from './wire-errors';

/** What the filtered form of a block tells of one transaction. */
export interface FilteredTransaction {
    readonly txId: string;
    readonly type: number;
    /** TxValidationCode. */
    readonly code: number;
    /** The events without their payloads: one at most, unless the transaction has several actions. */
    readonly events: readonly Omit<ChaincodeEvent, 'payload'>[];
}

/**
 * protos.FilteredBlock of a block: every transaction whose header can be read, with its code, and its events without
 * their payloads, also of invalid ones. Where a real peer gives up the whole block because one transaction cannot be read, this
 * one leaves out that transaction's events. ⟵ core/peer/deliverevents.go, toFilteredBlock
 */
export function newFilteredBlock(channelId: string, block: Block, codes: readonly number[]): Buffer {
    const transactions = block.data.flatMap((envelope, index) => {
        const filtered = readFilteredTransaction(envelope, codes[index] ?? 254);
        return filtered === undefined ? [] : [filtered];
    });
    return encodeFilteredBlock({ channelId, number: block.header.number, transactions });
}

export function encodeFilteredBlock(block: {
    readonly channelId: string;
    readonly number: number;
    readonly transactions: readonly FilteredTransaction[];
}): Buffer {
    const writer = new FieldWriter().string(1, block.channelId).uint(2, block.number);
    for (const transaction of block.transactions) writer.message(4, encodeTransaction(transaction));
    return writer.finish();
}

function encodeTransaction({ txId, type, code, events }: FilteredTransaction): Buffer {
    const writer = new FieldWriter().string(1, txId).int(2, type).uint(3, code);
    if (type === headerTypes.endorserTransaction) {
        const actions = new FieldWriter();
        for (const { chaincodeId, txId: eventTxId, eventName } of events) {
            const withoutPayload = newChaincodeEvent({ chaincodeId, txId: eventTxId, eventName });
            actions.message(1, new FieldWriter().message(1, withoutPayload).finish());
        }
        writer.message(4, actions.finish());
    }
    return writer.finish();
}

/** What the filtered form tells of an envelope; undefined when its headers cannot be read. */
export function readFilteredTransaction(envelope: Buffer, code: number): FilteredTransaction | undefined {
    try {
        const { header, data } = parsePayload(parseSignedPayload(envelope).payloadBytes);
        if (header === undefined) return undefined;
        const { txId, type } = parseHeader(header);
        const events = type === headerTypes.endorserTransaction ? parseEvents(data) : [];
        return { txId, type, code, events };
    } catch (error) {
        if (error instanceof WireError) return undefined;
        throw error;
    }
}

function parseEvents(data: Buffer): readonly ChaincodeEvent[] {
    try {
        return parseTransactionEvents(data);
    } catch (error) {
        if (error instanceof WireError) return [];
        throw error;
    }
}
