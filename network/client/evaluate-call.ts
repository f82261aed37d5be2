import type { Call } from '../../chaincode/src/calls/call-api';
import type { CallProposal, ChaincodeCall } from './call-proposal';
import type { CallTimes } from './call-times';
import { classifyFailure } from './classify-failure';
import { ClientError, type ClientFault } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import { isContractFault, judgeAnswers, type PeerAnswer } from './peer-answer';
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
    const { clock, signer } = connection;
    const sentMs = clock();
    const proposal = signer.propose(connection.chaincodeCall(call));
    const transactionId = proposal.txId;
    try {
        const bytes = await askOnePeer(connection, proposal, isContractFault);
        const times = { sentMs, finishedMs: clock() };
        return { answered: true, transactionId, result: readAnswer(bytes), times };
    } catch (cause) {
        const times = { sentMs, finishedMs: clock() };
        const fault = classifyFailure(cause, times);
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
    return askOnePeer(connection, connection.signer.propose(call), isAnswered);
}

/** A refusal of Fabric's own chaincode is one of the ledger, which others have, too. */
function isAnswered(answer: PeerAnswer): boolean {
    return 'response' in answer;
}

/**
 * The peers in turn, those of the caller's organisation first, until one answers, or says a no that is final. When there
 * is neither, discovery is asked anew, and then those who have come to be known.
 */
async function askOnePeer(
    { identity, nodes, deadlines: { requestTimeoutMs } }: GatewayConnection,
    { signedBytes, txId }: CallProposal,
    isFinal: (answer: PeerAnswer) => boolean,
): Promise<Buffer> {
    const asked = new Map<string, PeerAnswer>();
    const askOthers = async (): Promise<PeerAnswer | undefined> => {
        for (const peer of nodes.peersInTurn(identity.mspId).filter((address) => !asked.has(address))) {
            const answer = await nodes.ask(peer, signedBytes, requestTimeoutMs);
            asked.set(peer, answer);
            if (isEndorsed(answer) || isFinal(answer)) return answer;
        }
        return undefined;
    };
    let found = await askOthers();
    if (found === undefined) {
        await nodes.renew();
        found = await askOthers();
    }
    if (found !== undefined && isEndorsed(found)) return found.response.response.payload;
    const answers = found === undefined ? [...asked.values()] : [found];
    throw new ClientError(judgeAnswers(answers, requestTimeoutMs), { transactionId: txId });
}

function isEndorsed(answer: PeerAnswer): answer is Extract<PeerAnswer, { readonly response: unknown }> {
    return 'response' in answer && answer.response.endorsement !== undefined;
}
