import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { dockerComposeFile, dockerPackages } from '../../../../network/backends/docker/docker-files';
import type { ComposeFile, ComposeService } from '../../../../network/generate/compose-model';
import { insideDocker, outsideDocker, projectName } from '../../../../network/generate/compose-names';
import { loadNetwork } from '../../../../network/topology/load-network';
import { projectRoot } from '../../../../network/topology/project-root';
import { aNetwork } from '../../../support/a-network';

/** What Compose 1.29 (config_schema_compose_spec.json) and 2 (compose-spec.json) both take, as far as it is used here. */
const text = z.string().min(1);
const duration = z.string().regex(/^\d+(ms|s|m)$/);
const service = z.strictObject({
    image: z.string().regex(/^[a-z0-9./-]+:[A-Za-z0-9_.-]+$/),
    build: z.strictObject({ context: text, dockerfile: text }).optional(),
    profiles: z.array(z.enum(['explorer', 'monitoring'])).optional(),
    command: z.array(z.string()).optional(),
    working_dir: text.optional(),
    init: z.boolean().optional(),
    networks: z.partialRecord(
        z.enum(['business', 'storage', 'management']),
        z.strictObject({ aliases: z.array(text).optional() }),
    ),
    ports: z.array(z.string()).optional(),
    environment: z.record(z.string(), z.string()).optional(),
    volumes: z
        .array(
            z.discriminatedUnion('type', [
                z.strictObject({
                    type: z.literal('bind'),
                    source: z.string().startsWith('./'),
                    target: z.string().startsWith('/'),
                    read_only: z.literal(true),
                }),
                z.strictObject({ type: z.literal('volume'), source: text, target: z.string().startsWith('/') }),
            ]),
        )
        .optional(),
    tmpfs: z.array(text).optional(),
    depends_on: z.record(z.string(), z.strictObject({ condition: z.literal('service_healthy') })).optional(),
    healthcheck: z.strictObject({
        test: z.tuple([z.literal('CMD')], z.string()),
        interval: duration,
        timeout: duration,
        retries: z.int(),
        start_period: duration,
    }),
    cpus: z.number().positive(),
    mem_limit: z.string().regex(/^\d+m$/),
    cap_drop: z.tuple([z.literal('ALL')]),
    cap_add: z.array(text).optional(),
    security_opt: z.tuple([z.literal('no-new-privileges:true')]),
    read_only: z.boolean().optional(),
    restart: z.literal('unless-stopped'),
});
const composeFile = z.strictObject({
    services: z.record(z.string(), service),
    networks: z.record(z.string(), z.strictObject({ internal: z.boolean().optional() })),
    volumes: z.record(z.string(), z.strictObject({})),
});

const network = aNetwork();
const compose = parse(dockerComposeFile(network, './.run/small')) as ComposeFile;
const services = Object.entries(compose.services);
const on = (plane: string): string[] => services.filter(([, { networks }]) => plane in networks).map(([name]) => name);
const serviceOf = (name: string): ComposeService => {
    const [found] = services.filter(([each]) => each === name).map(([, service]) => service);
    if (!found) throw new RangeError(`there is no service ${name}`);
    return found;
};

describe('docker-compose.yaml', () => {
    it('is what the default topology gives: otherwise run npm run generate', async () => {
        const shipped = parse(readFileSync(join(projectRoot, 'docker-compose.yaml'), 'utf8')) as unknown;
        expect(shipped).toEqual(parse(dockerComposeFile(await loadNetwork('wired'), './.run/wired/docker')));
    });

    it('says nothing that Compose 1.29 or 2 would not take', () => {
        expect(composeFile.safeParse(compose).error?.issues ?? []).toEqual([]);
    });

    it('holds an orderer, a peer and a chaincode service for each organisation, of pinned images', () => {
        const imagesOf = (suffix: string): (string | undefined)[] =>
            network.organizations.map(({ id }) => compose.services[`${id}-${suffix}`]?.image);
        expect(imagesOf('orderer')).toEqual(Array(3).fill('hyperledger/fabric-orderer:2.5.16'));
        expect(imagesOf('peer0')).toEqual(Array(3).fill('hyperledger/fabric-peer:2.5.16'));
        expect(imagesOf('chaincode')).toEqual(Array(3).fill('feeder-ledger-chaincode:1'));
        expect(services).toHaveLength(9 + 5);
    });

    it('gives each node the CPU and memory of the topology', () => {
        const [organization] = network.organizations;
        const { cpus, memoryMb } = organization?.peers[0]?.resources ?? { cpus: 0, memoryMb: 0 };
        expect(serviceOf('dispatch-peer0')).toMatchObject({ cpus, mem_limit: `${memoryMb}m` });
        expect(serviceOf('dispatch-chaincode')).toMatchObject({ cpus: 1, mem_limit: '512m' });
    });

    it('names to each chaincode service the package that its peers install', () => {
        for (const { id, mspId } of network.organizations) {
            const packageId = dockerPackages(network)[mspId]?.id;
            expect(serviceOf(`${id}-chaincode`).environment).toMatchObject({ CHAINCODE_ID: packageId });
        }
    });

    it('shows a node no private key but its own', () => {
        const sources = (serviceOf('primary-orderer').volumes ?? []).map(({ source }) => source);
        const identities = sources.filter((source) => source.includes('/identities/'));
        expect(identities).toEqual([
            './.run/small/identities/organizations/PrimaryMSP/orderers/orderer.primary.feeder.example',
            ...['Dispatch', 'Primary', 'Switching'].map(
                (name) => `./.run/small/identities/organizations/${name}MSP/msp/tlscacerts`,
            ),
        ]);
    });
});

describe('the planes', () => {
    it('are business, storage and management; only the data base and who asks it are on storage', () => {
        expect(Object.keys(compose.networks)).toEqual(['business', 'storage', 'management']);
        expect(compose.networks['storage']).toEqual({ internal: true });
        expect(on('storage')).toEqual(['explorer-database', 'explorer']);
    });

    it('keep doors and Prometheus off business, and chaincode off management', () => {
        expect(on('business').filter((name) => /door|prometheus|database/.test(name))).toEqual([]);
        expect(on('management').filter((name) => name.endsWith('-chaincode'))).toEqual([]);
        expect(Object.keys(serviceOf('explorer').networks)).toEqual(['business', 'management', 'storage']);
    });

    it('know a node’s management name on management alone', () => {
        for (const [, { networks }] of services) {
            const elsewhere = [...(networks['business']?.aliases ?? []), ...(networks['storage']?.aliases ?? [])];
            expect(elsewhere.filter((alias) => alias.startsWith('management.'))).toEqual([]);
        }
        expect(serviceOf('dispatch-peer0').networks['management']).toEqual({
            aliases: ['management.peer0.dispatch.feeder.example'],
        });
    });

    it('publish operations, administration, Explorer and Prometheus on loopback whatever is asked for', () => {
        const published = services.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port] as const));
        const nodes = published.filter(([name]) => /-(orderer|peer0)$/.test(name)).map(([, port]) => port);
        const others = published.filter(([name]) => !/-(orderer|peer0)$/.test(name)).map(([, port]) => port);
        expect(nodes).toHaveLength(6);
        expect(nodes.every((port) => port.startsWith('${FEEDER_PUBLISH_ADDRESS:-127.0.0.1}:'))).toBe(true);
        expect(others).toHaveLength(9 + 2);
        expect(others.every((port) => port.startsWith('127.0.0.1:'))).toBe(true);
    });

    it('let no operations port out of a node itself', () => {
        const [{ orderer }] = network.organizations as [(typeof network.organizations)[number]];
        expect(serviceOf('dispatch-orderer').ports).toEqual([
            `\${FEEDER_PUBLISH_ADDRESS:-127.0.0.1}:${orderer.port}:${orderer.port}`,
        ]);
        expect(serviceOf('operations-door').ports).toContain(
            `127.0.0.1:${orderer.operationsPort}:${orderer.operationsPort}`,
        );
    });
});

describe('the views of a Docker network', () => {
    it('have the same ports, names inside and loopback outside', () => {
        const [inside] = insideDocker(network).organizations;
        const [outside] = outsideDocker(insideDocker(network)).organizations;
        expect(inside?.peers[0]?.host).toBe('peer0.dispatch.feeder.example');
        expect(inside?.chaincodeService.host).toBe('chaincode.dispatch.feeder.example');
        expect(outside).toEqual(network.organizations[0]);
    });

    it('share a project name only with a network of the same ports', () => {
        expect(projectName(network)).toBe('feeder-small-7050');
    });
});
