import { createHash, generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeSignatureForm } from '../../../chaincode/src/signatures/signature-api';
import { judgeSignature, type Signer } from '../../../chaincode/src/signatures/verify-signature';
import { signRawLowS } from '../../../network/wire/signature';

const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const half = order / 2n;
const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer: Signer = {
    signerId: 'TTU-1',
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
};
const digitsOf = (scalar: bigint): string => scalar.toString(16).padStart(64, '0');
const signatureOf = (r: bigint, s: bigint): string => digitsOf(r) + digitsOf(s);
const scalars = (min: bigint, max: bigint): fc.Arbitrary<bigint> => fc.bigInt({ min, max });
const right = fc.record({ r: scalars(1n, order - 1n), s: scalars(1n, half) });
const messages = fc.uint8Array({ maxLength: 300 });
const runs = { seed: 20_261_123, numRuns: 300 };

describe('the form of a signature', () => {
    it('is right for every r and every low s, at the edges too', () => {
        fc.assert(
            fc.property(right, ({ r, s }) => judgeSignatureForm(signatureOf(r, s)) === undefined),
            runs,
        );
        for (const [r, s] of [
            [1n, 1n],
            [order - 1n, half],
        ] as const) {
            expect(judgeSignatureForm(signatureOf(r, s))).toBeUndefined();
        }
    });

    it('is refused for r = 0, r = n and beyond', () => {
        const wrong = fc.oneof(fc.constantFrom(0n, order), scalars(order, (1n << 256n) - 1n));
        fc.assert(
            fc.property(wrong, right, (r, { s }) => judgeSignatureForm(signatureOf(r, s)) === 'r-out-of-range'),
            runs,
        );
    });

    it('is refused for s = 0, s = n and beyond', () => {
        const wrong = fc.oneof(fc.constantFrom(0n, order), scalars(order, (1n << 256n) - 1n));
        fc.assert(
            fc.property(wrong, right, (s, { r }) => judgeSignatureForm(signatureOf(r, s)) === 's-out-of-range'),
            runs,
        );
    });

    it('is refused for every high s', () => {
        const high = fc.oneof(fc.constantFrom(half + 1n, order - 1n), scalars(half + 1n, order - 1n));
        fc.assert(
            fc.property(high, right, (s, { r }) => judgeSignatureForm(signatureOf(r, s)) === 's-not-low'),
            runs,
        );
    });

    it('is refused for every other length, alphabet and case', () => {
        const length = fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcdef')), maxLength: 300 });
        const cases = fc.oneof(
            fc.string({ maxLength: 200 }),
            length.filter((text) => text.length !== 128),
            right.map(({ r, s }) => `${signatureOf(r, s)}\n`),
            right.map(({ r, s }) => signatureOf(r, s).replace(/.$/, 'G')),
            right.map(({ r, s }) => signatureOf(r, s).replace(/^./, 'A')),
        );
        fc.assert(
            fc.property(cases, (text) => judgeSignatureForm(text) === 'not-128-hex-digits'),
            runs,
        );
    });

    it('is right for everything that the client signs, which verifies; not for the same with the other s', () => {
        fc.assert(
            fc.property(messages, (message) => {
                const signature = signRawLowS(privateKey, message).toString('hex');
                expect(judgeSignature(signer, message, signature)).toBeUndefined();
                const s = order - BigInt(`0x${signature.slice(64)}`);
                const other = signature.slice(0, 64) + digitsOf(s);
                // The other s is a signature to every library; it is the form that refuses it.
                const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
                expect(verify('sha256', message, key, Buffer.from(other, 'hex'))).toBe(true);
                expect(judgeSignature(signer, message, other)).toEqual({
                    code: 'SIGNATURE_MALFORMED',
                    signerId: 'TTU-1',
                    reason: 's-not-low',
                });
            }),
            { ...runs, numRuns: 100 },
        );
    });

    it('lets every endorser decide alike: with any right form, the verdict is a fault or none, never an exception', () => {
        fc.assert(
            fc.property(messages, right, (message, { r, s }) => {
                expect(judgeSignature(signer, message, signatureOf(r, s))).toMatchObject({
                    code: 'SIGNATURE_INVALID',
                });
            }),
            { ...runs, numRuns: 100 },
        );
    });
});

describe('a signature', () => {
    const message = Buffer.from('a reading');
    const signature = signRawLowS(privateKey, message).toString('hex');

    it('does not count for any other message', () => {
        fc.assert(
            fc.property(
                messages.filter((bytes) => !message.equals(bytes)),
                (other) => judgeSignature(signer, other, signature)?.code === 'SIGNATURE_INVALID',
            ),
            { ...runs, numRuns: 100 },
        );
    });

    it('does not count in DER, which has several spellings', () => {
        const der = sign('sha256', message, privateKey).toString('hex');
        expect(judgeSignature(signer, message, der)).toMatchObject({ reason: 'not-128-hex-digits' });
    });

    it.each([
        ['of another curve', generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey],
        ['that is no EC key', generateKeyPairSync('ed25519').publicKey],
    ])('does not count under a key %s', (_, key) => {
        const der = key.export({ format: 'der', type: 'spki' }).toString('base64');
        const other = { signerId: 'TTU-1', publicKey: der };
        expect(judgeSignature(other, message, signature)).toEqual({
            code: 'SIGNER_KEY_UNUSABLE',
            signerId: 'TTU-1',
        });
    });

    it('does not count under a point that is not on the curve', () => {
        const der = Buffer.from(signer.publicKey, 'base64');
        createHash('sha256')
            .update('nowhere')
            .digest()
            .copy(der, der.length - 32);
        const other = { signerId: 'TTU-1', publicKey: der.toString('base64') };
        expect(judgeSignature(other, message, signature)).toMatchObject({ code: 'SIGNER_KEY_UNUSABLE' });
    });
});
