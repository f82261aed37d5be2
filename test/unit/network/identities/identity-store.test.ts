import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { replaceIdentity } from '../../../../network/identities/find-identity';
import type { NetworkIdentities } from '../../../../network/identities/identity';
import {
    identityFolders,
    readClients,
    readIdentities,
    writeIdentities,
    writeUserIdentity,
} from '../../../../network/identities/identity-store';
import { issueIdentities, renewTerminalIdentity } from '../../../../network/identities/issue-identities';
import { aNetwork } from '../../../support/a-network';

const now = new Date('2026-05-01T12:00:00Z');
let directory: string;
let identities: NetworkIdentities;

beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'identities-'));
    identities = await issueIdentities(aNetwork(), { now });
    await writeIdentities(directory, identities);
});

afterAll(async () => {
    await rm(directory, { recursive: true });
});

describe('identity store', () => {
    it('reads back exactly what it wrote', async () => {
        expect(await readIdentities(directory)).toEqual(identities);
    });

    it.each([
        'ca/ca.pem',
        'tlsca/ca.pem',
        'msp/cacerts/ca.pem',
        'msp/tlscacerts/tlsca.pem',
        'msp/config.yaml',
        'orderers/orderer.primary.feeder.example/msp/signcerts/cert.pem',
        'orderers/orderer.primary.feeder.example/msp/config.yaml',
        'orderers/orderer.primary.feeder.example/tls/server.crt',
        'orderers/orderer.primary.feeder.example/tls/ca.crt',
        'peers/peer0.primary.feeder.example/msp/cacerts/ca.pem',
        'peers/peer0.primary.feeder.example/tls/server.key',
        'users/primary-admin/msp/tlscacerts/tlsca.pem',
        'users/DTU-B004/msp/signcerts/cert.pem',
    ])('writes %s where Fabric looks for it', (path) => {
        expect(existsSync(join(identityFolders.organization(directory, 'PrimaryMSP'), path))).toBe(true);
    });

    it.each([
        'ca/key.pem',
        'tlsca/key.pem',
        'orderers/orderer.primary.feeder.example/msp/keystore/key.pem',
        'peers/peer0.primary.feeder.example/tls/server.key',
        'users/DTU-B004/msp/keystore/key.pem',
    ])('lets only the owner read %s', async (path) => {
        const { mode } = await stat(join(identityFolders.organization(directory, 'PrimaryMSP'), path));
        expect(mode & 0o777).toBe(0o600);
    });

    it('tells Fabric which organisational unit is which node role', async () => {
        const config = await readFile(join(identityFolders.msp(directory, 'PrimaryMSP'), 'config.yaml'), 'utf8');
        expect(parse(config)).toEqual({
            NodeOUs: {
                Enable: true,
                ClientOUIdentifier: { OrganizationalUnitIdentifier: 'client' },
                PeerOUIdentifier: { OrganizationalUnitIdentifier: 'peer' },
                AdminOUIdentifier: { OrganizationalUnitIdentifier: 'admin' },
                OrdererOUIdentifier: { OrganizationalUnitIdentifier: 'orderer' },
            },
        });
    });

    it('replaces one identity and leaves the others', async () => {
        const renewed = await renewTerminalIdentity(identities, 'DTU-B004', { now });
        const replaced = replaceIdentity(identities, renewed);
        const organization = replaced.organizations['PrimaryMSP'];
        if (organization) await writeUserIdentity(directory, organization, renewed);
        expect(await readIdentities(directory)).toEqual(replaced);
    });

    it('removes what an earlier network left', async () => {
        const stale = join(directory, 'organizations', 'stale');
        await writeFile(stale, '');
        await writeIdentities(directory, identities);
        expect(existsSync(stale)).toBe(false);
    });

    it('reads the clients of a network that others run, whatever certificate and key are called', async () => {
        const folder = identityFolders.organization(directory, 'PrimaryMSP');
        for (const part of ['ca', 'tlsca', 'orderers', 'peers']) await rm(join(folder, part), { recursive: true });
        const msp = join(identityFolders.user(directory, 'PrimaryMSP', 'DTU-B004'), 'msp');
        const before = await readFile(join(msp, 'keystore', 'key.pem'), 'utf8');
        await rename(join(msp, 'keystore', 'key.pem'), join(msp, 'keystore', '3f_sk'));
        await rename(join(msp, 'signcerts', 'cert.pem'), join(msp, 'signcerts', 'DTU-B004-cert.pem'));
        const { organizations } = await readClients(directory);
        expect(organizations['PrimaryMSP']?.clients['DTU-B004']?.privateKeyPem).toBe(before);
        await expect(readIdentities(directory)).rejects.toMatchObject({ fault: { code: 'IDENTITY_FILE_MISSING' } });
        await writeIdentities(directory, identities);
    });

    it('says which file is missing', async () => {
        const key = join(identityFolders.user(directory, 'PrimaryMSP', 'DTU-B004'), 'msp', 'keystore', 'key.pem');
        await rm(key);
        await expect(readIdentities(directory)).rejects.toMatchObject({
            fault: { code: 'IDENTITY_FILE_MISSING', path: dirname(key) },
        });
        await expect(readIdentities(join(directory, 'nowhere'))).rejects.toMatchObject({
            fault: { code: 'IDENTITY_FILE_MISSING' },
        });
    });
});
