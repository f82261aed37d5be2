/** A document that stays off-chain: what it is, and how to tell that it is still the same. */
export interface DocumentReference {
    readonly title: string;
    /** SHA-256 of its bytes, 64 lower-case hex digits. */
    readonly sha256: string;
    readonly sizeBytes: number;
    /** Where it is kept: a path, a store's name, a shelf. */
    readonly place: string;
}

export const documentLimits = {
    sizeBytes: 1_099_511_627_776,
    /** UTF-16 units of a place. */
    placeLength: 200,
} as const;
