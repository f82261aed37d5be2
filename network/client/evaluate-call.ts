import type { Call } from '../../chaincode/src/calls/call-api';
import type { CallProposal, ChaincodeCall } from './call-proposal';
import type { CallTimes } from './call-times';
import { classifyFailure } from './classify-failure';
import { ClientError, type ClientFault } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import { judgeAnswers, type PeerAnswer } from './peer-answer';
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
    const { clock, signer, deadlines } = connection;
    const sentMs = clock();
    const proposal = signer.propose(connection.chaincodeCall(call));
    const transactionId = proposal.txId;
    try {
        const bytes = await askOnePeer(connection, proposal);
        const times = { sentMs, finishedMs: clock() };
        return { answered: true, transactionId, result: readAnswer(bytes), times };
    } catch (cause) {
        const times = { sentMs, finishedMs: clock() };
        const fault = classifyFailure(cause, times, deadlines);
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

/** The same of any chaincode, also Fabric's own, and the answer's bytes. Throws ClientError when there is none. */
export async function evaluateBytes(connection: GatewayConnection, call: ChaincodeCall): Promise<Buffer> {
    return askOnePeer(connection, connection.signer.propose(call));
}

/** The peers of the caller's organisation in turn, until one answers; a no is an answer. */
async function askOnePeer(
    { identity, nodes, deadlines }: GatewayConnection,
    { signedBytes, txId }: CallProposal,
): Promise<Buffer> {
    const answers: PeerAnswer[] = [];
    for (const peer of nodes.peersOf(identity.mspId)) {
        const answer = await nodes.ask(peer, signedBytes, deadlines.requestTimeoutMs);
        if ('response' in answer && answer.response.endorsement !== undefined) return answer.response.response.payload;
        answers.push(answer);
        if ('response' in answer) break;
    }
    throw new ClientError(judgeAnswers(answers, deadlines.requestTimeoutMs), { transactionId: txId });
}
