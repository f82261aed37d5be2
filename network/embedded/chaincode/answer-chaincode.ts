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
        const { namespace, simulator } = context;
        const { key } = inPublicState(parseKeyCall(payload), context);
        return simulator.get(namespace, key) ?? nothing;
    },
    PUT_STATE: (payload, context) => {
        const { namespace, simulator } = context;
        const { key, value } = inPublicState(parsePutState(payload), context);
        // The bytes are a view of a gRPC frame that is larger than they are; what lives on is copied.
        simulator.put(namespace, key, Buffer.from(value));
        return nothing;
    },
    DEL_STATE: (payload, context) => {
        const { namespace, simulator } = context;
        simulator.delete(namespace, inPublicState(parseKeyCall(payload), context).key);
        return nothing;
    },
    GET_STATE_BY_RANGE: (payload, context) => {
        const call = inPublicState(parseGetStateByRange(payload), context);
        return newQueryResponse(startRange(call, context));
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
        const { namespace, simulator } = context;
        // No key has metadata here; asking for it counts as a read of the key, as on Fabric.
        simulator.get(namespace, inPublicState(parseKeyCall(payload), context).key);
        return nothing;
    },
    GET_QUERY_RESULT: (payload, context) => {
        const { page } = inPublicState(parseGetQueryResult(payload), context);
        throw refused(`${page ? 'ExecuteQueryWithMetadata' : 'ExecuteQuery'} not supported for leveldb`);
    },
    GET_PRIVATE_DATA_HASH: (payload, { namespace }) => {
        const { collection } = parseKeyCall(payload);
        throw refused(`collection [${collection}] not defined in the collection config for chaincode [${namespace}]`);
    },
    PURGE_PRIVATE_DATA: (payload, context) => {
        const { collection } = parseKeyCall(payload);
        if (collection === '') {
            throw refused('only applicable for private data');
        }
        throw noCollection(collection, context);
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

function keyValues(namespace: string, cursor: RangeCursor): Parameters<OpenIterators['start']>[0] {
    return {
        next: () => {
            const found = cursor.next();
            return found && newKeyValue(namespace, found.key, found.value);
        },
        bookmark: () => cursor.peekKey(),
    };
}

/** There are no collections. Fabric v2.5.16: core/chaincode/handler.go, errorIfCreatorHasNoReadPermission. */
function inPublicState<T extends { readonly collection: string }>(call: T, context: TransactionContext): T {
    if (call.collection !== '') {
        throw noCollection(call.collection, context);
    }
    return call;
}

function noCollection(collection: string, { channelId, namespace }: TransactionContext): ChaincodeError {
    return refused(`collection ${channelId}/${namespace}/${collection} could not be found`);
}

function refused(reason: string): ChaincodeError {
    return new ChaincodeError({ code: 'CHAINCODE_CALL_REFUSED', reason });
}
