import { createHash } from 'node:crypto';

/** A content-addressed store: what is put in is found again by the SHA-256 of its bytes, 64 lower-case hex digits. */
export interface ContentStore {
    /** Keeps the bytes; putting the same in again changes nothing. */
    put(bytes: Uint8Array): Promise<Deposit>;
    /** The bytes that lie under the digest, damaged or not; undefined when none do. */
    get(sha256: string): Promise<Buffer | undefined>;
    /** Where the bytes of a digest lie, for people and for the ledger. */
    placeOf(sha256: string): string;
}

/** What became of bytes that were put in. */
export interface Deposit {
    readonly sha256: string;
    /**
     * Takes back what this deposit, and none before it, put in. The bytes are out of everybody's reach while `isNeeded` is
     * asked, and lie in their place again when it says so, or fails: whoever puts them in meanwhile keeps them. Undefined
     * when the bytes were there before.
     */
    readonly withdraw: ((isNeeded: () => Promise<boolean>) => Promise<void>) | undefined;
}

export function digestOf(bytes: Uint8Array): string {
    return createHash('sha256').update(bytes).digest('hex');
}
