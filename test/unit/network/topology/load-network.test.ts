import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { listShippedTopologies, loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';
import { projectRoot } from '../../../../network/topology/project-root';
import { resolveTopology } from '../../../../network/topology/resolve-topology';
import { describeTopologyFault } from '../../../../network/topology/topology-errors';
import { readShippedText, readShippedTopology } from '../../../support/read-shipped-topology';

let wired: Network;
let wireless: Network;
let folder: string;

beforeAll(async () => {
    wired = await loadNetwork('wired');
    wireless = await loadNetwork('wireless');
    folder = await mkdtemp(join(tmpdir(), 'topology-'));
});
afterAll(() => rm(folder, { recursive: true }));

function portsOf(network: Network): number[] {
    return network.organizations.flatMap(({ orderer, peers, chaincodeService }) => [
        orderer.port,
        orderer.adminPort,
        orderer.operationsPort,
        chaincodeService.port,
        ...peers.flatMap((peer) => [peer.port, peer.chaincodePort, peer.operationsPort]),
    ]);
}

describe('loadNetwork', () => {
    it('knows the topologies that ship', async () => {
        expect(await listShippedTopologies()).toEqual(['wired', 'wireless']);
    });

    it('gives each of three organisations one orderer and one peer, and one of them the dispatch centre', () => {
        for (const network of [wired, wireless]) {
            expect(network.organizations).toHaveLength(3);
            expect(network.organizations.map(({ peers }) => peers.length)).toEqual([1, 1, 1]);
            expect(network.organizations.filter(({ role }) => role === 'dispatch')).toHaveLength(1);
            expect(network.chaincode.endorsementPolicy).toMatch(/^OutOf\(2, '\w+\.peer', '\w+\.peer', '\w+\.peer'\)$/);
        }
    });

    it('takes the limits and the workers of the requirement', () => {
        expect(wired.limits).toEqual({
            displacementMs: 30_000,
            displacementRateTps: 50,
            remoteControlMs: 5_000,
            remoteControlRateTps: 10,
        });
        expect(wired.workers.map(({ medium }) => medium)).toEqual(['fibre-ethernet', 'epon']);
        expect(wireless.workers.map(({ medium }) => medium)).toEqual(['5g', '5g', '4g', '4g', 'lte-230']);
    });

    it('lets both networks run side by side: no port is used twice', () => {
        const ports = [...portsOf(wired), ...portsOf(wireless)];
        expect(new Set(ports).size).toBe(ports.length);
        expect(Math.min(...ports)).toBe(7050);
    });

    it('takes another base port, host and number of terminals by option', async () => {
        const network = await loadNetwork('wired', { basePort: 9000, host: '10.0.0.1', terminalCount: 70 });
        expect(Math.min(...portsOf(network))).toBe(9000);
        expect(network.organizations[0]?.orderer.host).toBe('10.0.0.1');
        expect(network.terminals).toHaveLength(70);
    });

    it('says TOPOLOGY_NOT_FOUND with the names that ship', async () => {
        const fault = {
            code: 'TOPOLOGY_NOT_FOUND',
            file: 'network/topologies/wireles.yaml',
            known: ['wired', 'wireless'],
        };
        await expect(loadNetwork('wireles')).rejects.toMatchObject({ fault });
        await expect(loadNetwork('./no/such.yaml')).rejects.toThrow('name one of wired, wireless');
    });

    it('tells what is wrong in the file and what does not fit the grid at once', async () => {
        const file = join(folder, 'bad.yaml');
        await writeFile(
            file,
            (await readShippedText('wired')).replace('seed: 20160129', 'seed: x').replace('count: 60', 'count: 999'),
        );
        await expect(loadNetwork(file)).rejects.toMatchObject({
            fault: {
                code: 'TOPOLOGY_INVALID',
                file,
                findings: [
                    { path: 'seed' },
                    { path: 'terminals.count', message: 'the rule finds 175 places in the grid, not 999' },
                ],
            },
        });
    });

    it('finds a grid beside a topology file of one’s own', async () => {
        const file = join(folder, 'own.yaml');
        const text = await readShippedText('wired');
        await writeFile(file, text.replace('folder: data/simbench/mv-urban', 'folder: ./grid'));
        await expect(loadNetwork(file)).rejects.toMatchObject({ fault: { code: 'GRID_DATA_INVALID' } });
        await writeFile(file, text.replace('data/simbench/mv-urban', join(projectRoot, 'data/simbench/mv-urban')));
        expect((await loadNetwork(file)).topologyHash).toBe(wired.topologyHash);
    });
});

describe('resolveTopology', () => {
    it('refuses a topology that does not fit its grid', async () => {
        const { topology } = await readShippedTopology('wired');
        const { grid } = await readShippedTopology('wireless');
        expect(() => resolveTopology(topology, grid)).toThrow('the grid has no feeder MV3.101_Feeder1');
    });

    it('takes hosts and ports that the file names before those of the placement', async () => {
        const { topology, grid } = await readShippedTopology('wired');
        const [first] = topology.organizations;
        Object.assign(first?.orderer ?? {}, { host: 'substation.example', port: 443 });
        const [organization] = resolveTopology(topology, grid, { host: '10.1.1.1', basePort: 5000 }).organizations;
        expect(organization?.orderer).toMatchObject({ host: 'substation.example', port: 443, adminPort: 5001 });
        expect(organization?.peers[0]).toMatchObject({ host: '10.1.1.1', port: 5004 });
    });

    it('tells the origin of each figure of a medium with its grade', () => {
        for (const { origin } of [...wired.media, ...wireless.media]) {
            expect(origin).toMatch(/latency and jitter \[[SDU]\]: .*; loss \[[SDU]\]: .*; rates \[[SDU]\]: /);
        }
    });

    it('hashes what the network is, not where it runs', async () => {
        const elsewhere = await loadNetwork('wired', { basePort: 9000, host: '10.0.0.1' });
        const larger = await loadNetwork('wired', { terminalCount: 61 });
        expect(wired.topologyHash).toMatch(/^[0-9a-f]{64}$/);
        expect(elsewhere.topologyHash).toBe(wired.topologyHash);
        expect(larger.topologyHash).not.toBe(wired.topologyHash);
        expect(wireless.topologyHash).not.toBe(wired.topologyHash);
    });
});

describe('describeTopologyFault', () => {
    it('makes one line for each finding', () => {
        const findings = [{ path: 'buses.csv:2', message: 'x' }];
        expect(describeTopologyFault({ code: 'GRID_DATA_INVALID', folder: 'data/x', findings })).toBe(
            'The grid data in data/x have 1 fault; correct the files or name another folder in grid.folder:\n  buses.csv:2: x',
        );
    });
});
