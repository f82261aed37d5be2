import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { describeBackendFault } from '../../../../network/backends/backend-errors';
import {
    askedOf,
    findKeptNetwork,
    keepChanged,
    readKeptNetwork,
    writeKeptNetwork,
} from '../../../../network/backends/kept-network';
import { aNetwork, anOrganization } from '../../../support/a-network';

const aRunningNetwork = {
    identitiesDirectory: '',
    connectionProfiles: {},
    networkPid: 1,
    chaincodePids: [],
    startedAtMs: 0,
};

describe('a kept network', () => {
    const folder = mkdtempSync(join(tmpdir(), 'kept-network-'));
    afterAll(() => {
        rmSync(folder, { recursive: true });
    });
    const asked = aNetwork();
    const kept = { backend: 'native', asked, network: aNetwork({ title: 'grown' }), connectionProfiles: {} } as const;

    it('is found as it is now by who asks for it as it was when it was new', async () => {
        expect(await readKeptNetwork(folder)).toBeUndefined();
        await writeKeptNetwork(folder, kept);
        expect(await findKeptNetwork(folder, { backend: 'native', asked })).toEqual(kept);
    });

    it.each([
        ['another back end (native)', { backend: 'docker', asked }],
        ['another topology', { backend: 'native', asked: aNetwork({ topologyHash: 'f'.repeat(64) }) }],
        ['other ports', { backend: 'native', asked: aNetwork({ organizations: [anOrganization('dispatch', 9000)] }) }],
    ] as const)('is not taken for one with %s (LEDGERS_OF_ANOTHER_NETWORK)', async (differs, wanted) => {
        await expect(findKeptNetwork(folder, wanted)).rejects.toMatchObject({
            fault: { code: 'LEDGERS_OF_ANOTHER_NETWORK', differs },
        });
    });

    it('was asked for as its topology file has it, whatever has been added to it since', async () => {
        const running = { ...aRunningNetwork, runDirectory: folder, network: kept.network };
        expect(await askedOf({ ...running, backend: 'native' })).toEqual(asked);
        expect(await askedOf({ ...running, backend: 'embedded' })).toEqual(kept.network);
    });

    it('is asked for by its changed topology file once it was announced as one of that', async () => {
        const network = aNetwork({ title: 'grown again' });
        await keepChanged(folder, { network, connectionProfiles: {} });
        expect(await readKeptNetwork(folder)).toEqual({ ...kept, network });
        const changed = aNetwork({ topologyHash: 'e'.repeat(64) });
        await keepChanged(folder, { network, connectionProfiles: {}, asked: changed });
        expect(await findKeptNetwork(folder, { backend: 'native', asked: changed })).toEqual({
            ...kept,
            network,
            asked: changed,
        });
        await writeKeptNetwork(folder, kept);
    });

    it('and one that is up are told apart from what was asked for, each in a sentence that says what to do', () => {
        const runDirectory = '.run/wired';
        expect(describeBackendFault({ code: 'NETWORK_ALREADY_UP', runDirectory, pid: 7, differs: 'other ports' })).toBe(
            'A network is already up with other ports (process 7, run directory .run/wired). ' +
                'Stop it with "npm run network -- down" first.',
        );
        expect(
            describeBackendFault({ code: 'LEDGERS_OF_ANOTHER_NETWORK', runDirectory, differs: 'other ports' }),
        ).toContain('"npm run network -- up --fresh", which deletes them');
    });
});
