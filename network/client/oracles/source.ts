/** Data off the chain, wherever they lie. */
export interface Source {
    /** How the ledger names it: it is read by everybody in the channel, so it holds no secret. */
    readonly name: string;
    /** The bytes that it holds now. Throws SourceError. */
    read(): Promise<Buffer>;
}

/** What a value is taken out of; `any` where the bytes themselves are the answer. */
export type SourceFormat = 'csv' | 'json' | 'any';

export interface SourceLimits {
    readonly maxBytes: number;
}

export const defaultSourceLimits = { maxBytes: 1_048_576, timeoutMs: 10_000 } as const;
