import { authorityCalls, type AuthorityMove } from '../../chaincode/src/authority/authority-api';
import type { GatewayConnection } from './connect-gateway';
import { submitUntilCommitted } from './submit-until-committed';

/** Operators of two organisations: none can move authority alone. */
export interface AuthorityMovers {
    readonly proposer: GatewayConnection;
    readonly approver: GatewayConnection;
}

/**
 * Has one operator propose and the other approve who is to hold dispatch authority; answers when that is committed. Throws
 * ClientError.
 */
export async function moveAuthority({ proposer, approver }: AuthorityMovers, move: AuthorityMove): Promise<void> {
    const proposal = authorityCalls.proposeAuthority(move);
    const proposalId = await submitUntilCommitted(proposer, proposal, { lagging: ['ALREADY_HOLDER'] });
    const approval = authorityCalls.approveAuthority({ proposedBy: proposer.identity.mspId, proposalId });
    await submitUntilCommitted(approver, approval, { lagging: ['PROPOSAL_UNKNOWN', 'PROPOSAL_OUTDATED'] });
}
