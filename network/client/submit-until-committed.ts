import type { Call } from '../../chaincode/src/calls/call-api';
import type { FaultCode } from '../../chaincode/src/faults/fault-api';
import { waitUntil } from '../backends/wait-until';
import { ClientError, type ClientFault } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import { trySubmit, type SubmitOutcome } from './submit-call';

export interface RepeatOptions {
    /** Faults by which a peer would refuse that has not seen yet what was committed before. */
    readonly lagging?: readonly FaultCode[];
    /** From when on no further transaction is tried, in ms from now. */
    readonly deadlineMs?: number;
}

const defaults = { lagging: ['TERMINAL_UNKNOWN', 'ROLES_NOT_ASSIGNED'], deadlineMs: 30_000 } as const;

/**
 * Submits, with new transactions as long as a peer has not seen yet what was committed, or another one came between;
 * gives the id of the one that was committed. Throws ClientError for every other failure, and for the last one when the
 * deadline has passed.
 */
export async function submitUntilCommitted(
    connection: GatewayConnection,
    call: Call,
    { lagging = defaults.lagging, deadlineMs = defaults.deadlineMs }: RepeatOptions = {},
): Promise<string> {
    const until = connection.clock() + deadlineMs;
    const attempt = async (): Promise<SubmitOutcome | false> => {
        const outcome = await trySubmit(connection, call);
        const isWorthAnother = !outcome.committed && isTransient(outcome.fault, lagging);
        return isWorthAnother && connection.clock() < until ? false : outcome;
    };
    const forWhat = `${call.transaction} by ${connection.identity.name} to be committed`;
    const { requestTimeoutMs, commitTimeoutMs } = connection.deadlines;
    const outcome = await waitUntil(attempt, { deadlineMs: deadlineMs + requestTimeoutMs + commitTimeoutMs, forWhat });
    if (outcome.committed) return outcome.transactionId;
    const { fault, cause, transactionId } = outcome;
    throw new ClientError(fault, { cause, transactionId });
}

/** Fabric's codes for a state that moved on, or differed between the peers. */
const transientCodes = new Set<string>(['MVCC_READ_CONFLICT', 'PHANTOM_READ_CONFLICT', 'ENDORSEMENT_POLICY_FAILURE']);

function isTransient(fault: ClientFault, lagging: readonly FaultCode[]): boolean {
    if (fault.code === 'NOT_COMMITTED') return transientCodes.has(fault.validationCode);
    return fault.code === 'CHAINCODE_FAULT' && lagging.includes(fault.fault.code);
}
