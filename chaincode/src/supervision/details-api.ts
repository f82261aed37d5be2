import { evaluateCallOf, submitCallOf, type Call } from '../calls/call-api';
import type { FindingName } from './finding-api';

/** The collection whose members are the supervising organisations. */
export const supervisionCollection = 'supervision';

/** The field of the transient data in which details travel. */
export const detailsField = 'details';

/** What only the supervising organisation may read of a finding. The salt keeps the digest from being guessed. */
export interface FindingDetails {
    /** 32 random bytes of the client, as 64 hexadecimal digits. */
    readonly salt: string;
    readonly text: string;
}

export const detailsLimits = { textLength: 16_384 } as const;

/** What everybody reads of them: who vouches for which digest since when. */
export interface DetailsRecord extends FindingName {
    readonly schemaVersion: 1;
    /** SHA-256 of the details in canonical JSON: Fabric's own hash of the private value. */
    readonly digest: string;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** Whether details that somebody shows are those that were announced. */
export interface DetailsCheck extends FindingName {
    readonly digest: string;
    readonly matches: boolean;
}

export type DetailsFault =
    | (FindingName & { readonly code: 'DETAILS_UNKNOWN' })
    | (FindingName & { readonly code: 'DETAILS_ANNOUNCED'; readonly digest: string });

const contract = 'supervision';
export const detailsCalls = {
    /**
     * By a supervisor, endorsed by members of the collection alone: nobody else's peer sees the details. They may be
     * replaced until they are announced.
     */
    deposit: (finding: FindingName, details: FindingDetails): Call => ({
        ...submitCallOf(contract, 'DepositDetails', finding),
        privately: { collection: supervisionCollection, transient: { [detailsField]: JSON.stringify(details) } },
    }),
    /** By a supervisor: puts the digest of what was deposited on the ledger, for good. */
    announce: (finding: FindingName): Call => submitCallOf(contract, 'AnnounceDetails', finding),
    /** Answers FindingDetails, to a supervisor of a member, on a member's peer. */
    read: (finding: FindingName): Call => evaluateCallOf(contract, 'ReadDetails', finding),
    /** Answers a DetailsRecord. */
    query: (finding: FindingName): Call => evaluateCallOf(contract, 'QueryDetails', finding),
    /** Answers a DetailsCheck. The details are an argument: they are shown to the peer that is asked, and not ordered. */
    check: (finding: FindingName, details: FindingDetails): Call =>
        evaluateCallOf(contract, 'CheckDetails', { ...finding, details }),
} as const;
