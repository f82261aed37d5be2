import { ClientError, type ClientFault } from './client-errors';
import type { CallTimes } from './call-times';

/**
 * An error of a call that is no ClientError yet, such as discovery's → the fault it stands for. The stage that the call
 * had reached decides; what the orderer has taken is never told as not ordered.
 */
export function classifyFailure(error: unknown, { endorsedMs, orderedMs }: CallTimes): ClientFault {
    if (error instanceof ClientError) return error.fault;
    const why = (error instanceof Error ? error.message : String(error)).replace(/\s*\n\s*/g, ' ').trim();
    if (orderedMs !== undefined) return { code: 'COMMIT_UNKNOWN', why };
    if (endorsedMs !== undefined) return { code: 'NOT_ORDERED', why };
    return { code: 'CLIENT_UNREACHABLE', node: 'A peer', why };
}
