import { beforeAll, describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';

import { loadTopology, readTopology } from '../../../../network/topology/load-topology';
import { TopologyError } from '../../../../network/topology/topology-errors';
import type { Finding } from '../../../../network/topology/topology-errors';
import { readShippedText } from '../../../support/read-shipped-topology';

/** A file's content with fields changed by path; undefined takes a field away. */
type Change = Readonly<Record<string, unknown>>;

let wired: string;

beforeAll(async () => {
    wired = await readShippedText('wired');
});

function changed(change: Change): string {
    const content = parse(wired) as Record<string, unknown>;
    for (const [path, value] of Object.entries(change)) {
        const keys = path.split('.');
        const last = keys.pop() ?? '';
        const parent = keys.reduce<Record<string, unknown>>((at, key) => at[key] as Record<string, unknown>, content);
        if (value === undefined) {
            Reflect.deleteProperty(parent, last);
        } else {
            parent[last] = value;
        }
    }
    return stringify(content);
}

function findingsOf(change: Change): readonly Finding[] {
    return readTopology(changed(change)).findings;
}

const collection = {
    name: 'supervision',
    members: ['primary'],
    requiredPeerCount: 0,
    maximumPeerCount: 1,
    blockToLive: 0,
    memberOnlyRead: true,
    memberOnlyWrite: true,
};

describe('loadTopology', () => {
    it.each(['wired', 'wireless'] as const)('finds nothing wrong with %s', async (name) => {
        expect(readTopology(await readShippedText(name)).findings).toEqual([]);
    });

    it('answers a bad file with all findings at once, each with its path', () => {
        const text = changed({
            'organizations.0.peers.0.host': 7,
            'organizations.1.orderer.resources': undefined,
            'channel.blockCutting.timeoutMs': 0,
            'limits.colour': 'green',
            'workers.1.medium': 'smoke-signals',
            'roleHolders.dispatcher': ['NobodyMSP'],
            seed: undefined,
        });
        const load = (): unknown => loadTopology(text, 'bad.yaml');

        expect(load).toThrow(TopologyError);
        const { findings } = readTopology(text);
        expect(findings).toEqual(
            expect.arrayContaining([
                { path: 'seed', message: 'is missing' },
                { path: 'organizations.0.peers.0.host', message: expect.stringContaining('expected string') },
                { path: 'organizations.1.orderer.resources', message: 'is missing' },
                { path: 'channel.blockCutting.timeoutMs', message: expect.stringContaining('>=1') },
                { path: 'limits.colour', message: 'is not a field of a topology file' },
                { path: 'workers.1.medium', message: expect.stringContaining('there is no medium smoke-signals') },
            ]),
        );
        expect(findings).toHaveLength(7);
    });

    it('names the file, every path and the code TOPOLOGY_INVALID in its error', () => {
        let error: unknown;
        try {
            loadTopology(changed({ seed: -1, title: '' }), 'bad.yaml');
        } catch (caught) {
            error = caught;
        }
        expect(error).toMatchObject({ fault: { code: 'TOPOLOGY_INVALID', file: 'bad.yaml' } });
        expect((error as Error).message).toMatch(/bad\.yaml has 2 faults.*\n {2}title: .*\n {2}seed: /);
    });

    it('tells where a text is no YAML', () => {
        expect(readTopology('name: wired\n  title: [').findings[0]).toMatchObject({
            path: expect.stringMatching(/^line \d+, column \d+$/),
            message: expect.stringContaining('is not YAML'),
        });
    });

    it.each(['', '- wired', 'wired'])('refuses a file that is no map: %p', (text) => {
        expect(readTopology(text).findings.length).toBeGreaterThan(0);
    });
});

describe('checkTopology', () => {
    const cases: readonly [string, Change, string, RegExp][] = [
        ['an MSP id twice', { 'organizations.1.mspId': 'DispatchMSP' }, 'organizations.1.mspId', /given twice/],
        ['an organisation twice', { 'organizations.2.id': 'primary' }, 'organizations.2.id', /given twice/],
        ['no dispatch centre', { 'organizations.0.role': 'substation' }, 'organizations', /exactly one.*not 0/],
        ['two dispatch centres', { 'organizations.1.role': 'dispatch' }, 'organizations', /exactly one.*not 2/],
        [
            'a dispatch centre with feeders',
            { 'organizations.0.area.feeders': ['X'] },
            'organizations.0.area',
            /owns no terminals/,
        ],
        [
            'an anchor that does not endorse',
            { 'organizations.1.peers.0.role': 'committer' },
            'organizations.1.peers.0.role',
            /anchor/,
        ],
        [
            'a feeder in two areas',
            { 'organizations.2.area.feeders.0': 'MV3.101_Feeder1' },
            'organizations.2.area.feeders.0',
            /given twice/,
        ],
        [
            'a busbar in two areas',
            { 'organizations.2.area.busbars.0': '4' },
            'organizations.2.area.busbars.0',
            /given twice/,
        ],
        [
            'a port taken twice',
            { 'organizations.1.orderer.port': 7050 },
            'organizations.1.orderer.port',
            /taken by organizations\.0\.orderer\.port/,
        ],
        ['ports beyond the last', { 'ports.base': 65530 }, 'organizations.1.orderer.port', /beyond 65535/],
        [
            'a policy that names an unknown MSP',
            { 'channel.endorsementPolicy': "OR('GhostMSP.peer')" },
            'channel.endorsementPolicy',
            /GhostMSP/,
        ],
        [
            'a policy that is no policy',
            { 'chaincode.endorsementPolicy': 'two of three' },
            'chaincode.endorsementPolicy',
            /where a principal/,
        ],
        [
            'a policy nobody can satisfy',
            { 'chaincode.endorsementPolicy': "OutOf(4, 'DispatchMSP.peer', 'PrimaryMSP.peer')" },
            'chaincode.endorsementPolicy',
            /cannot be satisfied/,
        ],
        [
            'a member of a collection that is no organisation',
            { 'chaincode.collections.0.members': ['dispatch', 'GhostMSP'] },
            'chaincode.collections.0.members.1',
            /no organisation GhostMSP/,
        ],
        [
            'a collection twice',
            { 'chaincode.collections.1': collection },
            'chaincode.collections.1.name',
            /collection supervision is given twice/,
        ],
        [
            'fewer peers at most than must be',
            { 'chaincode.collections.0.requiredPeerCount': 4 },
            'chaincode.collections.0.maximumPeerCount',
            /below requiredPeerCount/,
        ],
        [
            'a collection that an unknown MSP endorses',
            { 'chaincode.collections.0.endorsementPolicy': "OR('GhostMSP.peer')" },
            'chaincode.collections.0.endorsementPolicy',
            /GhostMSP/,
        ],
        [
            'a preferred size above the absolute',
            { 'channel.blockCutting.absoluteMaxBytes': 4096 },
            'channel.blockCutting.preferredMaxBytes',
            /must not exceed/,
        ],
        [
            'a role for an unknown MSP',
            { 'roleHolders.operator.1': 'GhostMSP' },
            'roleHolders.operator.1',
            /no organisation/,
        ],
        ['a medium twice', { 'media.1.name': 'fibre-ethernet' }, 'media.1.name', /given twice/],
        ['more jitter than latency', { 'media.1.jitterMs': 3 }, 'media.1.jitterMs', /before it is sent/],
        [
            'a place twice',
            { 'terminals.places.1': { at: 'busbar', kind: 'DTU', busNameContains: 'x' } },
            'terminals.places.1.at',
            /given twice/,
        ],
        [
            'loads before other places',
            { 'terminals.places.0': { at: 'load', kind: 'TTU', profilePrefix: 'lv' } },
            'terminals.places.0',
            /last entry/,
        ],
        [
            'a concentrator kind nobody has',
            { 'terminals.places': [{ at: 'open-point', kind: 'FTU' }] },
            'terminals.concentratorKind',
            /no place has a DTU/,
        ],
        [
            'a rule for an unknown medium',
            { 'terminals.media.0.medium': 'carrier' },
            'terminals.media.0.medium',
            /there is no medium carrier/,
        ],
        [
            'an uplink over an unknown medium',
            { 'organizations.1.uplink': 'carrier' },
            'organizations.1.uplink',
            /there is no medium carrier/,
        ],
        [
            'a worker on an unknown medium',
            { 'workers.0.medium': 'carrier' },
            'workers.0.medium',
            /there is no medium carrier/,
        ],
        [
            'a number of workers that does not divide a round',
            { workers: Array(3).fill({ medium: 'epon' }) },
            'workers',
            /3 does not/,
        ],
        [
            'a medium no worker speaks for',
            { workers: [{ medium: 'epon' }] },
            'terminals.media.0.medium',
            /no worker speaks for fibre-ethernet/,
        ],
    ];

    it.each(cases)('refuses %s', (_title, change, path, message) => {
        expect(findingsOf(change)).toContainEqual({ path, message: expect.stringMatching(message) });
    });

    it('refuses an even number of orderers', () => {
        const content = parse(wired) as { organizations: { area: unknown }[] };
        content.organizations.pop();
        const { findings } = readTopology(stringify(content));
        expect(findings).toContainEqual({ path: 'organizations', message: expect.stringMatching(/odd number.*not 2/) });
    });

    it('applies the rules of sound sections although another section is broken', () => {
        expect(findingsOf({ title: 5, 'organizations.1.mspId': 'DispatchMSP' }).map(({ path }) => path)).toEqual(
            expect.arrayContaining(['title', 'organizations.1.mspId']),
        );
    });
});
