import {
    chaincodeMessageName,
    newChaincodeMessage,
    newKeyModification,
    newKeyValue,
    newQueryResponse,
    parseCalledChaincode,
    parseGetHistoryForKey,
    parseGetQueryResult,
    parseGetStateByRange,
    parseIteratorId,
    parseKeyCall,
    parsePutState,
} from '../../wire/chaincode-message';
import type { ChaincodeMessage, ChaincodeMessageName, RangeCall } from '../../wire/chaincode-message';
import type { RangeCursor, TransactionSimulator } from '../endorse/transaction-simulator';
import type { CollectionAccess } from '../private-data/collection-access';
import { ChaincodeError } from './chaincode-errors';
import type { OpenIterators } from './open-iterators';

/** One past write of a key. */
export interface HistoryEntry {
    readonly txId: string;
    readonly value: Uint8Array;
    readonly timestamp: { readonly seconds: number; readonly nanos: number };
    readonly isDelete: boolean;
}

/** What a running transaction of a chaincode may reach. */
export interface TransactionContext {
    readonly txId: string;
    readonly channelId: string;
    /** The chaincode's name: the part of the state that is its own. */
    readonly namespace: string;
    readonly simulator: TransactionSimulator;
    /** What the proposal's creator may do with the chaincode's collections. */
    readonly access: CollectionAccess;
    /** Newest first, valid transactions only. */
    readonly historyOf: (namespace: string, key: string) => Iterable<HistoryEntry>;
    readonly iterators: OpenIterators;
}

type Answer = (payload: Buffer, context: TransactionContext) => Buffer;
type StateCall = Exclude<
    ChaincodeMessageName,
    | 'UNDEFINED'
    | 'REGISTER'
    | 'REGISTERED'
    | 'INIT'
    | 'READY'
    | 'TRANSACTION'
    | 'COMPLETED'
    | 'ERROR'
    | 'RESPONSE'
    | 'KEEPALIVE'
>;

const nothing: Buffer = Buffer.alloc(0);

/** One row for each call that a chaincode may make; what is not offered is refused with a sentence. */
const answers: Record<StateCall, Answer> = {
    GET_STATE: (payload, context) => {
        const { namespace, simulator, access } = context;
        const { key, collection } = parseKeyCall(payload);
        if (collection === '') return simulator.get(namespace, key) ?? nothing;
        access.require('read', collection);
        return simulator.getPrivate(namespace, collection, key) ?? nothing;
    },
    PUT_STATE: (payload, context) => {
        const { namespace, simulator, access } = context;
        const { key, value: view, collection } = parsePutState(payload);
        // The bytes are a view of a gRPC frame that is larger than they are; what lives on is copied.
        const value = Buffer.from(view);
        if (collection === '') {
            simulator.put(namespace, key, value);
        } else {
            access.require('write', collection);
            simulator.putPrivate(namespace, collection, key, value);
        }
        return nothing;
    },
    DEL_STATE: (payload, context) => {
        const { namespace, simulator, access } = context;
        const { key, collection } = parseKeyCall(payload);
        if (collection === '') {
            simulator.delete(namespace, key);
        } else {
            access.require('write', collection);
            simulator.deletePrivate(namespace, collection, key);
        }
        return nothing;
    },
    GET_STATE_BY_RANGE: (payload, context) => {
        const call = parseGetStateByRange(payload);
        return newQueryResponse(call.collection === '' ? startRange(call, context) : startPrivateRange(call, context));
    },
    QUERY_STATE_NEXT: (payload, { iterators }) => newQueryResponse(iterators.next(parseIteratorId(payload))),
    QUERY_STATE_CLOSE: (payload, { iterators }) => newQueryResponse(iterators.close(parseIteratorId(payload))),
    GET_HISTORY_FOR_KEY: (payload, { namespace, historyOf, iterators }) => {
        const entries = historyOf(namespace, parseGetHistoryForKey(payload))[Symbol.iterator]();
        const next = (): Buffer | undefined => {
            const step = entries.next();
            return step.done ? undefined : newKeyModification(step.value);
        };
        return newQueryResponse(iterators.start({ next, bookmark: () => '' }));
    },
    GET_STATE_METADATA: (payload, context) => {
        const { namespace, simulator, access } = context;
        const { key, collection } = parseKeyCall(payload);
        // No key has metadata here; asking for it counts as a read of the key, as on Fabric.
        if (collection === '') {
            simulator.get(namespace, key);
        } else {
            access.require('read', collection);
            simulator.getPrivateHash(namespace, collection, key);
        }
        return nothing;
    },
    GET_QUERY_RESULT: (payload, context) => {
        const { namespace, simulator, access } = context;
        const { collection, page } = parseGetQueryResult(payload);
        if (collection !== '') {
            access.require('read', collection);
            simulator.queryPrivately(namespace, collection);
        }
        const isPaged = page !== undefined && collection === '';
        throw refused(`${isPaged ? 'ExecuteQueryWithMetadata' : 'ExecuteQuery'} not supported for leveldb`);
    },
    GET_PRIVATE_DATA_HASH: (payload, { namespace, simulator }) => {
        const { key, collection } = parseKeyCall(payload);
        return simulator.getPrivateHash(namespace, collection, key) ?? nothing;
    },
    PURGE_PRIVATE_DATA: (payload, { namespace, simulator, access }) => {
        const { key, collection } = parseKeyCall(payload);
        if (collection === '') {
            throw refused('only applicable for private data');
        }
        access.require('write', collection);
        simulator.purgePrivate(namespace, collection, key);
        return nothing;
    },
    PUT_STATE_METADATA: () => {
        throw refused('the embedded network has no key-level endorsement; use a real Fabric network for it');
    },
    INVOKE_CHAINCODE: (payload, { namespace, channelId }) => {
        const [name = ''] = parseCalledChaincode(payload).split(/[:/]/);
        if (name === namespace) {
            throw refused('the embedded network has no calls between chaincodes; use a real Fabric network for them');
        }
        throw refused(
            `execute failed: invalid invocation: [channel ${channelId}] failed to get chaincode container info ` +
                `for ${name}: chaincode ${name} not found`,
        );
    },
};

/**
 * Answers one call of a chaincode with RESPONSE or, with Fabric's text, with ERROR; undefined when the message is no
 * call at all. Fabric v2.5.16: core/chaincode/handler.go, HandleTransaction.
 */
export function answerChaincode(
    message: ChaincodeMessage,
    context: TransactionContext | undefined,
): Buffer | undefined {
    const name = chaincodeMessageName(message.type);
    if (!name || !isStateCall(name)) {
        return undefined;
    }
    const { txId, channelId } = message;
    try {
        if (!context) {
            throw refused('no ledger context');
        }
        return newChaincodeMessage({
            type: 'RESPONSE',
            txId,
            channelId,
            payload: answers[name](message.payload, context),
        });
    } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        const payload = Buffer.from(`${name} failed: transaction ID: ${txId}: ${reason}`);
        return newChaincodeMessage({ type: 'ERROR', txId, channelId, payload });
    }
}

function isStateCall(name: ChaincodeMessageName): name is StateCall {
    return name in answers;
}

function startRange(call: RangeCall, context: TransactionContext): ReturnType<OpenIterators['start']> {
    const { namespace, simulator, iterators } = context;
    if (!call.page) {
        const cursor = simulator.range(namespace, call.startKey, call.endKey);
        return iterators.start(keyValues(namespace, cursor));
    }
    const startKey = call.page.bookmark === '' ? call.startKey : call.page.bookmark;
    const cursor = simulator.pagedRange(namespace, startKey, call.endKey);
    return iterators.start(keyValues(namespace, cursor), call.page.size);
}

/** All of a private range, whether a page was asked for or not, as on Fabric. */
function startPrivateRange(call: RangeCall, context: TransactionContext): ReturnType<OpenIterators['start']> {
    const { namespace, simulator, iterators, access } = context;
    access.require('read', call.collection);
    const results = simulator.privateRange(namespace, call.collection, call.startKey, call.endKey);
    const next = (): Buffer | undefined => {
        const step = results.next();
        return step.done ? undefined : newKeyValue(namespace, step.value.key, step.value.value);
    };
    return iterators.start({ next, bookmark: () => '' });
}

function keyValues(namespace: string, cursor: RangeCursor): Parameters<OpenIterators['start']>[0] {
    return {
        next: () => {
            const found = cursor.next();
            return found && newKeyValue(namespace, found.key, found.value);
        },
        bookmark: () => cursor.peekKey(),
    };
}

function refused(reason: string): ChaincodeError {
    return new ChaincodeError({ code: 'CHAINCODE_CALL_REFUSED', reason });
}
