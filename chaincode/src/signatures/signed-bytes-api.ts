import { canonicalJson } from '../ledger-access/canonical-json';
import type { ClaimedReading } from '../measurement/reading-api';
import type { ReadingTable } from '../measurement/reading-table-api';
import type { SignableSubmission } from '../oracles/feeds-api';

/** What is signed is judged afterwards. */
export type SignableReading = ClaimedReading;
/** In a table, or with the names of its readings. */
export type SignableBatch = { readonly concentratorId: string } & (
    ReadingTable<string> | { readonly readings: readonly SignableReading[] }
);

/** Where a signature counts: nowhere but on this channel, and under this number of the signer's. */
export interface SignatureScope {
    readonly channel: string;
    /** The signer's own count; it never signs two things with one number. */
    readonly sequence: number;
}

/**
 * What a terminal signs of its own reading: a line that says what it is, then the JSON of channel, sequence and reading
 * in the canonical form of RFC 8785 (keys in order, no white space, numbers as ECMAScript writes them), in UTF-8.
 */
export function readingBytes(reading: SignableReading, { channel, sequence }: SignatureScope): Buffer {
    return Buffer.from(`feeder-ledger reading 1\n${canonicalJson({ channel, reading, sequence })}`);
}

/**
 * What a concentrator signs of a batch: the whole of it, every reading in its place, in the form in which it is sent. A
 * table and its readings make each other, so that either text can be written again from what the ledger keeps.
 */
export function batchBytes(batch: SignableBatch, { channel, sequence }: SignatureScope): Buffer {
    const form = 'sources' in batch ? 2 : 1;
    return Buffer.from(`feeder-ledger batch ${form}\n${canonicalJson({ batch, channel, sequence })}`);
}

/** What an oracle signs of its answer: feed, tick, answer, and where it was taken from. It counts on one channel alone. */
export function submissionBytes(submission: SignableSubmission, channel: string): Buffer {
    return Buffer.from(`feeder-ledger submission 1\n${canonicalJson({ channel, submission })}`);
}
