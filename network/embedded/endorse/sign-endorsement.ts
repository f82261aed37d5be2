import { newChaincodeInterest, newProposalResponse, newProposalResponsePayload } from '../../wire/proposal-response';
import type { Signer } from '../msp/signer';
import type { CheckedProposal } from './check-proposal';
import type { Simulation } from './simulate-transaction';

/**
 * The peer's answer to a simulated proposal. Below 400 it is endorsed: a signature over payload ‖ endorser. 400 to 499
 * gives the chaincode's answer alone, 500 and more the payload too; without a channel nothing is endorsed. Where there is
 * a payload there is the interest too, if the call was simulated.
 * Fabric v2.5.16: core/endorser/endorser.go, ProcessProposalSuccessfullyOrError.
 */
export function signEndorsement(proposal: CheckedProposal, simulation: Simulation, signer: Signer): Buffer {
    const { response, results, event, chaincodeVersion, interest: calls } = simulation;
    if (response.status < 500 && (proposal.channelId === '' || response.status >= 400)) {
        return newProposalResponse({ response });
    }
    const { proposalHash, txId, chaincodeName } = proposal;
    const content = { proposalHash, results, response, event, txId, chaincodeName, chaincodeVersion };
    const payload = newProposalResponsePayload(content);
    const interest = calls && { interest: newChaincodeInterest(calls) };
    if (response.status >= 500) {
        return newProposalResponse({ response, payload, ...interest });
    }
    const endorser = signer.identity;
    const signature = signer.sign(Buffer.concat([payload, endorser]));
    return newProposalResponse({ response, payload, endorsement: { endorser, signature }, ...interest });
}
