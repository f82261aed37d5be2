import { newProposal, newSignedProposal } from '../wire/proposal';
import type { Proposal } from '../wire/proposal';
import { parseProposalResponse } from '../wire/proposal-response';
import type { ProposalResponse } from '../wire/proposal-response';
import type { AdminSession, OwnedPeer, Signer } from './admin-session';
import { AdminError } from './admin-errors';

const endorserPath = '/protos.Endorser/ProcessProposal';

/** A call of one of Fabric's own chaincodes. */
export interface SystemCall {
    readonly chaincode: '_lifecycle' | 'cscc' | 'qscc';
    /** The first argument. */
    readonly function: string;
    readonly args: readonly (string | Uint8Array)[];
    /** Empty for a call that belongs to no channel. */
    readonly channelId: string;
    /** One of `headerTypes`; an endorser transaction when left out. */
    readonly type?: number;
}

/** e.g. `_lifecycle.InstallChaincode` */
export function nameOf(call: SystemCall): string {
    return `${call.chaincode}.${call.function}`;
}

export function newCallProposal(session: AdminSession, signer: Signer, call: SystemCall): Proposal {
    return newProposal({
        ...(call.type === undefined ? {} : { type: call.type }),
        channelId: call.channelId,
        chaincodeName: call.chaincode,
        args: [call.function, ...call.args],
        creator: signer.creator,
        nonce: session.options.newNonce(),
        timestampMs: session.options.nowMs(),
    });
}

/** Has a peer simulate a signed proposal, whatever comes of it. Throws AdminError NODE_UNREACHABLE. */
export async function askForEndorsement(
    session: AdminSession,
    { organization, peer }: OwnedPeer,
    signer: Signer,
    { proposalBytes }: Proposal,
): Promise<ProposalResponse> {
    const request = newSignedProposal(proposalBytes, signer.sign(proposalBytes));
    const address = session.addressOf(organization, peer);
    return parseProposalResponse(await session.connections.call(address, endorserPath, request));
}

/** Asks a peer, as its own organisation's administrator, and gives whatever it answered. Throws NODE_UNREACHABLE. */
export async function tryAskPeer(session: AdminSession, asked: OwnedPeer, call: SystemCall): Promise<ProposalResponse> {
    const signer = session.adminOf(asked.organization);
    return askForEndorsement(session, asked, signer, newCallProposal(session, signer, call));
}

/** The same, and the answer's payload. Throws PROPOSAL_REFUSED, too. */
export async function askPeer(session: AdminSession, asked: OwnedPeer, call: SystemCall): Promise<Buffer> {
    const { response } = await tryAskPeer(session, asked, call);
    if (response.status !== 200) throw refused(asked, call, response);
    return response.payload;
}

export function refused(
    { peer }: OwnedPeer,
    call: SystemCall,
    { status, message }: { readonly status: number; readonly message: string },
): AdminError {
    return new AdminError({ code: 'PROPOSAL_REFUSED', node: peer.name, what: nameOf(call), status, reason: message });
}
