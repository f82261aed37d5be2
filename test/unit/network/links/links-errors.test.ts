import { describe, expect, it } from '@jest/globals';
import { LinksError } from '../../../../network/links/links-errors';

describe('LinksError', () => {
    it('says what is wrong and what to do', () => {
        const elsewhere = { code: 'RELAY_TARGET_NOT_LOCAL', medium: '4g', target: 'peer:7051' } as const;
        expect(new LinksError(elsewhere).message).toMatch(/relay of 4g .*peer:7051.*without emulated links/);
        const taken = { code: 'RELAY_CANNOT_LISTEN', medium: '4g', why: 'EADDRINUSE' } as const;
        expect(new LinksError(taken).message).toMatch(/relay of 4g .*EADDRINUSE.*free a port/);
    });

    it('names what there is instead', () => {
        const site = { code: 'SITE_UNKNOWN', site: 'north', known: ['dispatch', 'primary'] } as const;
        expect(new LinksError(site).message).toBe('There is no site north in the network: use dispatch, primary.');
        const uplink = { code: 'UPLINK_UNKNOWN', site: 'primary', uplink: 'radio', known: ['5g', '4g'] } as const;
        expect(new LinksError(uplink).message).toMatch(/uplink of primary is radio.*5g, 4g/);
        const off = { code: 'LINKS_NOT_MODELLED', network: 'wired' } as const;
        expect(new LinksError(off).message).toMatch(/wired are not modelled.*up --links/);
        const gone = { code: 'LINKS_UNREACHABLE', port: 4711, why: 'ECONNREFUSED' } as const;
        expect(new LinksError(gone).message).toMatch(/127\.0\.0\.1:4711.*ECONNREFUSED.*status/);
    });
});
