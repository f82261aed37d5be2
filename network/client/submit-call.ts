import type { Call, PrivateCall } from '../../chaincode/src/calls/call-api';
import { ClientError, type ClientFault } from './client-errors';
import { classifyFailure } from './classify-failure';
import type { GatewayConnection } from './connect-gateway';
import type { CallTimes } from './phase-recorder';
import { readAnswer } from './read-answer';

/** What became of a submitted call. Only `committed: true` is a success; a commit timeout never is. */
export type SubmitOutcome =
    | { readonly committed: true; readonly transactionId: string; readonly result: unknown; readonly times: CallTimes }
    | {
          readonly committed: false;
          readonly transactionId: string;
          readonly fault: ClientFault;
          readonly cause: unknown;
          readonly times: CallTimes;
      };

/** Submits a call and waits for its commit. Whatever becomes of it is the answer; nothing is thrown, nothing tried again. */
export async function trySubmit(connection: GatewayConnection, call: Call): Promise<SubmitOutcome> {
    const { clock, phases } = connection;
    const transaction = connection.contract(call.contract).createTransaction(call.transaction);
    const transactionId = transaction.getTransactionId();
    const sentMs = clock();
    phases.begin(transactionId);
    try {
        const endorsers = call.privately ? connection.membersOf(call.privately.collection) : connection.endorsers;
        if (endorsers !== undefined) transaction.setEndorsingOrganizations(...endorsers);
        if (call.privately) transaction.setTransient(transientOf(call.privately));
        const bytes = await transaction.submit(...call.args);
        const times = { sentMs, ...phases.take(transactionId), finishedMs: clock() };
        return { committed: true, transactionId, result: readAnswer(bytes), times };
    } catch (cause) {
        const times = { sentMs, ...phases.take(transactionId), finishedMs: clock() };
        const fault = classifyFailure(cause, { times, deadlines: connection.deadlines });
        return { committed: false, transactionId, fault, cause, times };
    }
}

function transientOf({ transient }: PrivateCall): Record<string, Buffer> {
    return Object.fromEntries(Object.entries(transient).map(([field, text]) => [field, Buffer.from(text)]));
}

/** Submits a call and gives its result once it is committed as valid. Throws ClientError for everything else. */
export async function submitCall(
    connection: GatewayConnection,
    call: Call,
): Promise<Extract<SubmitOutcome, { committed: true }>> {
    const outcome = await trySubmit(connection, call);
    if (outcome.committed) return outcome;
    const { fault, cause, transactionId } = outcome;
    throw new ClientError(fault, { cause, transactionId });
}

/** Completes one call, so that the gateway's connections and its commit stream stand before a burst. */
export async function warmGateway(connection: GatewayConnection, call: Call): Promise<void> {
    await submitCall(connection, call);
}
