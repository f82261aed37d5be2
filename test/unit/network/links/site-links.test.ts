import { describe, expect, it } from '@jest/globals';
import { SiteLinks } from '../../../../network/links/site-links';
import { advertiseNames } from '../../../../network/links/advertise-names';
import { aMedium } from '../../../support/a-medium';
import { aNetwork } from '../../../support/a-network';

const medium = aMedium({ latencyMs: 3, uplinkKbps: 80, downlinkKbps: 800 });

function siteLinks(): SiteLinks {
    return new SiteLinks(aNetwork({ media: [medium] }));
}

describe('SiteLinks', () => {
    it('puts the sender’s uplink before the receiver’s downlink, and the reverse on the way back', () => {
        const { up, down } = siteLinks().between('dispatch', 'primary');
        expect(up.map(({ schedule }) => schedule.take(1, 100, 0))).toEqual([10 + 3, 1 + 3]);
        expect(down.map(({ schedule }) => schedule.take(1, 100, 0))).toEqual([10 + 3, 1 + 3]);
    });

    it('has all connections of a site share its uplink', () => {
        const links = siteLinks();
        const [one] = links.between('dispatch', 'primary').up;
        const [other] = links.between('dispatch', 'switching').up;
        expect(one?.schedule.take(1, 100, 0)).toBe(13);
        expect(other?.schedule.take(2, 100, 0)).toBe(23);
    });

    it('puts nothing between nodes of one site', () => {
        expect(siteLinks().between('primary', 'primary')).toEqual({ up: [], down: [] });
    });

    it('cuts all links of a site and no other, and restores them', () => {
        const links = siteLinks();
        links.cut('primary');
        const cutOnTheWay = (from: string, to: string): boolean =>
            [...links.between(from, to).up, ...links.between(from, to).down].some(({ line }) => line.isCut);
        expect(cutOnTheWay('dispatch', 'primary')).toBe(true);
        expect(cutOnTheWay('primary', 'switching')).toBe(true);
        expect(cutOnTheWay('dispatch', 'switching')).toBe(false);
        expect(links.status().map(({ site, isCut }) => [site, isCut])).toEqual([
            ['dispatch', false],
            ['primary', true],
            ['switching', false],
        ]);
        links.restore('primary');
        expect(cutOnTheWay('dispatch', 'primary')).toBe(false);
    });

    it('counts bytes at both ends, and none within a site', () => {
        const links = siteLinks();
        links.count({ from: 'dispatch', to: 'primary' }, 'up', 100);
        links.count({ from: 'dispatch', to: 'primary' }, 'down', 7);
        links.count({ from: 'primary', to: 'primary' }, 'up', 1000);
        links.countInto('switching', 5);
        expect(links.status().map(({ site, bytesUp, bytesDown }) => [site, bytesUp, bytesDown])).toEqual([
            ['dispatch', 100, 7],
            ['primary', 7, 100],
            ['switching', 0, 5],
        ]);
    });

    it('refuses a site that there is not, with the names of those there are', () => {
        const links = siteLinks();
        const fault = { code: 'SITE_UNKNOWN', site: 'north', known: ['dispatch', 'primary', 'switching'] };
        expect(() => {
            links.cut('north');
        }).toThrow(expect.objectContaining({ fault }));
    });

    it('refuses an uplink that is no medium of the network', () => {
        expect(() => new SiteLinks(aNetwork({ media: [{ ...medium, name: 'epon' }] }))).toThrow(
            expect.objectContaining({ fault: expect.objectContaining({ code: 'UPLINK_UNKNOWN', site: 'dispatch' }) }),
        );
    });
});

describe('advertiseNames', () => {
    it('puts names for addresses and leaves ports, and the network it was given', () => {
        const network = aNetwork();
        const [first] = advertiseNames(network).organizations;
        expect(first?.orderer).toMatchObject({ host: 'orderer.dispatch.feeder.example', port: 7050 });
        expect(first?.peers[0]).toMatchObject({ host: 'peer0.dispatch.feeder.example', port: 7054 });
        expect(network.organizations[0]?.orderer.host).toBe('127.0.0.1');
    });
});
