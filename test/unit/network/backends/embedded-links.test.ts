import { beforeEach, describe, expect, it } from '@jest/globals';
import { newEmbeddedLinks } from '../../../../network/backends/embedded-links';
import type { EmbeddedLinks } from '../../../../network/embedded/embedded-options';
import { SiteLinks } from '../../../../network/links/site-links';
import { aMedium } from '../../../support/a-medium';
import { aNetwork } from '../../../support/a-network';
import { ManualClock } from '../../../support/manual-clock';

describe('the links of the embedded network', () => {
    let clock: ManualClock;
    let sites: SiteLinks;
    let links: EmbeddedLinks;
    let arrived: [number, string][];

    beforeEach(() => {
        clock = new ManualClock();
        sites = new SiteLinks(aNetwork({ media: [aMedium({ latencyMs: 5, downlinkKbps: 800 })] }));
        links = newEmbeddedLinks(sites, clock);
        arrived = [];
    });

    const carry = (site: string, byteCount: number): void => {
        const peer = `peer0.${site}`;
        links.carry(site, peer, byteCount, () => arrived.push([clock.nowMs(), peer]));
    };

    it('delay a block by its bytes and the latency of the peer’s site, and count it', () => {
        carry('primary', 1000);
        carry('switching', 100);
        clock.advance(100);
        expect(arrived).toEqual([
            [6, 'peer0.switching'],
            [15, 'peer0.primary'],
        ]);
        expect(sites.status().map(({ bytesDown }) => bytesDown)).toEqual([0, 1000, 100]);
    });

    it('keep the blocks of a site that is cut off, and bring them in their order', () => {
        sites.cut('primary');
        carry('primary', 100);
        carry('primary', 200);
        clock.advance(60_000);
        expect(arrived).toEqual([]);
        sites.restore('primary');
        clock.advance(100);
        expect(arrived).toEqual([
            [60_006, 'peer0.primary'],
            [60_008, 'peer0.primary'],
        ]);
    });

    it('leave an orderer to its clients as long as it is joined with a majority', () => {
        expect(links.hasQuorum('primary')).toBe(true);
        sites.cut('primary');
        expect(links.hasQuorum('primary')).toBe(false);
        expect(links.hasQuorum('dispatch')).toBe(true);
        sites.cut('switching');
        expect(links.hasQuorum('dispatch')).toBe(false);
    });

    it('join two sites unless one of them is cut off', () => {
        sites.cut('primary');
        expect(links.areJoined('primary', 'primary')).toBe(true);
        expect(links.areJoined('primary', 'dispatch')).toBe(false);
        expect(links.areJoined('dispatch', 'primary')).toBe(false);
        expect(links.areJoined('dispatch', 'switching')).toBe(true);
    });

    it('bring nothing once closed', () => {
        carry('primary', 100);
        links.close();
        clock.advance(100);
        expect(arrived).toEqual([]);
    });
});
