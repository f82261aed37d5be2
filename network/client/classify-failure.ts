import { decodeFault } from '../../chaincode/src/faults/fault-api';
import { ClientError, type ClientFault } from './client-errors';
import type { Deadlines } from './connect-gateway';
import type { CallTimes } from './phase-recorder';

/** What is known of a call besides the error it ended with. */
export interface FailedCall {
    readonly times: CallTimes;
    readonly deadlines: Deadlines;
}

/**
 * An error of fabric-network → the fault it stands for. The stage that the call had reached decides first; texts are
 * read only for what the SDK tells in no other way: a chaincode's fault, a deadline, a node that does not answer.
 */
export function classifyFailure(error: unknown, { times, deadlines }: FailedCall): ClientFault {
    if (error instanceof ClientError) return error.fault;
    const { name, transactionCode } = (error ?? {}) as { name?: unknown; transactionCode?: unknown };
    if (name === 'TransactionError' && typeof transactionCode === 'string') {
        return { code: 'NOT_COMMITTED', validationCode: transactionCode };
    }
    if (name === 'TimeoutError') return { code: 'COMMIT_TIMEOUT', afterMs: deadlines.commitTimeoutMs };
    const text = textOf(error);
    if (times.orderedMs !== undefined) return { code: 'COMMIT_UNKNOWN', why: firstLine(text) };
    if (times.endorsedMs !== undefined) {
        // The orderer may have taken it and its answer be lost: what the ledger holds is not known.
        return isTimeout(text)
            ? { code: 'COMMIT_TIMEOUT', afterMs: deadlines.requestTimeoutMs }
            : { code: 'NOT_ORDERED', why: firstLine(text) };
    }
    const fault = decodeFault(text);
    if (fault !== undefined) return { code: 'CHAINCODE_FAULT', fault };
    if (isTimeout(text)) return { code: 'REQUEST_TIMEOUT', afterMs: deadlines.requestTimeoutMs };
    if (isUnreachable(text)) return { code: 'CLIENT_UNREACHABLE', node: 'A peer', why: firstLine(text) };
    return { code: 'ENDORSEMENT_FAILED', why: firstLine(text) };
}

/** All texts of an error: its own, and those of the peers that the SDK attaches, each once. */
function textOf(error: unknown): string {
    const own = error instanceof Error ? error.message : String(error);
    return [...new Set([own, ...attachedTexts(error)])].join('\n');
}

interface SdkPart {
    readonly message?: unknown;
    readonly response?: { readonly message?: unknown };
    readonly errors?: unknown;
    readonly responses?: unknown;
    /** Of an endorsement by discovery: what each peer said, below an error that says nothing. */
    readonly endorsements?: unknown;
}

function attachedTexts(error: unknown): string[] {
    const { errors, responses, endorsements } = (error ?? {}) as SdkPart;
    return [errors, responses, endorsements]
        .flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []))
        .flatMap((part) => [messageOf(part), ...attachedTexts(part)]);
}

function messageOf(part: unknown): string {
    const { message, response } = (part ?? {}) as SdkPart;
    const text = message ?? response?.message;
    return typeof text === 'string' ? text : '';
}

function firstLine(text: string): string {
    return text.replace(/\s*\n\s*/g, ' ').trim();
}

function isTimeout(text: string): boolean {
    return /REQUEST TIMEOUT|DEADLINE_EXCEEDED/.test(text);
}

function isUnreachable(text: string): boolean {
    return /UNAVAILABLE|ECONNREFUSED|not connected|Failed to connect|No connection established/.test(text);
}
