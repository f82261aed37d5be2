import type { Call } from '../../chaincode/src/calls/call-api';
import { classifyFailure } from './classify-failure';
import { ClientError, type ClientFault } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import type { CallTimes } from './phase-recorder';
import { readAnswer } from './read-answer';

export type EvaluateOutcome =
    | { readonly answered: true; readonly transactionId: string; readonly result: unknown; readonly times: CallTimes }
    | {
          readonly answered: false;
          readonly transactionId: string;
          readonly fault: ClientFault;
          readonly cause: unknown;
          readonly times: CallTimes;
      };

/** Asks one peer; nothing is written. Whatever becomes of it is the answer; nothing is thrown. */
export async function tryEvaluate(connection: GatewayConnection, call: Call): Promise<EvaluateOutcome> {
    const transaction = connection.contract(call.contract).createTransaction(call.transaction);
    const transactionId = transaction.getTransactionId();
    const sentMs = connection.clock();
    try {
        const bytes = await transaction.evaluate(...call.args);
        const times = { sentMs, finishedMs: connection.clock() };
        return { answered: true, transactionId, result: readAnswer(bytes), times };
    } catch (cause) {
        const times = { sentMs, finishedMs: connection.clock() };
        const fault = classifyFailure(cause, { times, deadlines: connection.deadlines });
        return { answered: false, transactionId, fault, cause, times };
    }
}

/** Asks one peer and gives its answer. Throws ClientError when there is none. */
export async function evaluateCall(connection: GatewayConnection, call: Call): Promise<unknown> {
    const outcome = await tryEvaluate(connection, call);
    if (outcome.answered) return outcome.result;
    const { fault, cause, transactionId } = outcome;
    throw new ClientError(fault, { cause, transactionId });
}
