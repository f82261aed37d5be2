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
        const containers = { code: 'LINKS_NOT_ON_BACKEND', backend: 'docker' } as const;
        expect(new LinksError(containers).message).toMatch(/not modelled on the back end docker.*embedded or native/);
        const closed = { code: 'LINK_NOT_OPENED', medium: '4g', answer: 'HTTP/1.1 502 Bad Gateway' } as const;
        expect(new LinksError(closed).message).toMatch(/relay of 4g .*502/);
    });
});
