import { parseEnvelope, type EnvelopeHeader } from '../../wire/envelope';
import { headerTypes } from '../../wire/headers';
import {
    parseChaincodeEvent,
    parseTransaction,
    type ChaincodeEvent,
    type ParsedTransaction,
} from '../../wire/transaction';
import { WireError } from '../../wire/wire-errors';

/** What can be read of one entry of a block, valid or not. */
export interface BlockTransaction {
    readonly envelopeBytes: Buffer;
    /** undefined when the envelope's headers cannot be read. */
    readonly header: EnvelopeHeader | undefined;
    /** '' when there is none. */
    readonly txId: string;
    /** undefined unless this is a readable endorser transaction. */
    readonly transaction: ParsedTransaction | undefined;
    readonly event: ChaincodeEvent | undefined;
}

/** Reads as much of an envelope as can be read; never throws for what a client may have sent. */
export function readBlockTransaction(envelopeBytes: Buffer): BlockTransaction {
    const envelope = orUndefined(() => parseEnvelope(envelopeBytes));
    const isTransaction = envelope?.header.type === headerTypes.endorserTransaction;
    const transaction = isTransaction ? orUndefined(() => parseTransaction(envelope.data)) : undefined;
    return {
        envelopeBytes,
        header: envelope?.header,
        txId: envelope?.header.txId ?? '',
        transaction,
        event: transaction && readEvent(transaction),
    };
}

/** The chaincode event of a transaction; undefined when it raised none or the event cannot be read. */
export function readEvent(transaction: ParsedTransaction): ChaincodeEvent | undefined {
    if (transaction.action.events.length === 0) return undefined;
    const event = orUndefined(() => parseChaincodeEvent(transaction.action.events));
    return event?.chaincodeId === '' ? undefined : event;
}

function orUndefined<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch (error) {
        if (error instanceof WireError) return undefined;
        throw error;
    }
}
