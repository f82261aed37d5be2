import type { GridData } from './grid-data';
import { listBusbars, listPlaces } from './list-places';
import { mediumAt, selectTerminals } from './select-terminals';
import type { Finding } from './topology-errors';
import type { Topology } from './topology-schema';

type Sections = Pick<Topology, 'grid' | 'organizations' | 'terminals' | 'media' | 'workers'>;

/** What a topology must be to the grid it names: areas that cover it, and a rule that it can fulfil. */
export function checkTopologyAgainstGrid(topology: Sections, grid: GridData): Finding[] {
    const areas = [...checkFeeders(topology, grid), ...checkBusbars(topology, grid)];
    return areas.length > 0 ? areas : checkTerminals(topology, grid);
}

function checkFeeders({ grid: source, organizations }: Sections, grid: GridData): Finding[] {
    const inGrid = new Set(
        grid.lines.map(({ subnet }) => subnet).filter((name) => name.includes(source.feederNameContains)),
    );
    return compareAreas(organizations, { name: 'feeders', what: 'feeder', inGrid });
}

function checkBusbars({ organizations, terminals }: Sections, grid: GridData): Finding[] {
    const inGrid = new Set(listBusbars(terminals.places, grid).map(({ bus }) => bus));
    return compareAreas(organizations, { name: 'busbars', what: 'busbar', inGrid });
}

function compareAreas(
    organizations: Topology['organizations'],
    grid: { readonly name: 'feeders' | 'busbars'; readonly what: string; readonly inGrid: ReadonlySet<string> },
): Finding[] {
    const { name, what, inGrid } = grid;
    const covered = new Set(organizations.flatMap(({ area }) => area[name]));
    const unknown = organizations.flatMap(({ area }, at) =>
        area[name].flatMap((item, index) =>
            inGrid.has(item)
                ? []
                : [{ path: `organizations.${at}.area.${name}.${index}`, message: `the grid has no ${what} ${item}` }],
        ),
    );
    const uncovered = [...inGrid]
        .filter((item) => !covered.has(item))
        .map((item) => ({
            path: 'organizations',
            message: `${what} ${item} of the grid is in no organisation's area`,
        }));
    return [...unknown, ...uncovered];
}

function checkTerminals(topology: Sections, grid: GridData): Finding[] {
    const { organizations, terminals: rule, media, workers } = topology;
    const places = listPlaces(rule.places, organizations, grid);
    if (places.length < rule.count) {
        return [
            {
                path: 'terminals.count',
                message: `the rule finds ${places.length} places in the grid, not ${rule.count}`,
            },
        ];
    }
    const fixed = places.filter(({ at }) => at !== 'load').length;
    if (rule.count < fixed) {
        return [
            {
                path: 'terminals.count',
                message: `the rule places ${fixed} terminals before those at loads; ask for as many`,
            },
        ];
    }
    const unreached = places.slice(0, rule.count).filter((place) => mediumAt(place, rule.media) === undefined);
    if (unreached.length > 0) {
        const ids = unreached.map(({ id }) => id).join(', ');
        return [{ path: 'terminals.media', message: `no entry holds for ${ids}` }];
    }
    const terminals = selectTerminals(topology, grid);
    return [
        ...checkCoverage(organizations, terminals),
        ...checkGateways(media, rule.media, terminals),
        ...checkIdle(rule.media, terminals),
        ...checkWorkerShares(workers, terminals),
    ];
}

type Terminals = ReturnType<typeof selectTerminals>;

function checkCoverage(organizations: Topology['organizations'], terminals: Terminals): Finding[] {
    const covered = new Set(terminals.map(({ feeder }) => feeder));
    return organizations.flatMap(({ area }, at) =>
        area.feeders.flatMap((feeder, index) =>
            covered.has(feeder)
                ? []
                : [
                      {
                          path: `organizations.${at}.area.feeders.${index}`,
                          message: `no terminal stands on ${feeder}; raise terminals.count`,
                      },
                  ],
        ),
    );
}

/** Where only concentrators hold a gateway, every other terminal needs one that reports for it. */
function checkGateways(
    media: Topology['media'],
    rules: Topology['terminals']['media'],
    terminals: Terminals,
): Finding[] {
    const shared = new Set(
        media.filter(({ gatewayHolders }) => gatewayHolders === 'concentrators').map(({ name }) => name),
    );
    const mute = terminals.filter(
        ({ medium, isConcentrator, concentrators }) =>
            shared.has(medium) && !isConcentrator && concentrators.length === 0,
    );
    return mute.map(({ id, medium, feeder }) => ({
        path: `terminals.media.${rules.findIndex((item) => item.medium === medium)}`,
        message: `${id} on ${feeder} has no concentrator on ${medium}, where only concentrators hold a gateway`,
    }));
}

/** A worker whose medium carries no terminal has nothing to send. */
function checkIdle(rules: Topology['terminals']['media'], terminals: Terminals): Finding[] {
    const used = new Set(terminals.map(({ medium }) => medium));
    return rules.flatMap(({ medium }, index) =>
        used.has(medium) ? [] : [{ path: `terminals.media.${index}`, message: `no terminal is on ${medium}` }],
    );
}

/** Every worker needs a terminal to speak for. */
function checkWorkerShares(workers: Topology['workers'], terminals: Terminals): Finding[] {
    return workers.flatMap(({ medium }, index) => {
        const before = workers.slice(0, index).filter((worker) => worker.medium === medium).length;
        const count = terminals.filter((terminal) => terminal.medium === medium).length;
        return count > before
            ? []
            : [
                  {
                      path: `workers.${index}.medium`,
                      message: `${medium} has ${count} terminals, too few for another worker`,
                  },
              ];
    });
}
