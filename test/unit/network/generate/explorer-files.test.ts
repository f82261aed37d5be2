import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { newExplorerFiles, observedPeer } from '../../../../network/generate/explorer-files';
import { findIdentity } from '../../../../network/identities/find-identity';
import { identityNames } from '../../../../network/identities/identity';
import { issueIdentities } from '../../../../network/identities/issue-identities';
import { parseCertificate, parseFabricAttributes } from '../../../../network/wire/certificate';
import { aNetwork } from '../../../support/a-network';

const network = aNetwork();
const secrets = { databasePassword: 'of-the-database', loginPassword: 'of-the-login', tokenSecret: 'of-the-tokens' };
const place = { identitiesDirectory: '/identities', databaseHost: 'database', databasePort: 5432, secrets };
const files = new Map(newExplorerFiles(network, place).map(({ path, content }) => [path, content]));
const read = (name: string): Record<string, unknown> =>
    JSON.parse(files.get(`explorer/${name}`) ?? '') as Record<string, unknown>;

describe('the files for Explorer', () => {
    it('name the network and its profile in config.json', () => {
        expect(read('config.json')).toEqual({
            'network-configs': {
                small: { name: 'A small network', profile: './connection-profile/connection-profile.json' },
            },
            license: 'Apache-2.0',
        });
    });

    it('have in the profile whatever ends Explorer when it is missing', () => {
        const profile = read('connection-profile.json');
        expect(profile).toMatchObject({
            client: {
                tlsEnable: true,
                enableAuthentication: true,
                organization: 'DispatchMSP',
                adminCredential: { id: 'operator', password: 'of-the-login' },
                connection: { timeout: { peer: { endorser: '300' }, orderer: '300' } },
            },
            channels: { distribution: { peers: { 'peer0.dispatch.feeder.example': {} } } },
            peers: {
                'peer0.dispatch.feeder.example': {
                    url: 'grpcs://127.0.0.1:7054',
                    tlsCACerts: {
                        path: '/identities/organizations/DispatchMSP/peers/peer0.dispatch.feeder.example/tls/ca.crt',
                    },
                },
            },
        });
    });

    it('sign with the identity made for Explorer, which has neither role nor terminal', async () => {
        const users = '/identities/organizations/DispatchMSP/users/explorer/msp';
        expect(read('connection-profile.json')['organizations']).toEqual({
            DispatchMSP: {
                mspid: 'DispatchMSP',
                peers: ['peer0.dispatch.feeder.example'],
                adminPrivateKey: { path: `${users}/keystore/key.pem` },
                signedCert: { path: `${users}/signcerts/cert.pem` },
            },
        });
        const identities = await issueIdentities(network, { now: new Date() });
        const { mspId, certificatePem } = findIdentity(identities, identityNames.explorer);
        const certificate = new X509Certificate(certificatePem);
        expect(mspId).toBe('DispatchMSP');
        expect(certificate.subject).toContain('OU=client');
        expect(parseFabricAttributes(parseCertificate(certificate.raw))).toEqual({});
    });

    it('use the secrets that were made for the network, each in its place', () => {
        const settings = read('explorerconfig.json');
        expect(settings).toMatchObject({ postgreSQL: { passwd: 'of-the-database' }, jwt: { secret: 'of-the-tokens' } });
        expect(read('login.json')).toEqual({ user: 'operator', password: 'of-the-login', network: 'small' });
        expect(files.get('explorer/database-password')).toBe('of-the-database');
    });

    it('make the data base by a script that neither holds nor tells a password', () => {
        const script = files.get('explorer/createdb.sh') ?? '';
        expect(script).toContain('-f /opt/explorerpg.sql -f /opt/updatepg.sql');
        expect(script).not.toMatch(/echo|of-the/);
    });

    it('are refused for a network without a dispatch centre (DISPATCH_MISSING)', () => {
        const fault = { code: 'DISPATCH_MISSING', network: 'small' };
        expect(() => observedPeer({ ...network, organizations: [] })).toThrow(expect.objectContaining({ fault }));
    });
});
