import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { ICryptoKey, ICryptoSuite } from 'fabric-common';
import { signLowS, verifyLowS } from '../wire/signature';

/** A P-256 key that stays in OpenSSL's hands; what fabric-common asks of a key. */
export class NativeKey implements ICryptoKey {
    readonly keyObject: KeyObject;

    constructor(keyObject: KeyObject) {
        this.keyObject = keyObject;
    }

    /** SHA-256 of the uncompressed public point, hex: Fabric's subject key identifier. */
    getSKI(): string {
        const { x, y } = this.getPublicKey().keyObject.export({ format: 'jwk' });
        const point = [Buffer.from([4]), Buffer.from(x ?? '', 'base64url'), Buffer.from(y ?? '', 'base64url')];
        return createHash('sha256').update(Buffer.concat(point)).digest('hex');
    }

    getHandle(): string {
        return this.getSKI();
    }

    isSymmetric(): boolean {
        return false;
    }

    isPrivate(): boolean {
        return this.keyObject.type === 'private';
    }

    getPublicKey(): NativeKey {
        return this.isPrivate() ? new NativeKey(createPublicKey(this.keyObject)) : this;
    }

    toBytes(): string {
        const type = this.isPrivate() ? 'pkcs8' : 'spki';
        return this.keyObject.export({ format: 'pem', type } as { format: 'pem'; type: 'spki' }).toString();
    }
}

/**
 * fabric-common's crypto suite with OpenSSL in place of elliptic: signing took 42 % of a load generator's CPU in
 * JavaScript. The SDK hashes first and hands the digest to `sign`, which OpenSSL would hash again: so `hash` passes the
 * message through, and `sign` does both. Only what a client needs is there: P-256, SHA-256, low S.
 */
export class NativeCryptoSuite implements ICryptoSuite {
    /** Number of signatures this process has made natively. */
    static signatures = 0;

    createKeyFromRaw(pem: string): NativeKey {
        const key = pem.includes('PRIVATE KEY') ? createPrivateKey(pem) : createPublicKey(pem);
        if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new TypeError('The key is not one on P-256.');
        return new NativeKey(key);
    }

    importKey(pem: string): NativeKey {
        return this.createKeyFromRaw(pem);
    }

    /** The message itself, for `sign` to hash. */
    hash(message: string): string;
    hash(message: Buffer): Buffer;
    hash(message: string | Buffer): string | Buffer {
        return message;
    }

    sign(key: ICryptoKey, message: Buffer): Buffer {
        NativeCryptoSuite.signatures += 1;
        return signLowS(this.#native(key).keyObject, message);
    }

    verify(key: ICryptoKey, signature: Buffer, message: Buffer): boolean {
        return verifyLowS(this.#native(key).getPublicKey().keyObject, message, signature);
    }

    getKeySize(): number {
        return 256;
    }

    /** Keys are handed in with every identity; there is no store. */
    setCryptoKeyStore(): void {
        return;
    }

    getKey(): Promise<never> {
        return Promise.reject(unsupported('getKey'));
    }

    generateKey(): Promise<never> {
        return Promise.reject(unsupported('generateKey'));
    }

    generateEphemeralKey(): never {
        throw unsupported('generateEphemeralKey');
    }

    deriveKey(): never {
        throw unsupported('deriveKey');
    }

    encrypt(): never {
        throw unsupported('encrypt');
    }

    decrypt(): never {
        throw unsupported('decrypt');
    }

    #native(key: ICryptoKey): NativeKey {
        if (key instanceof NativeKey) return key;
        throw new TypeError('The key was not made by this crypto suite.');
    }
}

function unsupported(method: string): TypeError {
    return new TypeError(
        `The native crypto suite has no ${method}: clients sign and verify with keys they are handed.`,
    );
}
