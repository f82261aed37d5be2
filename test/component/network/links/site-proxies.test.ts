import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../../../network/backends/wait-until';
import { machineClock } from '../../../../network/links/link-clock';
import { SiteLinks } from '../../../../network/links/site-links';
import type { SiteProxies } from '../../../../network/links/site-proxies';
import { startSiteProxies } from '../../../../network/links/site-proxies';
import { aMedium } from '../../../support/a-medium';
import { aNetwork, anOrganization } from '../../../support/a-network';

describe('site proxies', () => {
    let node: Server;
    let links: SiteLinks;
    let proxies: SiteProxies;
    let target: string;
    const open: Socket[] = [];

    beforeEach(async () => {
        node = createServer((socket) => {
            socket.on('error', () => undefined).pipe(socket);
        });
        node.listen(0, '127.0.0.1');
        await once(node, 'listening');
        const { port } = node.address() as { port: number };
        const primary = anOrganization('primary', 7070);
        const network = aNetwork({
            media: [aMedium({ latencyMs: 20 })],
            organizations: [
                anOrganization('dispatch', 7050),
                { ...primary, orderer: { ...primary.orderer, port } },
                anOrganization('switching', 7090),
            ],
        });
        target = `orderer.primary.feeder.example:${port}`;
        links = new SiteLinks(network);
        proxies = await startSiteProxies(network, links, machineClock);
    });

    afterEach(async () => {
        for (const socket of open.splice(0)) socket.destroy();
        await proxies.stop();
        node.close();
    });

    /** Dials as a node of the site does. */
    function dial(site: string, name: string): { socket: Socket; heard: () => string } {
        const socket = connect({ host: '127.0.0.1', port: Number(new URL(proxies.urlOf(site)).port), noDelay: true });
        open.push(socket);
        let text = '';
        socket.on('error', () => undefined).on('data', (chunk: Buffer) => (text += chunk.toString()));
        socket.write(`CONNECT ${name} HTTP/1.1\r\nHost: ${name}\r\n\r\n`);
        return { socket, heard: () => text };
    }

    async function whenOpen(heard: () => string): Promise<void> {
        const isOpen = (): boolean => heard().startsWith('HTTP/1.1 200 ');
        await waitUntil(isOpen, { deadlineMs: 5000, forWhat: 'the connection', intervalMs: 1 });
    }

    it('reaches another site by name, over both sites’ links', async () => {
        const startMs = performance.now();
        const { socket, heard } = dial('dispatch', target);
        await whenOpen(heard);
        // There and back, 20 ms for each of the two links.
        expect(performance.now() - startMs).toBeGreaterThanOrEqual(78);
        socket.write('append entries');
        await waitUntil(() => heard().endsWith('append entries'), { deadlineMs: 5000, forWhat: 'the echo' });
        const [dispatch, primary, switching] = links.status();
        expect(dispatch).toMatchObject({ bytesUp: 14, bytesDown: 14 });
        expect(primary).toMatchObject({ bytesUp: 14, bytesDown: 14 });
        expect(switching).toMatchObject({ bytesUp: 0, bytesDown: 0 });
    });

    it('carries within a site over no link, even when the site is cut off', async () => {
        links.cut('primary');
        const { socket, heard } = dial('primary', target);
        await whenOpen(heard);
        socket.write(Buffer.alloc(3_000_000, 'x'));
        const all = (): boolean => heard().length > 3_000_000;
        await waitUntil(all, { deadlineMs: 10_000, forWhat: 'three megabytes' });
        expect(links.status().every(({ bytesUp, bytesDown }) => bytesUp + bytesDown === 0)).toBe(true);
    });

    it.each(['dispatch', 'primary'])('hangs while %s is cut off, and goes on afterwards', async (site) => {
        const { socket, heard } = dial('dispatch', target);
        await whenOpen(heard);
        links.cut(site);
        const late = dial('dispatch', target);
        socket.write('heartbeat');
        await promisify(setTimeout)(300);
        expect(heard()).not.toMatch(/heartbeat/);
        expect(late.heard()).toBe('');
        expect([socket.destroyed, late.socket.destroyed]).toEqual([false, false]);
        links.restore(site);
        await waitUntil(() => heard().endsWith('heartbeat'), { deadlineMs: 5000, forWhat: 'the echo' });
        await whenOpen(late.heard);
    });

    it('knows a node that a site was given later by its name', async () => {
        const { heard } = dial('dispatch', target.replace('orderer', 'peer7'));
        await expect(whenOpen(heard)).resolves.toBeUndefined();
    });

    it.each(['example.org:443', 'orderer.north.feeder.example:7050', '127.0.0.1:7050'])(
        'does not lead to %s',
        async (elsewhere) => {
            const { heard } = dial('dispatch', elsewhere);
            await waitUntil(() => heard() !== '', { deadlineMs: 5000, forWhat: 'an answer' });
            expect(heard()).toMatch(/^HTTP\/1\.1 403 /);
        },
    );
});
