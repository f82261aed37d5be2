import type { Endorser, EndorsementResponse } from 'fabric-common';
import { waitUntil } from '../backends/wait-until';
import { encodeReceipt, signedPartOf, type Verdict } from '../receipts/receipt';
import { verdictQuestion } from '../receipts/read-verdict';
import { ReceiptVerifier } from '../receipts/receipt-verifier';
import { parseHashedProposal } from '../wire/proposal';
import { ClientError } from './client-errors';
import type { GatewayConnection } from './connect-gateway';
import { readBlockBytes } from './read-ledger';

const deadlineMs = 20_000;

/**
 * Writes a transaction's receipt: the signed part of its block, and the verdict of a peer of each organisation. It is
 * verified against the channel's own genesis block before it is given out, so that nothing is written that does not
 * prove. Throws ClientError NOT_ON_LEDGER, CLIENT_UNREACHABLE, and ReceiptError, e.g. TRANSACTION_INVALID.
 */
export async function proveTransaction(connection: GatewayConnection, transactionId: string): Promise<Buffer> {
    const blockBytes = await readBlockBytes(connection, { transactionId });
    const verdict = await askForVerdict(connection, transactionId);
    const receipt = encodeReceipt({ ...signedPartOf(blockBytes), verdict });
    new ReceiptVerifier(await readBlockBytes(connection, { number: 0 })).verify(receipt);
    return receipt;
}

/** Asks a peer of each organisation; one that lags behind the others is asked again. */
async function askForVerdict(connection: GatewayConnection, transactionId: string): Promise<Verdict> {
    const forWhat = `a peer of each organisation to know the transaction ${transactionId}`;
    return waitUntil(() => tryAskForVerdict(connection, transactionId), { deadlineMs, forWhat });
}

/** Undefined when not every one has answered, or not all the same. */
async function tryAskForVerdict(connection: GatewayConnection, transactionId: string): Promise<Verdict | undefined> {
    const channel = connection.fabric.getChannel();
    const { identityContext } = connection.fabric.getGateway();
    if (identityContext === undefined) {
        throw new ClientError({ code: 'CLIENT_UNREACHABLE', node: 'The gateway', why: 'it was closed' });
    }
    const proposal = channel.newEndorsement(verdictQuestion.chaincode);
    const args = [channel.name, transactionId];
    const context = identityContext.calculateTransactionId();
    const request = { fcn: verdictQuestion.function, args, generateTransactionId: false };
    const proposalBytes = proposal.build(context, request);
    proposal.sign(context);
    const targets = onePeerOfEach(channel.getEndorsers());
    const { requestTimeoutMs: requestTimeout } = connection.deadlines;
    const { responses } = await proposal.send({ targets, requestTimeout });
    const [first] = responses;
    const areAlike = responses.every(
        ({ payload, response }) => response.status === 200 && first?.payload.equals(payload),
    );
    if (first === undefined || responses.length < targets.length || !areAlike) return undefined;
    return {
        question: parseHashedProposal(proposalBytes),
        answerBytes: first.payload,
        endorsements: responses.flatMap(({ endorsement }) => toEndorsement(endorsement)),
    };
}

/** In the order of the organisations' MSP ids, so that a receipt does not depend on who answers first. */
function onePeerOfEach(peers: readonly Endorser[]): Endorser[] {
    const byMsp = new Map(peers.map((peer) => [peer.mspid, peer]));
    return [...byMsp].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, peer]) => peer);
}

function toEndorsement(endorsement: EndorsementResponse['endorsement']): Verdict['endorsements'] {
    if (endorsement === undefined) return [];
    const { endorser, signature } = endorsement;
    return [{ endorser: Buffer.from(endorser), signature: Buffer.from(signature) }];
}
