import type { EnvelopeHeader } from '../../wire/envelope';
import { asBuffer } from '../../wire/field-reader';
import { parseHashedReadWriteSet, type HashedReadWriteSet } from '../../wire/hashed-rwset';
import { parseChaincodeHeaderExtension, type ChaincodeId } from '../../wire/headers';
import { parseReadWriteSet, type NamespaceReadWriteSet } from '../../wire/rwset';
import {
    parseChaincodeAction,
    parseChaincodeEvent,
    type ChaincodeAction,
    type ChaincodeEvent,
    type EndorsedAction,
} from '../../wire/transaction';
import { WireError } from '../../wire/wire-errors';
import { validationCodes, type ValidationCode } from './validation-code';

/** The public trace of a collection's private data. */
export interface CheckedCollection {
    readonly namespace: string;
    readonly name: string;
    readonly hashes: HashedReadWriteSet;
    /** Hash of the private writes; empty when there are none. */
    readonly writesHash: Buffer;
}

/** An endorsed action whose parts can be read and agree with each other. */
export interface CheckedAction {
    readonly action: ChaincodeAction;
    readonly chaincodeName: string;
    readonly event: ChaincodeEvent | undefined;
    readonly sets: readonly NamespaceReadWriteSet[];
    readonly collections: readonly CheckedCollection[];
}

export type ActionCheck = { readonly code: ValidationCode } | CheckedAction;

/**
 * The checks of the validation dispatcher, in its order. Key-level policies are the one thing of a read-write set that
 * this peer does not keep; a transaction that sets one is refused as INVALID_OTHER_REASON, never half applied.
 * ⟵ core/committer/txvalidator/v20/plugindispatcher/dispatcher.go, Dispatch
 */
export function checkAction(header: EnvelopeHeader, endorsed: EndorsedAction): ActionCheck {
    const named = reading(() => parseChaincodeHeaderExtension(header.extension) ?? noChaincode);
    if (named === undefined) return { code: validationCodes.BAD_HEADER_EXTENSION };
    const action = endorsed.actionBytes.length > 0 && reading(() => parseChaincodeAction(endorsed.actionBytes));
    if (!action) return { code: validationCodes.BAD_RESPONSE_PAYLOAD };
    const results = reading(() => readResults(action.results));
    if (results === undefined) return { code: validationCodes.BAD_RWSET };
    const event = reading(() => readEvent(action));
    const code = judgeChaincode(named, action) ?? judgeEvent(named.name, event) ?? judgeNamespaces(results);
    if (code !== undefined) return { code };
    const { sets, collections } = results;
    return { action, chaincodeName: named.name, event: event ?? undefined, sets, collections };
}

const noChaincode: ChaincodeId = { name: '', version: '' };

interface Results {
    readonly sets: readonly NamespaceReadWriteSet[];
    readonly collections: readonly CheckedCollection[];
}

function readResults(bytes: Buffer): Results {
    const sets = parseReadWriteSet(bytes);
    const collections = sets.flatMap(({ namespace, hashedCollections }) =>
        (hashedCollections ?? []).map(({ name, hashedReadWriteSet, privateReadWriteSetHash }) => ({
            namespace,
            name,
            hashes: parseHashedReadWriteSet(hashedReadWriteSet),
            writesHash: asBuffer(privateReadWriteSetHash),
        })),
    );
    return { sets, collections };
}

/** The event, null when there is none. */
function readEvent(action: ChaincodeAction): ChaincodeEvent | null {
    return action.events.length === 0 ? null : parseChaincodeEvent(action.events);
}

function judgeChaincode(named: ChaincodeId, { chaincodeId }: ChaincodeAction): ValidationCode | undefined {
    if (named === noChaincode || chaincodeId === undefined) return validationCodes.INVALID_OTHER_REASON;
    const isNamed = named.name !== '' && named.name === chaincodeId.name && chaincodeId.version !== '';
    return isNamed ? undefined : validationCodes.INVALID_CHAINCODE;
}

function judgeEvent(chaincodeName: string, event: ChaincodeEvent | null | undefined): ValidationCode | undefined {
    const isRight = event === null || event?.chaincodeId === chaincodeName;
    return isRight ? undefined : validationCodes.INVALID_OTHER_REASON;
}

function judgeNamespaces({ sets, collections }: Results): ValidationCode | undefined {
    if (new Set(sets.map(({ namespace }) => namespace)).size < sets.length) return validationCodes.ILLEGAL_WRITESET;
    const setsKeyPolicies =
        sets.some(({ metadataWrites }) => metadataWrites !== undefined) ||
        collections.some(({ hashes }) => hashes.hasMetadataWrites);
    return setsKeyPolicies ? validationCodes.INVALID_OTHER_REASON : undefined;
}

function reading<T>(read: () => T): T | undefined {
    try {
        return read();
    } catch (error) {
        if (error instanceof WireError) return undefined;
        throw error;
    }
}
