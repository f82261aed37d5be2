import type { FaultEntries } from '../faults/fault-entry';
import type { SignedReadingFault } from './signed-reading-api';

/** What the faults of signed readings mean, and what to do. */
export const signedReadingCatalogue: FaultEntries<SignedReadingFault['code']> = {
    REPLAYED: {
        meaning: 'Something was accepted under this sequence number of the signer before.',
        action: 'Nothing is lost if it is the same; for something new, count on and sign again.',
        says: (f) => `The number ${f.sequence} of ${f.terminalId} was used in transaction ${f.transactionId}.`,
    },
    SIGNED_READING_UNKNOWN: {
        meaning: 'No signed reading was accepted under this sequence number.',
        action: 'Check the terminal’s id and its count.',
        says: (f) => `The ledger holds no signed reading ${f.sequence} of ${f.terminalId}.`,
    },
};
