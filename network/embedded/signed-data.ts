/** A signature to be judged: who, over what. */
export interface SignedData {
    /** SerializedIdentity. */
    readonly identity: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
}

/** What a policy says of a set of signatures; the reason is Fabric's own text. */
export type SignatureVerdict = { readonly satisfied: true } | { readonly satisfied: false; readonly reason: string };

/** The part of a channel policy that ordering, validation and delivery use. */
export interface SignatureJudge {
    evaluate(signed: readonly SignedData[]): SignatureVerdict;
}

/** The part of an MSP identity that they use. */
export interface Signer {
    readonly notAfterMs: number;
    verify(message: Uint8Array, signature: Uint8Array): boolean;
}

/** The channel's MSPs: turns a SerializedIdentity into a valid member of one of them, or throws. */
export interface SignerRegistry {
    identity(serialized: Uint8Array): Signer;
}

/** The channel's policies by their path, e.g. /Channel/Writers. */
export interface PolicyDirectory {
    policy(path: string): SignatureJudge;
}
