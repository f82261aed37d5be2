import '../../../../network/client/prepare-sdk';
import { describe, expect, it, jest } from '@jest/globals';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { User } from 'fabric-common';
import { NativeCryptoSuite } from '../../../../network/client/native-crypto-suite';
import { verifyLowS } from '../../../../network/wire/signature';

interface Elliptic {
    readonly ec: { readonly prototype: Record<'sign' | 'verify', (...parts: unknown[]) => unknown> };
}
const { ec } = jest.requireActual<Elliptic>('elliptic');

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
const publicPem = publicKey.export({ format: 'pem', type: 'spki' }).toString();

describe('the native crypto suite', () => {
    it('is what fabric-common makes once the SDK is prepared', () => {
        expect(User.newCryptoSuite()).toBeInstanceOf(NativeCryptoSuite);
    });

    it('signs as the SDK asks it to, with low S, and elliptic has no part in it', async () => {
        const sign = jest.spyOn(ec.prototype, 'sign');
        const user = new User('DTU-B004');
        const suite = User.newCryptoSuite();
        user.setCryptoSuite(suite);
        await user.setEnrollment(suite.createKeyFromRaw(privatePem), publicPem, 'DispatchMSP');
        for (let round = 0; round < 40; round++) {
            const message = Buffer.from(`message ${round}`);
            const signature = user.getSigningIdentity().sign(message, undefined);
            expect(verifyLowS(publicKey, message, signature)).toBe(true);
            expect(user.getIdentity().verify(message, signature, undefined)).toBe(true);
        }
        expect(sign).not.toHaveBeenCalled();
        sign.mockRestore();
    });

    it('refuses a signature over another message', () => {
        const suite = new NativeCryptoSuite();
        const signature = suite.sign(suite.createKeyFromRaw(privatePem), Buffer.from('this'));
        expect(suite.verify(suite.createKeyFromRaw(publicPem), signature, Buffer.from('that'))).toBe(false);
    });

    it("names a key by the SHA-256 of its public point, as Fabric's key stores do", () => {
        const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
        const point = `04${Buffer.from(x, 'base64url').toString('hex')}${Buffer.from(y, 'base64url').toString('hex')}`;
        const expected = createHash('sha256').update(Buffer.from(point, 'hex')).digest('hex');
        expect(new NativeCryptoSuite().createKeyFromRaw(privatePem).getSKI()).toBe(expected);
    });

    it('takes no key of another curve', () => {
        const other = generateKeyPairSync('ec', { namedCurve: 'secp384r1' }).privateKey;
        const pem = other.export({ format: 'pem', type: 'pkcs8' }).toString();
        expect(() => new NativeCryptoSuite().createKeyFromRaw(pem)).toThrow('P-256');
    });
});
