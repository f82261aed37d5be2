import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { signLowS, verifyLowS } from '../../../../network/wire/signature';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const order = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
const message = Buffer.from('open switch 17');

function scalarS(signature: Buffer): bigint {
    const rLength = signature[3] ?? 0;
    return BigInt(`0x${signature.subarray(6 + rLength).toString('hex')}`);
}

/** Node's own DER signature with the other S than asked for. */
function foreignSignature(isHigh: boolean): Buffer {
    for (;;) {
        const signature = sign('sha256', message, privateKey);
        if (scalarS(signature) > order / 2n === isHigh) return signature;
    }
}

describe('signLowS', () => {
    it('makes signatures that verify and whose S is in the lower half of the order', () => {
        for (let round = 0; round < 64; round++) {
            const text = Buffer.from(`message ${round}`);
            const signature = signLowS(privateKey, text);
            expect(scalarS(signature) <= order / 2n).toBe(true);
            expect(verifyLowS(publicKey, text, signature)).toBe(true);
        }
    });
});

describe('verifyLowS', () => {
    it('accepts a low-S signature that somebody else made', () => {
        expect(verifyLowS(publicKey, message, foreignSignature(false))).toBe(true);
    });

    it('refuses the same signature with a high S', () => {
        expect(verifyLowS(publicKey, message, foreignSignature(true))).toBe(false);
    });

    it('refuses a signature over another message', () => {
        expect(verifyLowS(publicKey, Buffer.from('close switch 17'), signLowS(privateKey, message))).toBe(false);
    });

    it('refuses a signature of another key', () => {
        const other = generateKeyPairSync('ec', { namedCurve: 'P-256' });
        expect(verifyLowS(other.publicKey, message, signLowS(privateKey, message))).toBe(false);
    });

    it.each([
        ['nothing', ''],
        ['no sequence', '020101020101'],
        ['an endless sequence', '3080020101020101'],
        ['a sequence longer than the bytes', '3008020101020101'],
        ['one number only', '3003020101'],
        ['a zero R', '3006020100020101'],
        ['a zero S', '3006020101020100'],
        ['a negative R', '3006020180020101'],
        ['a padded R', '300702020001020101'],
        ['an R of more than 32 bytes', `3026022101${'11'.repeat(32)}020101`],
    ])('refuses %s and does not throw', (_, hex) => {
        expect(verifyLowS(publicKey, message, Buffer.from(hex, 'hex'))).toBe(false);
    });

    it('ignores bytes after the signature, as Fabric does', () => {
        const signature = Buffer.concat([signLowS(privateKey, message), Buffer.from('00', 'hex')]);
        expect(verifyLowS(publicKey, message, signature)).toBe(true);
    });
});
