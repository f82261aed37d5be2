import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';

/** Somebody who acted: organisation and common name of the certificate. */
export interface Person {
    readonly mspId: string;
    readonly name: string;
}

/** Which organisation's dispatchers may operate the grid. */
export interface AuthorityRecord {
    readonly schemaVersion: 1;
    /** MSP id. */
    readonly holder: string;
    readonly sinceMs: number;
    /** MSP id of the holder before; null for the first. */
    readonly former: string | null;
    readonly proposedBy: Person;
    readonly approvedBy: Person;
    readonly reason: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** What an operator of one organisation proposes, and one of another has to approve. Each organisation has one. */
export interface AuthorityProposal {
    readonly schemaVersion: 1;
    /** MSP id that is to hold it. */
    readonly holder: string;
    readonly reason: string;
    readonly proposedBy: Person;
    /** Transaction of the authority that it is to replace; null when there is none. A proposal is good for that alone. */
    readonly replaces: string | null;
    readonly expiresAtMs: number;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export interface AuthorityMove {
    /** MSP id that is to hold dispatch authority. */
    readonly holder: string;
    readonly reason: string;
}
export interface AuthorityApproval {
    /** MSP id of the proposing organisation. */
    readonly proposedBy: string;
    /** Transaction of the proposal: the operator says which one was read. */
    readonly proposalId: string;
}

export type AuthorityFault =
    | { readonly code: 'AUTHORITY_NOT_ASSIGNED' }
    | { readonly code: 'AUTHORITY_NOT_HELD'; readonly holder: string; readonly mspId: string }
    | { readonly code: 'ALREADY_HOLDER'; readonly holder: string }
    | { readonly code: 'PROPOSAL_UNKNOWN'; readonly proposedBy: string; readonly proposalId: string }
    | { readonly code: 'PROPOSAL_EXPIRED'; readonly proposalId: string; readonly expiredAtMs: number }
    | { readonly code: 'PROPOSAL_OUTDATED'; readonly proposalId: string }
    | { readonly code: 'APPROVED_BY_PROPOSER'; readonly mspId: string };

export const authorityLimits = {
    /** How long a proposal waits for its approval. */
    proposalMs: 600_000,
    /** How far the clocks of two organisations' operators may differ. */
    clockToleranceMs: 5_000,
} as const;

export const authorityContract = 'authority';
export const authorityCalls = {
    /** By an operator. A new proposal takes the place of the organisation's former one. */
    proposeAuthority: (input: AuthorityMove): Call => submitCallOf(authorityContract, 'ProposeAuthority', input),
    /** By an operator of another organisation than the proposing one; from its commit on the holder has changed. */
    approveAuthority: (input: AuthorityApproval): Call => submitCallOf(authorityContract, 'ApproveAuthority', input),
    /** Answers an AuthorityRecord. */
    queryAuthority: (): Call => evaluateCallOf(authorityContract, 'QueryAuthority', {}),
    /** Answers a Page<AuthorityRecord>, newest first. */
    queryAuthorityHistory: (input: PageRequest): Call =>
        evaluateCallOf(authorityContract, 'QueryAuthorityHistory', input),
    /** Answers a Page<AuthorityProposal>: proposals that were not approved, expired ones among them. */
    listAuthorityProposals: (input: PageRequest): Call =>
        evaluateCallOf(authorityContract, 'ListAuthorityProposals', input),
} as const;

export const authorityEvents = { proposed: 'authority.proposed', moved: 'authority.moved' } as const;
export interface AuthorityEventPayloads {
    readonly 'authority.proposed': AuthorityProposal;
    readonly 'authority.moved': AuthorityRecord;
}
