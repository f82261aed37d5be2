import { describe, expect, it } from '@jest/globals';
import { LinksError } from '../../../../network/links/links-errors';

describe('LinksError', () => {
    it('says what is wrong and what to do', () => {
        const elsewhere = { code: 'RELAY_TARGET_NOT_LOCAL', medium: '4g', target: 'peer:7051' } as const;
        expect(new LinksError(elsewhere).message).toMatch(/relay of 4g .*peer:7051.*without emulated links/);
        const taken = { code: 'RELAY_CANNOT_LISTEN', medium: '4g', why: 'EADDRINUSE' } as const;
        expect(new LinksError(taken).message).toMatch(/relay of 4g .*EADDRINUSE.*free a port/);
    });
});
