import { describe, expect, it } from '@jest/globals';
import { sha256 } from '../../../../chaincode/src/signatures/sha256';

describe('sha256', () => {
    it('gives the hash values of the paper’s Table 1, over the line with its trailing newline', () => {
        const second = sha256('2017-08-19 11:07:00 00 00 13 87\n').toString('hex');
        expect(second).toBe('79e3fe55b23e95efe841348053dba9c6fd708abc445c535020253a0e6ae97da4');
    });

    it('gives the first of them, too, which is printed with one character missing', () => {
        const first = sha256('2017-08-19 11:07:00 00 00 13 88\n').toString('hex');
        const printed = 'bfa0d04cad5e1ec26b10fe14ddf1a89ca46124c188f6504d244fa1f816013e0';
        expect(first).toHaveLength(64);
        expect(printed).toHaveLength(63);
        expect(first.slice(0, 10) + first.slice(11)).toBe(printed);
    });

    it('takes several parts as one text', () => {
        expect(sha256('ab', Buffer.from('c'))).toEqual(sha256('abc'));
        expect(sha256('abc').toString('hex')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    });
});
