import { evaluateCallOf, submitCallOf, type Call } from '../calls/call-api';
import type { FindingName } from './finding-api';

/** The collection whose members are the supervising organisations. */
export const supervisionCollection = 'supervision';

/** The field of the transient data in which details travel. */
export const detailsField = 'details';

/** A test that was recorded. */
export interface TestName {
    readonly assetId: string;
    readonly testId: string;
}

/** What details are of: a finding, or the report of a test. Only what is not sensitive is for everybody (seed 001, section 3). */
export type DetailsSubject = FindingName | TestName;

/** What only the supervising organisation may read of their subject. The salt keeps the digest from being guessed. */
export interface Details {
    /** 32 random bytes of the client, as 64 hexadecimal digits. */
    readonly salt: string;
    readonly text: string;
}

export const detailsLimits = { textLength: 16_384 } as const;

/** What everybody reads of them: who vouches for which digest since when. */
export type DetailsRecord<Subject extends DetailsSubject = DetailsSubject> = Subject & {
    readonly schemaVersion: 1;
    /** SHA-256 of the details in canonical JSON: Fabric's own hash of the private value. */
    readonly digest: string;
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
};

/** Whether details that somebody shows are those that were announced. */
export type DetailsCheck<Subject extends DetailsSubject = DetailsSubject> = Subject & {
    readonly digest: string;
    readonly matches: boolean;
};

export type DetailsFault =
    | (DetailsSubject & { readonly code: 'DETAILS_UNKNOWN' })
    | (DetailsSubject & { readonly code: 'DETAILS_ANNOUNCED'; readonly digest: string })
    | (TestName & { readonly code: 'TEST_UNKNOWN' });

export interface DetailsCalls<Subject extends DetailsSubject> {
    /**
     * By a supervisor, endorsed by members of the collection alone: nobody else's peer sees the details. They may be
     * replaced until they are announced.
     */
    readonly deposit: (subject: Subject, details: Details) => Call;
    /** By a supervisor: puts the digest of what was deposited on the ledger, for good. */
    readonly announce: (subject: Subject) => Call;
    /** Answers Details, to a supervisor of a member, on a member's peer. */
    readonly read: (subject: Subject) => Call;
    /** Answers a DetailsRecord of the subject. */
    readonly query: (subject: Subject) => Call;
    /** Answers a DetailsCheck. The details are an argument: they are shown to the peer that is asked, and not ordered. */
    readonly check: (subject: Subject, details: Details) => Call;
}

/** Of findings. */
export const detailsCalls = callsOf<FindingName>('Details');
/** Of the reports of tests. */
export const testDetailsCalls = callsOf<TestName>('TestDetails');

/** The calls whose transactions’ names end alike. */
function callsOf<Subject extends DetailsSubject>(ending: 'Details' | 'TestDetails'): DetailsCalls<Subject> {
    const contract = 'supervision';
    return {
        deposit: (subject, details) => ({
            ...submitCallOf(contract, `Deposit${ending}`, subject),
            privately: { collection: supervisionCollection, transient: { [detailsField]: JSON.stringify(details) } },
        }),
        announce: (subject) => submitCallOf(contract, `Announce${ending}`, subject),
        read: (subject) => evaluateCallOf(contract, `Read${ending}`, subject),
        query: (subject) => evaluateCallOf(contract, `Query${ending}`, subject),
        check: (subject, details) => evaluateCallOf(contract, `Check${ending}`, { ...subject, details }),
    };
}
