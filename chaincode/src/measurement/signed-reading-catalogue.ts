import type { FaultEntries } from '../faults/fault-entry';
import type { SignatureFault } from '../signatures/signature-api';
import type { SignedReadingFault } from './signed-reading-api';

/** What the faults of terminals' signatures mean, and what to do. */
export const signedReadingCatalogue: FaultEntries<(SignatureFault | SignedReadingFault)['code']> = {
    SIGNATURE_MALFORMED: {
        meaning: 'The signature has not the one form that is taken: 64 bytes r‖s in lower-case hex, with the lower s.',
        action: 'Sign with ReadingSigner of network/client, or normalise s.',
        says: (f) => `The signature of ${f.terminalId} has not the right form: ${f.reason}.`,
    },
    SIGNATURE_INVALID: {
        meaning: 'The signature is not that of the registered key over what was sent, on this channel.',
        action: 'Compare what was signed with what was forwarded; after a renewal, sign with the new key.',
        says: (f) => `The signature does not show that ${f.terminalId} said this.`,
    },
    TERMINAL_KEY_UNUSABLE: {
        meaning: 'The registered key is not an uncompressed point of the curve P-256.',
        action: 'Issue the terminal a certificate with a P-256 key, and renew its registration.',
        says: (f) => `The registered key of ${f.terminalId} cannot verify signatures.`,
    },
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
