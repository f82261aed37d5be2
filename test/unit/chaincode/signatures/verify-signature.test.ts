import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { judgeSignature } from '../../../../chaincode/src/signatures/verify-signature';
import { signRawLowS } from '../../../../network/wire/signature';

describe('judgeSignature', () => {
    const message = Buffer.from('what was signed');

    it('judges by the key that is named, also by one of more keys than it remembers', () => {
        const signers = Array.from({ length: 1_100 }, (_, index) => {
            const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
            const der = publicKey.export({ type: 'spki', format: 'der' });
            return { privateKey, signer: { signerId: `TTU-${index}`, publicKey: der.toString('base64') } };
        });
        const judge = (of: number, by: number): string | undefined => {
            const [{ signer } = never(), { privateKey } = never()] = [signers[of], signers[by]];
            return judgeSignature(signer, message, signRawLowS(privateKey, message).toString('hex'))?.code;
        };
        for (const [index] of signers.entries()) expect(judge(index, index)).toBeUndefined();
        expect(judge(0, 0)).toBeUndefined();
        expect(judge(0, 1)).toBe('SIGNATURE_INVALID');
        expect(judge(1_099, 0)).toBe('SIGNATURE_INVALID');
    });

    it('refuses a key that is none each time it is asked', () => {
        const signer = { signerId: 'TTU-1', publicKey: Buffer.alloc(91).toString('base64') };
        const signature = `${'0'.repeat(63)}1`.repeat(2);
        expect(judgeSignature(signer, message, signature)?.code).toBe('SIGNER_KEY_UNUSABLE');
        expect(judgeSignature(signer, message, signature)?.code).toBe('SIGNER_KEY_UNUSABLE');
    });
});

function never(): never {
    throw new Error('the list is shorter than its length');
}
