import type { KeyObject } from 'node:crypto';
import type { Principal } from '../../wire/policies';

/** The role that a certificate's organisational unit names, under an MSP that uses NodeOUs. */
export type IdentityRole = 'client' | 'peer' | 'admin' | 'orderer';

/** Somebody whose certificate an MSP of the channel vouches for. */
export interface MspIdentity {
    readonly mspId: string;
    /** Undefined only where an MSP does without NodeOUs and so cannot tell. */
    readonly role: IdentityRole | undefined;
    /** Equal for equal certificates of one MSP, whatever form the bytes came in: by it a signer counts once. */
    readonly id: string;
    /** End of the certificate's validity; it is not part of `MspRegistry.identity`'s judgement. */
    readonly notAfterMs: number;
    readonly publicKey: KeyObject;
    /** Whether this identity signed the message; ECDSA with low S. The verdict is remembered. */
    verify(message: Uint8Array, signature: Uint8Array): boolean;
    /** Fabric v2.5: msp/mspimpl.go, satisfiesPrincipalInternalV142. */
    satisfies(principal: Principal): boolean;
}
