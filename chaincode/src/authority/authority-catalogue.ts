import type { FaultEntries } from '../faults/fault-entry';
import type { AuthorityFault } from './authority-api';

/** What the faults of dispatch authority mean, and what to do. */
export const authorityCatalogue: FaultEntries<AuthorityFault['code']> = {
    AUTHORITY_NOT_ASSIGNED: {
        meaning: 'No organisation holds dispatch authority yet.',
        action: 'Let an operator call ProposeAuthority and one of another organisation ApproveAuthority.',
        says: () => 'Dispatch authority is not assigned yet.',
    },
    AUTHORITY_NOT_HELD: {
        meaning: 'Another organisation holds dispatch authority: its dispatchers operate the grid.',
        action: 'Leave it to the holder, or let operators of two organisations move authority.',
        says: (f) => `Dispatch authority is held by ${f.holder}, not by ${f.mspId}.`,
    },
    ALREADY_HOLDER: {
        meaning: 'Authority was to be moved to the organisation that holds it.',
        action: 'Read the holder with QueryAuthority.',
        says: (f) => `${f.holder} holds dispatch authority already.`,
    },
    PROPOSAL_UNKNOWN: {
        meaning: 'The organisation has no such proposal: it was approved, or a newer one took its place.',
        action: 'Read the proposals with ListAuthorityProposals.',
        says: (f) => `${f.proposedBy} has no proposal ${f.proposalId}.`,
    },
    PROPOSAL_EXPIRED: {
        meaning: 'The proposal was not approved in time.',
        action: 'Let the operator propose again.',
        says: (f) => `The proposal ${f.proposalId} expired at ${f.expiredAtMs}.`,
    },
    PROPOSAL_OUTDATED: {
        meaning: 'Authority has moved since it was proposed.',
        action: 'Read the holder with QueryAuthority; if it should move again, propose that anew.',
        says: (f) => `Authority has moved since the proposal ${f.proposalId} was made.`,
    },
    APPROVED_BY_PROPOSER: {
        meaning: 'An organisation cannot move authority alone.',
        action: 'Let an operator of another organisation approve.',
        says: (f) => `${f.mspId} may not approve what it proposed itself.`,
    },
};
