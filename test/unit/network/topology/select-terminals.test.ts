import { beforeAll, describe, expect, it } from '@jest/globals';

import { checkTopologyAgainstGrid } from '../../../../network/topology/check-topology-against-grid';
import type { GridData } from '../../../../network/topology/grid-data';
import type { Terminal } from '../../../../network/topology/network-model';
import { selectTerminals } from '../../../../network/topology/select-terminals';
import type { Topology } from '../../../../network/topology/topology-schema';
import { readShippedTopology } from '../../../support/read-shipped-topology';

interface Loaded {
    topology: Topology;
    grid: GridData;
}
const names = ['wired', 'wireless'] as const;
const loaded = {} as Record<(typeof names)[number], Loaded>;

beforeAll(async () => {
    for (const name of names) {
        loaded[name] = await readShippedTopology(name);
    }
});

function withCount(topology: Topology, count: number): Topology {
    return { ...topology, terminals: { ...topology.terminals, count } };
}

function select(name: (typeof names)[number], count?: number): Terminal[] {
    const { topology, grid } = loaded[name];
    return selectTerminals(count === undefined ? topology : withCount(topology, count), grid);
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const item of items) {
        counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
    }
    return counts;
}

describe('selectTerminals', () => {
    it.each(names)('places exactly 60 terminals with unique ids in %s', (name) => {
        const terminals = select(name);
        expect(terminals).toHaveLength(60);
        expect(new Set(terminals.map(({ id }) => id)).size).toBe(60);
    });

    it('places the kinds where the data have their places', () => {
        // urban: 7 busbars and 10 buses with three line switches; 14 feeder breakers and 11 open points
        expect(countBy(select('wired'), ({ kind }) => kind)).toEqual({ DTU: 17, FTU: 25, TTU: 18 });
        // rural: 2 busbars and 7 buses with three or more; 8 feeder breakers and 6 open points
        expect(countBy(select('wireless'), ({ kind }) => kind)).toEqual({ DTU: 9, FTU: 14, TTU: 37 });
    });

    it.each(names)('puts every DTU of %s at a busbar or where three line switches meet', (name) => {
        const { grid } = loaded[name];
        for (const { bus } of select(name).filter(({ kind }) => kind === 'DTU')) {
            const isBusbar = grid.buses.some((item) => item.bus === bus && item.name.includes('busbar'));
            const switches = grid.switches.filter((item) => item.bus === bus && item.elementType === 'line');
            expect(isBusbar || switches.length >= 3).toBe(true);
        }
    });

    it.each(names)('puts every FTU of %s at a breaker or an open switch of the line it measures', (name) => {
        const { grid } = loaded[name];
        for (const { id, line, bus } of select(name).filter(({ kind }) => kind === 'FTU')) {
            const item = grid.switches.find(
                (candidate) => candidate.switch === String(Number(id.slice('FTU-S'.length))),
            );
            expect(item).toMatchObject({ elementType: 'line', element: line, bus });
            expect(item?.type === 'CB' || item?.closed === false).toBe(true);
        }
    });

    it.each(names)('puts every TTU of %s at a load with a low-voltage profile', (name) => {
        const { grid } = loaded[name];
        for (const { id, bus } of select(name).filter(({ kind }) => kind === 'TTU')) {
            const load = grid.loads.find((candidate) => candidate.load === String(Number(id.slice('TTU-L'.length))));
            expect(load).toMatchObject({ bus, profile: expect.stringMatching(/^lv_/) });
        }
    });

    it.each(names)('covers every feeder of %s with a breaker terminal and a transformer terminal', (name) => {
        const feeders = loaded[name].topology.organizations.flatMap(({ area }) => area.feeders);
        expect(feeders).toHaveLength(name === 'wired' ? 14 : 8);
        for (const feeder of feeders) {
            const kinds = new Set(
                select(name)
                    .filter((terminal) => terminal.feeder === feeder)
                    .map(({ kind }) => kind),
            );
            expect([...kinds]).toEqual(expect.arrayContaining(['FTU', 'TTU']));
        }
    });

    it('spreads the transformer terminals: no feeder has two more than another with room', () => {
        const perFeeder = Object.values(
            countBy(
                select('wired').filter(({ kind }) => kind === 'TTU'),
                ({ feeder }) => feeder,
            ),
        );
        expect(perFeeder).toHaveLength(14);
        expect(Math.max(...perFeeder) - Math.min(...perFeeder)).toBe(1);
    });

    it('gives each terminal to the organisation of its area', () => {
        const { organizations } = loaded.wired.topology;
        for (const { mspId, feeder, bus } of select('wired')) {
            const owner = organizations.find(({ area }) => area.feeders.includes(feeder) || area.busbars.includes(bus));
            expect(owner?.mspId).toBe(mspId);
        }
        expect(countBy(select('wireless'), ({ mspId }) => mspId)).toEqual({ SectionOneMSP: 31, SectionTwoMSP: 29 });
    });

    it.each(names)('keeps every terminal of %s when the count is raised', (name) => {
        expect(select(name, 80).slice(0, 60)).toMatchObject(select(name).map(({ id, medium }) => ({ id, medium })));
    });

    it('puts terminals on media by place and feeder', () => {
        expect(countBy(select('wired'), ({ medium }) => medium)).toEqual({ 'fibre-ethernet': 31, epon: 29 });
        expect(countBy(select('wireless'), ({ medium }) => medium)).toEqual({ '5g': 17, '4g': 28, 'lte-230': 15 });
    });

    it('gives each LTE-230 terminal concentrators of its own medium, organisation and feeder', () => {
        const terminals = select('wireless');
        const radio = terminals.filter(({ medium }) => medium === 'lte-230');
        expect(radio.filter(({ isConcentrator }) => isConcentrator)).toHaveLength(4);
        for (const terminal of radio.filter(({ isConcentrator }) => !isConcentrator)) {
            expect(terminal.concentrators.length).toBeGreaterThan(0);
            for (const id of terminal.concentrators) {
                expect(terminals.find((candidate) => candidate.id === id)).toMatchObject({
                    kind: 'DTU',
                    medium: 'lte-230',
                    mspId: terminal.mspId,
                    feeder: terminal.feeder,
                });
            }
            expect(terminal.concentrators).not.toContain(terminal.id);
        }
    });
});

describe('concentrators', () => {
    it('name no concentrator themselves', () => {
        const all = [...select('wired'), ...select('wireless')];
        expect(all.filter(({ isConcentrator, concentrators }) => isConcentrator && concentrators.length > 0)).toEqual(
            [],
        );
    });

    it('are the DTU at the bus where there is one, before those of the feeder', () => {
        const find = (id: string): Terminal | undefined => select('wireless').find((terminal) => terminal.id === id);
        expect(find('FTU-S195')).toMatchObject({ bus: '63', concentrators: ['DTU-B063'] });
        expect(find('TTU-L024')).toMatchObject({ feeder: 'MV1.101_Feeder3', concentrators: ['DTU-B026', 'DTU-B027'] });
    });
});

describe('checkTopologyAgainstGrid', () => {
    const check = (change: (topology: Topology) => void): string[] => {
        const { topology, grid } = loaded.wireless;
        const copy = structuredClone(topology);
        change(copy);
        return checkTopologyAgainstGrid(copy, grid).map(({ path, message }) => `${path}: ${message}`);
    };

    it.each(names)('finds nothing wrong with %s', (name) => {
        expect(checkTopologyAgainstGrid(loaded[name].topology, loaded[name].grid)).toEqual([]);
    });

    it('refuses more terminals than the rule finds places', () => {
        expect(check((topology) => (topology.terminals.count = 200))).toEqual([
            'terminals.count: the rule finds 113 places in the grid, not 200',
        ]);
    });

    it('refuses fewer terminals than the switches and busbars need', () => {
        expect(check((topology) => (topology.terminals.count = 22))).toEqual([
            expect.stringContaining('places 23 terminals'),
        ]);
    });

    it('refuses a count that leaves a feeder without a terminal', () => {
        const findings = check(({ terminals }) => {
            terminals.places = terminals.places.filter(({ at }) => at === 'busbar');
            terminals.count = 2;
            terminals.media = [{ medium: '5g', at: ['busbar'] }];
        });
        expect(findings.filter((finding) => finding.includes('no terminal stands on'))).toHaveLength(8);
    });

    it('refuses an area with a feeder or busbar that the grid has not, and one that leaves some out', () => {
        const findings = check(({ organizations }) => {
            const [, one, two] = organizations;
            one?.area.feeders.splice(0, 1, 'MV9_Feeder1');
            two?.area.busbars.splice(0, 1, '99');
        });
        expect(findings).toEqual([
            'organizations.1.area.feeders.0: the grid has no feeder MV9_Feeder1',
            "organizations: feeder MV1.101_Feeder1 of the grid is in no organisation's area",
            'organizations.2.area.busbars.0: the grid has no busbar 99',
            "organizations: busbar 3 of the grid is in no organisation's area",
        ]);
    });

    it('refuses media rules that reach no medium for a place', () => {
        expect(check(({ terminals }) => terminals.media.pop())).toEqual([
            expect.stringMatching(/terminals\.media: no entry holds for TTU-/),
        ]);
    });

    it('refuses a terminal without a concentrator where only concentrators hold a gateway', () => {
        const findings = check(({ terminals }) => terminals.media[0]?.feeders?.push('MV1.101_Feeder2'));
        expect(findings).toEqual(
            expect.arrayContaining([
                expect.stringMatching(/terminals\.media\.0: TTU-\w+ on MV1\.101_Feeder2 has no concentrator/),
            ]),
        );
    });

    it('refuses a medium without terminals, and more workers than terminals', () => {
        const findings = check(({ terminals, workers }) => {
            terminals.media.unshift({
                medium: '5g',
                at: ['busbar', 'branch-bus', 'feeder-breaker', 'open-point', 'load'],
            });
            workers.push(...Array<{ medium: string }>(60).fill({ medium: '5g' }));
        });
        expect(findings).toContain('terminals.media.1: no terminal is on lte-230');
        expect(findings).toContain('workers.4.medium: lte-230 has 0 terminals, too few for another worker');
        expect(findings.filter((finding) => finding.includes('5g has 60 terminals'))).toHaveLength(2);
    });
});
