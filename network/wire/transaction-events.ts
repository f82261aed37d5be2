import { FieldReader } from './field-reader';
import { parseChaincodeEvent, type ChaincodeEvent } from './transaction';

/**
 * The events of a Transaction's actions, in their order: of each one that a chaincode has set. Also of a transaction
 * with several actions, which no peer takes for valid. Throws WIRE_MALFORMED. ⟵ core/peer/deliverevents.go,
 * toFilteredActions
 */
export function parseTransactionEvents(data: Uint8Array): ChaincodeEvent[] {
    const reader = new FieldReader('Transaction', data);
    const events: ChaincodeEvent[] = [];
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag !== 0x0a) {
            reader.skip();
            continue;
        }
        const event = parseActionEvent(reader.bytes());
        if (event.chaincodeId !== '') events.push(event);
    }
    return events;
}

/** What lies around an event, from the outside in, and the tag of the field in which it goes on. */
const wayToEvent = [
    ['TransactionAction', 0x12],
    ['ChaincodeActionPayload', 0x12],
    ['ChaincodeEndorsedAction', 0x0a],
    ['ProposalResponsePayload', 0x12],
    ['ChaincodeAction', 0x12],
] as const;

function parseActionEvent(action: Buffer): ChaincodeEvent {
    let bytes = action;
    for (const [message, tag] of wayToEvent) bytes = readField(message, bytes, tag);
    return parseChaincodeEvent(bytes);
}

function readField(message: string, bytes: Uint8Array, wanted: number): Buffer {
    const reader = new FieldReader(message, bytes);
    let value: Buffer = Buffer.alloc(0);
    for (let tag = reader.next(); tag !== 0; tag = reader.next()) {
        if (tag === wanted) value = reader.bytes();
        else reader.skip();
    }
    return value;
}
