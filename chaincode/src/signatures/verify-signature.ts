import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { judgeSignatureForm, type SignatureFault } from './signature-api';

/**
 * What stands before the point in the DER of every uncompressed P-256 key (RFC 5480): id-ecPublicKey, prime256v1, a BIT
 * STRING of 65 bytes that begins with 04.
 */
const keyHead = '3059301306072a8648ce3d020106082a8648ce3d03010703420004';
const keyDigits = 182;

/** Somebody registered, as far as the signature is concerned: a terminal, a concentrator or an oracle. */
export interface Signer {
    readonly signerId: string;
    /** SubjectPublicKeyInfo of the registered certificate, DER in base64. */
    readonly publicKey: string;
}

/**
 * Tells why the signer's signature over the message does not count: undefined when it is ECDSA P-256 with SHA-256 by
 * the registered key. Form is judged before cryptography, of the signature and of the key, so that every endorser
 * decides alike whatever OpenSSL it runs.
 */
export function judgeSignature(signer: Signer, message: Uint8Array, signature: string): SignatureFault | undefined {
    const { signerId, publicKey } = signer;
    const reason = judgeSignatureForm(signature);
    if (reason !== undefined) {
        return { code: 'SIGNATURE_MALFORMED', signerId, reason };
    }
    const key = readKey(publicKey);
    if (key === undefined) {
        return { code: 'SIGNER_KEY_UNUSABLE', signerId };
    }
    const bytes = Buffer.from(signature, 'hex');
    return verify('sha256', message, { key, dsaEncoding: 'ieee-p1363' }, bytes)
        ? undefined
        : { code: 'SIGNATURE_INVALID', signerId };
}

/** Tells that a key cannot verify signatures: before it is registered, so that nobody finds out later. */
export function judgeKey({ signerId, publicKey }: Signer): SignatureFault | undefined {
    return readKey(publicKey) === undefined ? { code: 'SIGNER_KEY_UNUSABLE', signerId } : undefined;
}

/** Reading a key costs twice what verifying with it does, and a text always reads as the same key. */
const keys = new Map<string, KeyObject>();
const rememberedKeys = 1024;

function readKey(publicKey: string): KeyObject | undefined {
    const known = keys.get(publicKey);
    if (known !== undefined) {
        return known;
    }
    const key = parseKey(publicKey);
    if (key !== undefined) {
        if (keys.size >= rememberedKeys) {
            keys.delete(keys.keys().next().value ?? '');
        }
        keys.set(publicKey, key);
    }
    return key;
}

function parseKey(publicKey: string): KeyObject | undefined {
    const der = Buffer.from(publicKey, 'base64');
    const digits = der.toString('hex');
    if (digits.length !== keyDigits || !digits.startsWith(keyHead)) {
        return undefined;
    }
    try {
        return createPublicKey({ key: der, format: 'der', type: 'spki' });
    } catch {
        // A point that does not lie on the curve: no CA certifies it, and nobody can sign for it.
        return undefined;
    }
}
