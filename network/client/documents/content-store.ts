import { createHash } from 'node:crypto';

/** A content-addressed store: what is put in is found again by the SHA-256 of its bytes, 64 lower-case hex digits. */
export interface ContentStore {
    /** Keeps the bytes; putting the same in again changes nothing. */
    put(bytes: Uint8Array): Promise<string>;
    /** The bytes that lie under the digest, damaged or not; undefined when none do. */
    get(sha256: string): Promise<Buffer | undefined>;
    /** Where the bytes of a digest lie, for people and for the ledger. */
    placeOf(sha256: string): string;
}

export function digestOf(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
}
