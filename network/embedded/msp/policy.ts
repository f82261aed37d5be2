import type { MspIdentity } from './identity';

/** A claim: this identity signed this message. */
export interface SignedData {
    /** SerializedIdentity bytes. */
    readonly identity: Uint8Array;
    readonly message: Uint8Array;
    readonly signature: Uint8Array;
}

/** A policy's answer; `reason` is the text that Fabric gives its clients. */
export type PolicyVerdict = { readonly satisfied: true } | { readonly satisfied: false; readonly reason: string };

export interface Policy {
    /** Judges claims: each signature is verified, each identity counts once. */
    evaluate(signed: readonly SignedData[]): PolicyVerdict;
    /** Judges identities that are known to have signed. */
    evaluateIdentities(identities: readonly MspIdentity[]): PolicyVerdict;
}
