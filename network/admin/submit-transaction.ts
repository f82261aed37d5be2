import { protos } from 'fabric-protos/bundle';
import type { Organization } from '../topology/network-model';
import { newTransactionEnvelope } from '../wire/transaction';
import type { AdminSession, OwnedPeer } from './admin-session';
import { AdminError } from './admin-errors';
import { askForEndorsement, nameOf, newCallProposal, refused, tryAskPeer } from './ask-peer';
import type { SystemCall } from './ask-peer';
import { orderEnvelope } from './order-envelope';

const ok = 200;
const valid: number = protos.TxValidationCode.VALID;

export interface Submission {
    /** Its administrator signs, its orderer is asked to order. */
    readonly by: Organization;
    readonly endorsers: readonly OwnedPeer[];
    /** Peers that must have committed it before it counts as done. */
    readonly seenBy: readonly OwnedPeer[];
}

/**
 * Endorses, orders and waits until the transaction is valid on every peer named. Throws AdminError PROPOSAL_REFUSED,
 * ENDORSEMENTS_DIFFER, ORDERER_REFUSED, ADMIN_TRANSACTION_INVALID, NODE_UNREACHABLE.
 */
export async function submitTransaction(
    session: AdminSession,
    call: SystemCall,
    { by, endorsers, seenBy }: Submission,
): Promise<void> {
    const signer = session.adminOf(by);
    const proposal = newCallProposal(session, signer, call);
    const answers = await Promise.all(
        endorsers.map(async (endorser) => {
            const answer = await askForEndorsement(session, endorser, signer, proposal);
            const { response, payload, endorsement } = answer;
            if (response.status !== ok || !payload || !endorsement) throw refused(endorser, call, response);
            return { payload: Buffer.from(payload), endorsement };
        }),
    );
    const payload = answers[0]?.payload ?? Buffer.alloc(0);
    if (!answers.every((answer) => answer.payload.equals(payload))) {
        const nodes = endorsers.map(({ peer }) => peer.name);
        throw new AdminError({ code: 'ENDORSEMENTS_DIFFER', what: nameOf(call), nodes });
    }
    const envelope = newTransactionEnvelope(
        {
            ...proposal,
            proposalResponsePayloadBytes: payload,
            endorsements: answers.map(({ endorsement }) => endorsement),
        },
        (bytes) => signer.sign(bytes),
    );
    await orderEnvelope(session, by, envelope);
    await Promise.all(seenBy.map((peer) => waitUntilValid(session, peer, call, proposal.txId)));
}

/** The peer's own word on a transaction, by qscc: it knows none that it has not committed. */
async function waitUntilValid(session: AdminSession, peer: OwnedPeer, call: SystemCall, txId: string): Promise<void> {
    const channel = session.network.channel.name;
    const query: SystemCall = {
        chaincode: 'qscc',
        function: 'GetTransactionByID',
        args: [channel, txId],
        channelId: channel,
    };
    const code: { readonly value: number } = await session.wait(
        `${nameOf(call)} to be committed by ${peer.peer.name}`,
        async () => {
            const { response } = await tryAskPeer(session, peer, query);
            if (response.status !== ok) return undefined;
            return { value: protos.ProcessedTransaction.decode(response.payload).validationCode };
        },
    );
    if (code.value !== valid) {
        const validationCode = protos.TxValidationCode[code.value] ?? String(code.value);
        throw new AdminError({
            code: 'ADMIN_TRANSACTION_INVALID',
            what: nameOf(call),
            transactionId: txId,
            validationCode,
        });
    }
}
