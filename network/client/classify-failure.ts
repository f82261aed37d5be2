import { ClientError, type ClientFault } from './client-errors';
import type { CallTimes } from './call-times';

/**
 * An error of a call that is no ClientError yet → the fault it stands for: of the SDK's commit handlers and discovery.
 * The stage that the call had reached decides; what the orderer has taken is never told as not ordered.
 */
export function classifyFailure(
    error: unknown,
    { endorsedMs, orderedMs }: CallTimes,
    deadlines: { readonly commitTimeoutMs: number },
): ClientFault {
    if (error instanceof ClientError) return error.fault;
    const { name, transactionCode } = (error ?? {}) as { name?: unknown; transactionCode?: unknown };
    if (name === 'TransactionError' && typeof transactionCode === 'string') {
        return { code: 'NOT_COMMITTED', validationCode: transactionCode };
    }
    if (name === 'TimeoutError') return { code: 'COMMIT_TIMEOUT', afterMs: deadlines.commitTimeoutMs };
    const why = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ').trim();
    if (orderedMs !== undefined) return { code: 'COMMIT_UNKNOWN', why };
    if (endorsedMs !== undefined) return { code: 'NOT_ORDERED', why };
    return { code: 'CLIENT_UNREACHABLE', node: 'A peer', why };
}
