import type { FaultEntries } from '../faults/fault-entry';
import type { SignatureFault } from './signature-api';

/** What the faults of signatures mean, whosever they are, and what to do. */
export const signatureCatalogue: FaultEntries<SignatureFault['code']> = {
    SIGNATURE_MALFORMED: {
        meaning: 'The signature has not the one form that is taken: 64 bytes r‖s in lower-case hex, with the lower s.',
        action: 'Sign with ReadingSigner or SubmissionSigner of network/client, or normalise s.',
        says: (f) => `The signature of ${f.signerId} has not the right form: ${f.reason}.`,
    },
    SIGNATURE_INVALID: {
        meaning: 'The signature is not that of the registered key over what was sent, on this channel.',
        action: 'Compare what was signed with what was sent; after a renewal, sign with the new key.',
        says: (f) => `The signature does not show that ${f.signerId} said this.`,
    },
    SIGNER_KEY_UNUSABLE: {
        meaning: 'The key is not an uncompressed point of the curve P-256.',
        action: 'Issue a certificate with a P-256 key, and register that.',
        says: (f) => `The key of ${f.signerId} cannot verify signatures.`,
    },
};
