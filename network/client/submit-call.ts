import type { Call } from '../../chaincode/src/calls/call-api';
import { newTransactionEnvelope, parseChaincodeAction, parseProposalResponsePayload } from '../wire/transaction';
import type { CallProposal } from './call-proposal';
import type { CallTimes } from './call-times';
import { classifyFailure } from './classify-failure';
import { ClientError, type ClientFault } from './client-errors';
import { collectEndorsements, type EndorsedResult } from './collect-endorsements';
import type { GatewayConnection } from './connect-gateway';
import { planOfOrganizations, type EndorsementPlan } from './endorsement-plan';
import { readAnswer } from './read-answer';
import { repeatUntilCommitted } from './repeat-until-committed';

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

/** The stages that a submission has reached so far. */
interface Stages {
    endorsedMs?: number;
    orderedMs?: number;
}

/** Submits a call and waits for its commit. Whatever becomes of it is the answer; nothing is thrown, nothing tried again. */
export async function trySubmit(connection: GatewayConnection, call: Call): Promise<SubmitOutcome> {
    const { clock, signer } = connection;
    const sentMs = clock();
    const proposal = signer.propose(connection.chaincodeCall(call));
    const transactionId = proposal.txId;
    const stages: Stages = {};
    try {
        const endorsers = call.privately ? connection.membersOf(call.privately.collection) : connection.endorsers;
        const endorsed = await endorse(connection, proposal, endorsers);
        stages.endorsedMs = clock();
        await commit(connection, proposal, endorsed, stages);
        const times = { sentMs, ...stages, finishedMs: clock() };
        const { actionBytes } = parseProposalResponsePayload(endorsed.payload);
        const { payload } = parseChaincodeAction(actionBytes).response;
        return { committed: true, transactionId, result: readAnswer(payload), times };
    } catch (cause) {
        const times = { sentMs, ...stages, finishedMs: clock() };
        const fault = classifyFailure(cause, times);
        return { committed: false, transactionId, fault, cause, times };
    }
}

/** By discovery's plan; when it fails for want of a peer, by what discovery tells then, if that is another. */
async function endorse(
    { nodes, deadlines: { requestTimeoutMs } }: GatewayConnection,
    { signedBytes }: CallProposal,
    endorsers: readonly string[] | undefined,
): Promise<EndorsedResult> {
    const by = async (plan: EndorsementPlan): Promise<EndorsedResult> =>
        collectEndorsements({
            plan: endorsers === undefined ? plan : planOfOrganizations(plan, endorsers),
            isSuspect: (peer) => nodes.isSuspect(nodes.addressOf(peer)),
            ask: (peer) => nodes.ask(nodes.addressOf(peer), signedBytes, requestTimeoutMs),
            random: () => Math.random(),
            requestTimeoutMs,
        });
    const plan = await nodes.plan();
    try {
        return await by(plan);
    } catch (error) {
        if (!(error instanceof ClientError) || !lackOfPeers.has(error.fault.code)) throw error;
        await nodes.renew();
        const renewed = await nodes.plan();
        if (renewed === plan) throw error;
        return await by(renewed);
    }
}

/** What a call may fail with because the peers that were known are gone. */
const lackOfPeers = new Set<ClientFault['code']>(['CLIENT_UNREACHABLE', 'ENDORSEMENT_FAILED']);

/** Listens for the commit before the transaction is ordered: it may be in a block before the orderer has answered. */
async function commit(
    { nodes, signer, commitWatch, clock, deadlines: { commitTimeoutMs } }: GatewayConnection,
    proposal: CallProposal,
    { payload, endorsements }: EndorsedResult,
    stages: Stages,
): Promise<void> {
    const { channelHeaderBytes, signatureHeaderBytes, chaincodeProposalPayloadBytes } = proposal;
    const headers = { channelHeaderBytes, signatureHeaderBytes };
    const envelope = newTransactionEnvelope(
        { ...headers, chaincodeProposalPayloadBytes, proposalResponsePayloadBytes: payload, endorsements },
        (bytes) => signer.sign(bytes),
    );
    const wait = commitWatch.waitFor(proposal.txId, commitTimeoutMs);
    await wait.start();
    try {
        await nodes.ordering.order(envelope, commitTimeoutMs);
    } catch (error) {
        wait.cancel();
        throw error;
    }
    stages.orderedMs = clock();
    await repeatUntilCommitted(wait.committed(), { ordering: nodes.ordering, envelope, commitTimeoutMs });
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
