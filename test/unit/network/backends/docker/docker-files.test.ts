import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { writeDockerFiles } from '../../../../../network/backends/docker/docker-files';
import { aNetwork } from '../../../../support/a-network';

const network = aNetwork();
let folder: string;
const read = (...path: string[]): string => readFileSync(join(folder, ...path), 'utf8');

beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'docker-files-'));
    await writeDockerFiles(network, folder);
});
afterAll(() => {
    rmSync(folder, { recursive: true });
});

describe('a peer in a container', () => {
    it('serves the business plane, and its operations on the management plane alone', () => {
        const name = 'peer0.dispatch.feeder.example';
        expect(parse(read('config', 'dispatch-peer0', 'core.yaml'))).toMatchObject({
            peer: {
                listenAddress: `${name}:7054`,
                address: `${name}:7054`,
                gossip: { externalEndpoint: `${name}:7054` },
                fileSystemPath: `/var/hyperledger/ledgers/${name}`,
                mspConfigPath: `/etc/hyperledger/feeder/organizations/DispatchMSP/peers/${name}/msp`,
            },
            operations: { listenAddress: `management.${name}:7056` },
            chaincode: { externalBuilders: [{ name: 'ccaas', path: '/opt/hyperledger/ccaas_builder' }] },
        });
    });
});

describe('an orderer in a container', () => {
    it('serves the business plane, its operations and administration on the management plane alone', () => {
        const name = 'orderer.primary.feeder.example';
        expect(parse(read('config', 'primary-orderer', 'orderer.yaml'))).toMatchObject({
            General: { ListenAddress: name, ListenPort: 7070 },
            Operations: { ListenAddress: `management.${name}:7072` },
            Admin: { ListenAddress: `management.${name}:7071` },
        });
    });
});

describe('the passwords of a Docker network', () => {
    it('are new for each network, and behind a folder of their owner', async () => {
        const before = read('explorer', 'login.json');
        expect(statSync(join(folder, 'explorer')).mode & 0o777).toBe(0o700);
        await writeDockerFiles(network, folder);
        expect(read('explorer', 'login.json')).not.toBe(before);
    });

    it('do not stand in the compose file', () => {
        const compose = read('docker-compose.yaml');
        const { password } = JSON.parse(read('explorer', 'login.json')) as { password: string };
        expect(password).toHaveLength(32);
        expect(compose).not.toContain(password);
        expect(compose).not.toContain(read('explorer', 'database-password'));
    });
});

describe('every file that is mounted', () => {
    it('is made, or belongs to the identities', () => {
        const compose = parse(read('docker-compose.yaml')) as {
            services: Record<string, { volumes?: { type: string; source: string }[] }>;
        };
        const sources = Object.values(compose.services).flatMap(({ volumes = [] }) =>
            volumes.filter(({ type }) => type === 'bind').map(({ source }) => source),
        );
        const made = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
        const own = sources.filter((source) => source.startsWith(folder) && !source.includes('/identities/'));
        expect(own.length).toBeGreaterThan(10);
        expect(own.filter((source) => !made.includes(source))).toEqual([]);
    });
});
