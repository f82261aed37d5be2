/** Why a signature was refused by its form alone, before any cryptography. */
export type SignatureReason = 'not-128-hex-digits' | 'r-out-of-range' | 's-out-of-range' | 's-not-low';

export type SignatureFault =
    | { readonly code: 'SIGNATURE_MALFORMED'; readonly signerId: string; readonly reason: SignatureReason }
    | { readonly code: 'SIGNATURE_INVALID'; readonly signerId: string }
    | { readonly code: 'SIGNER_KEY_UNUSABLE'; readonly signerId: string };

/** Digits of a signature: r‖s, 32 bytes each, in lower-case hex, which has one spelling only. */
export const signatureDigits = 128;

/** The order n of the curve P-256 and half of it (FIPS 186-4, D.1.2.3): 64 hex digits each, so that text order is number order. */
const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
const halfOrder = '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8';
const zero = '0'.repeat(64);
const form = /^[0-9a-f]{128}$/;

/**
 * What is wrong with the form of a signature: undefined when it is 64 bytes r‖s with 1 ≤ r < n and 1 ≤ s ≤ n/2. Of the
 * two s that verify only the lower is taken, so that nobody makes a second signature of one; and what libraries judge
 * differently never reaches them.
 */
export function judgeSignatureForm(signature: string): SignatureReason | undefined {
    if (!form.test(signature)) {
        return 'not-128-hex-digits';
    }
    const r = signature.slice(0, 64);
    const s = signature.slice(64);
    if (r === zero || r >= order) {
        return 'r-out-of-range';
    }
    if (s === zero || s >= order) {
        return 's-out-of-range';
    }
    return s > halfOrder ? 's-not-low' : undefined;
}
