import type { Call } from '../../../chaincode/src/calls/call-api';
import type { Details, DetailsCalls, DetailsSubject } from '../../../chaincode/src/supervision/details-api';

/** The calls about the details of one subject, whichever kind it is. */
export interface BoundDetails {
    readonly subject: DetailsSubject;
    readonly deposit: (details: Details) => Call;
    readonly announce: () => Call;
    readonly read: () => Call;
    readonly query: () => Call;
    readonly check: (details: Details) => Call;
}

export function boundDetails<Subject extends DetailsSubject>(
    calls: DetailsCalls<Subject>,
    subject: Subject,
): BoundDetails {
    return {
        subject,
        deposit: (details) => calls.deposit(subject, details),
        announce: () => calls.announce(subject),
        read: () => calls.read(subject),
        query: () => calls.query(subject),
        check: (details) => calls.check(subject, details),
    };
}
