import { documentLimits, type DocumentReference } from './document-api';
import { inputLimits } from './input-api';
import { label, malformed, recordOf, wholeNumber, type Reader } from './read-field';

const digits = label(64);

/** A SHA-256 digest: 64 lower-case hex digits, which have one spelling only. */
export const digest: Reader<string> = (value, path) => {
    const read = digits(value, path);
    if (!/^[0-9a-f]{64}$/.test(read)) {
        throw malformed(path, 'not-a-digest');
    }
    return read;
};

/** Readers of a document's fields. */
export const documentFields = {
    title: label(inputLimits.labelLength),
    sha256: digest,
    sizeBytes: wholeNumber({ min: 0, max: documentLimits.sizeBytes }),
    place: label(documentLimits.placeLength),
} satisfies Record<keyof DocumentReference, unknown>;

export const documentReference = recordOf<DocumentReference>(documentFields);
