import type { sendUnaryData, ServerUnaryCall, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import { newProposalResponse } from '../../wire/proposal-response';
import { parseSignedProposal } from '../../wire/proposal';
import { checkProposal } from '../endorse/check-proposal';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import { signEndorsement } from '../endorse/sign-endorsement';
import { simulateTransaction } from '../endorse/simulate-transaction';
import { isSystemChaincode } from '../lifecycle/system-chaincodes';
import { policyPaths } from '../msp/channel-policies';
import { answerFault } from './grpc-status';
import { rawMethod } from './raw-method';

export const endorserMethods: ServiceDefinition = {
    ProcessProposal: rawMethod('/protos.Endorser/ProcessProposal', 'unary'),
};

/** protos.Endorser of one peer; `onBug` hears of errors that are no fault of a client or a chaincode. */
export function newEndorserService(peer: EndorsingPeer, onBug: (error: unknown) => void): UntypedServiceImplementation {
    return {
        ProcessProposal: (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
            processProposal(call.request, peer).then(
                (answer) => {
                    callback(null, answer);
                },
                (error: unknown) => {
                    const answer = answerFault(error);
                    if (answer.kind === 'response') {
                        const response = { status: 500, message: answer.message, payload: Buffer.alloc(0) };
                        callback(null, newProposalResponse({ response }));
                        return;
                    }
                    if (answer.isBug) onBug(error);
                    callback(answer.error);
                },
            );
        },
    };
}

/** SignedProposal bytes → ProposalResponse bytes: check, simulate, sign. Throws EndorseError or WireError. */
export async function processProposal(bytes: Buffer, peer: EndorsingPeer): Promise<Buffer> {
    const proposal = checkProposal(parseSignedProposal(bytes), {
        channelId: peer.channelId,
        mspId: peer.mspId,
        nowMs: peer.clock.nowMs(),
        isSystemChaincode,
        hasTransaction: (txId) => peer.ledger.hasTransaction(txId),
        identity: (creator) => peer.msps.identity(creator),
        writers: peer.policies.policy(policyPaths.applicationWriters),
    });
    return signEndorsement(proposal, await simulateTransaction(proposal, peer), peer.signer);
}
