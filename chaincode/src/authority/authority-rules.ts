import { laterOf } from '../clock/later-of';
import type { TimeFault } from '../clock/clock-api';
import type { RoleHolders, RolesFault } from '../roles/roles-api';
import {
    authorityLimits,
    type AuthorityApproval,
    type AuthorityFault,
    type AuthorityMove,
    type AuthorityProposal,
    type AuthorityRecord,
    type Person,
} from './authority-api';

/** Who acts, and the transaction by which. */
export interface AuthorityAct {
    readonly by: Person;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** An operator proposes a holder: an organisation that may have dispatchers and does not hold authority already. */
export function decideProposal(
    current: AuthorityRecord | undefined,
    move: AuthorityMove,
    act: AuthorityAct,
    holders: RoleHolders,
): AuthorityProposal | AuthorityFault | RolesFault {
    const { holder, reason } = move;
    if (!holders.dispatcher.includes(holder)) {
        return { code: 'ROLE_NOT_HELD_HERE', role: 'dispatcher', mspId: holder };
    }
    if (current?.holder === holder) {
        return { code: 'ALREADY_HOLDER', holder };
    }
    const { by: proposedBy, transactionId, transactionTimeMs } = act;
    const expiresAtMs = transactionTimeMs + authorityLimits.proposalMs;
    const replaces = current?.transactionId ?? null;
    return { schemaVersion: 1, holder, reason, proposedBy, replaces, expiresAtMs, transactionId, transactionTimeMs };
}

/**
 * An operator of another organisation approves what was proposed. The approval's time lies within the proposal's life,
 * so that one organisation alone cannot push the record's time far ahead.
 */
export function decideApproval(
    current: AuthorityRecord | undefined,
    proposal: AuthorityProposal | undefined,
    approval: AuthorityApproval,
    act: AuthorityAct,
): AuthorityRecord | AuthorityFault | TimeFault {
    if (proposal?.transactionId !== approval.proposalId) {
        return { code: 'PROPOSAL_UNKNOWN', ...approval };
    }
    const fault = judgeApprover(current, proposal, act);
    if (fault !== undefined) {
        return fault;
    }
    const lastMs = Math.max(proposal.transactionTimeMs, current?.sinceMs ?? 0);
    const judged = laterOf(act.transactionTimeMs, lastMs, authorityLimits.clockToleranceMs);
    if ('code' in judged) {
        return judged;
    }
    if (judged.nowMs > proposal.expiresAtMs) {
        return { code: 'PROPOSAL_EXPIRED', proposalId: approval.proposalId, expiredAtMs: proposal.expiresAtMs };
    }
    const { by: approvedBy, transactionId, transactionTimeMs } = act;
    return {
        schemaVersion: 1,
        holder: proposal.holder,
        sinceMs: judged.nowMs,
        former: current?.holder ?? null,
        proposedBy: proposal.proposedBy,
        approvedBy,
        reason: proposal.reason,
        transactionId,
        transactionTimeMs,
    };
}

function judgeApprover(
    current: AuthorityRecord | undefined,
    proposal: AuthorityProposal,
    act: AuthorityAct,
): AuthorityFault | undefined {
    if (act.by.mspId === proposal.proposedBy.mspId) {
        return { code: 'APPROVED_BY_PROPOSER', mspId: act.by.mspId };
    }
    return (current?.transactionId ?? null) === proposal.replaces
        ? undefined
        : { code: 'PROPOSAL_OUTDATED', proposalId: proposal.transactionId };
}
