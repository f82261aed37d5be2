import { request } from 'node:http';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { startControlServer } from '../../../../network/backends/control-server';
import type { ControlPlace, RunningNetwork } from '../../../../network/backends/running-network';
import { linksOf, turnSiteLink } from '../../../../network/backends/site-links-of';
import { SiteLinks } from '../../../../network/links/site-links';
import { aMedium } from '../../../support/a-medium';
import { aNetwork } from '../../../support/a-network';

describe('the links of a running network', () => {
    const network = aNetwork({ media: [aMedium()] });
    const links = new SiteLinks(network);
    let control: ControlPlace;
    let running: RunningNetwork;

    beforeAll(async () => {
        control = await startControlServer({ change: (_, node) => Promise.resolve({ node, changed: false }), links });
        running = { network, links: true, control, runDirectory: 'run' } as unknown as RunningNetwork;
    });

    it('are told with its status', async () => {
        const { links: told } = await linksOf(running);
        expect(told?.map(({ site, isCut }) => [site, isCut])).toEqual([
            ['dispatch', false],
            ['primary', false],
            ['switching', false],
        ]);
        expect(await linksOf({ ...running, links: false })).toEqual({});
    });

    it('are cut and restored, and twice is as once', async () => {
        for (const turn of ['cut', 'cut', 'restore', 'restore'] as const) {
            const after = await turnSiteLink(running, turn, 'primary');
            const cut = after.filter(({ isCut }) => isCut).map(({ site }) => site);
            expect(cut).toEqual(turn === 'cut' ? ['primary'] : []);
            expect(links.isCut('primary')).toBe(turn === 'cut');
        }
    });

    it('are left alone by whoever lacks the token or asks for something else', async () => {
        const ask = (path: string, authorization: string): Promise<number | undefined> =>
            new Promise((resolve, reject) => {
                const { port } = control;
                const options = { host: '127.0.0.1', port, method: 'POST', path, headers: { authorization } };
                request(options, (response) => {
                    response.resume();
                    resolve(response.statusCode);
                })
                    .once('error', reject)
                    .end();
            });
        expect(await ask('/links/primary/cut', 'Bearer none')).toBe(403);
        expect(await ask('/links/north/cut', `Bearer ${control.token}`)).toBe(404);
        expect(await ask('/links/primary/sever', `Bearer ${control.token}`)).toBe(404);
        expect(links.status().some(({ isCut }) => isCut)).toBe(false);
    });
});
