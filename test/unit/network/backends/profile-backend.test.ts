import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { stringify } from 'yaml';
import { BackendError } from '../../../../network/backends/backend-errors';
import { openProfile } from '../../../../network/backends/profile-backend';

const mspIds = ['DispatchMSP', 'PrimaryMSP', 'SwitchingMSP'];

describe('openProfile', () => {
    let folder: string;
    let file: string;

    beforeEach(() => {
        folder = mkdtempSync(join(tmpdir(), 'profile-'));
        file = join(folder, 'mine.yaml');
        const peers = { 'peer0.example': { url: 'grpcs://127.0.0.1:7051' } };
        writeFileSync(join(folder, 'connection.json'), JSON.stringify({ name: 'theirs', peers }));
    });
    afterEach(() => {
        rmSync(folder, { recursive: true });
    });

    const profile = (changed: object): void => {
        const connectionProfiles = Object.fromEntries(mspIds.map((mspId) => [mspId, 'connection.json']));
        writeFileSync(file, stringify({ topology: 'wired', identities: 'keys', connectionProfiles, ...changed }));
    };
    const findings = async (): Promise<unknown> => {
        const error: unknown = await openProfile(file).catch((thrown: unknown) => thrown);
        return error instanceof BackendError && error.fault.code === 'PROFILE_INVALID' ? error.fault.findings : error;
    };

    it('reads a network with its names, its profiles and its nodes', async () => {
        profile({ channel: 'grid', chaincode: 'readings', asLocalhost: true, nodes: ['127.0.0.1:7050'] });
        const profiled = await openProfile(file);
        expect(profiled).toMatchObject({
            backend: 'profile',
            asLocalhost: true,
            emulateLinks: false,
            identitiesDirectory: join(folder, 'keys'),
            nodes: ['127.0.0.1:7050', '127.0.0.1:7051'],
            network: { name: 'wired', channel: { name: 'grid' }, chaincode: { name: 'readings' } },
        });
        expect(profiled.connectionProfiles['PrimaryMSP']).toMatchObject({ name: 'theirs' });
    });

    it("keeps the topology's names when the profile gives none", async () => {
        profile({});
        const { network } = await openProfile(file);
        expect(network.channel.name).not.toBe('');
        expect(network.chaincode.name).not.toBe('');
    });

    it('refuses it with all findings, each with its path: PROFILE_INVALID', async () => {
        profile({ topology: '', asLocalhost: 'yes', nodes: ['nowhere'], colour: 'blue' });
        expect(await findings()).toEqual([
            expect.objectContaining({ path: 'topology' }),
            expect.objectContaining({ path: 'asLocalhost' }),
            expect.objectContaining({ path: 'nodes.0', message: 'must be host:port' }),
            expect.objectContaining({ message: expect.stringContaining('colour') }),
        ]);
    });

    it('misses the connection profile of an organisation', async () => {
        profile({ connectionProfiles: { DispatchMSP: 'connection.json', PrimaryMSP: 'connection.json' } });
        expect(await findings()).toEqual([
            expect.objectContaining({
                path: 'connectionProfiles.SwitchingMSP',
                message: expect.stringContaining('wired'),
            }),
        ]);
    });

    it('names the file that cannot be read', async () => {
        profile({ connectionProfiles: Object.fromEntries(mspIds.map((mspId) => [mspId, 'nowhere.json'])) });
        await expect(openProfile(file)).rejects.toThrow(/nowhere\.json cannot be read/);
        await expect(openProfile(join(folder, 'none.yaml'))).rejects.toThrow(/none\.yaml .*the file cannot be read/);
    });
});
