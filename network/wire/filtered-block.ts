import type { Block } from './block';
import { parseHeader, parsePayload, parseSignedPayload } from './envelope';
import { FieldReader } from './field-reader';
import { FieldWriter } from './field-writer';
import { headerTypes } from './headers';
import { newChaincodeEvent, parseChaincodeEvent, type ChaincodeEvent } from './transaction';
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

/** The same with the events' payloads, as a whole block tells them. */
export interface HeardTransaction extends FilteredTransaction {
    readonly events: readonly ChaincodeEvent[];
}

/** TxValidationCode NOT_VALIDATED. */
const notValidated = 254;

/**
 * protos.FilteredBlock of a block: every transaction whose header can be read, with its code, and its events without
 * their payloads, also of invalid ones. Where a real peer gives up the whole block because one transaction cannot be read, this
 * one leaves out that transaction's events. ⟵ core/peer/deliverevents.go, toFilteredBlock
 */
export function newFilteredBlock(channelId: string, block: Block, codes: readonly number[]): Buffer {
    const transactions = readTransactions(block, codes);
    return encodeFilteredBlock({ channelId, number: block.header.number, transactions });
}

/** What the filtered form tells of a block's transactions, here with their events' payloads. */
export function readTransactions(block: Block, codes: Uint8Array | readonly number[]): HeardTransaction[] {
    return block.data.flatMap((envelope, index) => {
        const read = readFilteredTransaction(envelope, codes[index] ?? notValidated);
        return read === undefined ? [] : [read];
    });
}

/** protos.FilteredBlock. */
export interface FilteredBlock {
    readonly channelId: string;
    readonly number: number;
    readonly transactions: readonly FilteredTransaction[];
}

export function encodeFilteredBlock(block: FilteredBlock): Buffer {
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

/** Reads a protos.FilteredBlock; the payloads of its events are empty. Throws WIRE_MALFORMED. */
export function parseFilteredBlock(
    bytes: Uint8Array,
): FilteredBlock & { readonly transactions: readonly HeardTransaction[] } {
    const reader = new FieldReader('FilteredBlock', bytes);
    let channelId = '';
    let number = 0;
    const transactions: HeardTransaction[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) channelId = reader.string();
        else if (tag === 0x10) number = reader.uint();
        else if (tag === 0x22) transactions.push(parseTransaction(reader.message('FilteredTransaction')));
        else reader.skip();
    }
    return { channelId, number, transactions };
}

function parseTransaction(reader: FieldReader): HeardTransaction {
    let txId = '';
    let type = 0;
    let code = 0;
    let events: HeardTransaction['events'] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === 0x0a) txId = reader.string();
        else if (tag === 0x10) type = reader.int32();
        else if (tag === 0x18) code = reader.uint();
        else if (tag === 0x22) events = parseActions(reader.message('FilteredTransactionActions'));
        else reader.skip();
    }
    return { txId, type, code, events };
}

function parseActions(reader: FieldReader): ChaincodeEvent[] {
    const events: ChaincodeEvent[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag !== 0x0a) {
            reader.skip();
            continue;
        }
        const action = reader.message('FilteredChaincodeAction');
        for (let inner = action.next(); inner !== 0; inner = action.next()) {
            if (inner === 0x0a) events.push(parseChaincodeEvent(action.bytes()));
            else action.skip();
        }
    }
    return events;
}

/** What the filtered form tells of an envelope; undefined when its headers cannot be read. */
export function readFilteredTransaction(envelope: Buffer, code: number): HeardTransaction | undefined {
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
