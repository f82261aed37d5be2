import { createHash, type KeyObject } from 'node:crypto';
import { verifyLowS } from '../../wire/signature';
import { BoundedCache } from './bounded-cache';

/**
 * Verdicts on signatures, each found once: peers that share this object do not check one and the same signature again.
 * A verdict is filed under the whole public key, the whole digest of the message and the whole signature, so that
 * nothing but that very signature is answered from memory.
 */
export class VerifiedSignatures {
    readonly #verdicts: BoundedCache<string, boolean>;
    readonly #keyIds = new WeakMap<KeyObject, string>();
    #computed = 0;

    /** A block of 500 transactions has about 1500 signatures; the default holds some dozens of them. */
    constructor(capacity = 65_536) {
        this.#verdicts = new BoundedCache(capacity);
    }

    /** How many signatures were really verified, not remembered. */
    get computed(): number {
        return this.#computed;
    }

    /** Whether the signature is this key's over the message; low S only. */
    verify(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
        const entry = this.#entry(publicKey, message, signature);
        const known = this.#verdicts.get(entry);
        if (known !== undefined) return known;
        this.#computed++;
        const verdict = verifyLowS(publicKey, message, signature);
        this.#verdicts.set(entry, verdict);
        return verdict;
    }

    /** Files a signature that this process itself just made with the private half of the key. */
    rememberOwn(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): void {
        this.#verdicts.set(this.#entry(publicKey, message, signature), true);
    }

    #entry(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): string {
        const digest = createHash('sha256').update(message).digest('binary');
        // Both leading parts are 32 characters long, so that no two triples share an entry.
        return this.#keyId(publicKey) + digest + Buffer.from(signature).toString('binary');
    }

    #keyId(publicKey: KeyObject): string {
        const known = this.#keyIds.get(publicKey);
        if (known !== undefined) return known;
        const id = createHash('sha256')
            .update(publicKey.export({ type: 'spki', format: 'der' }))
            .digest('binary');
        this.#keyIds.set(publicKey, id);
        return id;
    }
}
