import type { GridBus, GridData, GridLine, GridSwitch } from './grid-data';
import type { TerminalKind } from './network-model';
import type { PlaceName, PlaceRule, Topology } from './topology-schema';

/** Where a terminal can stand, found in the grid by the rule of a topology file. */
export interface Place {
    readonly at: PlaceName;
    readonly kind: TerminalKind;
    /** Of the terminal that stands there. */
    readonly id: string;
    readonly mspId: string;
    readonly site: string;
    /** The station's name at a busbar. */
    readonly feeder: string;
    readonly bus: string;
    readonly line?: string;
}

type Areas = Topology['organizations'];

/**
 * Every place in the grid that the rule names, in the rule's order, then by number; loads are ordered for spreading (see
 * `spreadOverFeeders`). A place outside all areas is left out; `checkTopologyAgainstGrid` tells of it.
 */
export function listPlaces(rules: readonly PlaceRule[], areas: Areas, grid: GridData): Place[] {
    const view = new GridView(areas, grid, rules);
    const taken = new Set<string>();
    return rules
        .flatMap((rule) => placesOf(rule, view))
        .filter(({ id }) => {
            const isFree = !taken.has(id);
            taken.add(id);
            return isFree;
        });
}

function placesOf(rule: PlaceRule, view: GridView): Place[] {
    switch (rule.at) {
        case 'busbar':
            return view.busbars.flatMap((bus) => atBus(rule, bus, view));
        case 'branch-bus':
            return view.grid.buses
                .filter(({ bus }) => view.feederOfBus(bus) !== undefined)
                .filter(({ bus }) => view.lineSwitchesAt(bus).length >= rule.lineSwitchesAtLeast)
                .flatMap((bus) => atBus(rule, bus, view));
        case 'feeder-breaker':
            return view.lineSwitches
                .filter(({ type }) => type === rule.switchType)
                .flatMap((item) => atSwitch(rule, item, view.feederOfLine(item.element), view));
        case 'open-point':
            return view.lineSwitches
                .filter(({ closed }) => !closed)
                .flatMap((item) => atSwitch(rule, item, view.feederOfBus(item.bus), view));
        case 'load':
            return placesAtLoads(rule, view);
    }
}

function atBus(rule: PlaceRule, { bus }: GridBus, view: GridView): Place[] {
    const [measured] = view.lineSwitchesAt(bus);
    const id = `${rule.kind}-B${bus.padStart(3, '0')}`;
    return view.place({ rule, id, bus, feeder: view.feederOfBus(bus), line: measured?.element });
}

function atSwitch(rule: PlaceRule, item: GridSwitch, feeder: string | undefined, view: GridView): Place[] {
    const id = `${rule.kind}-S${item.switch.padStart(3, '0')}`;
    return feeder === undefined ? [] : view.place({ rule, id, bus: item.bus, feeder, line: item.element });
}

/** A transformer's terminal measures its own load, and no line. */
function placesAtLoads(rule: PlaceRule & { at: 'load' }, view: GridView): Place[] {
    const places = view.grid.loads
        .filter(({ profile }) => profile.startsWith(rule.profilePrefix))
        .filter(({ bus }) => view.feederOfBus(bus) !== undefined)
        .flatMap(({ load, bus }) => {
            const id = `${rule.kind}-L${load.padStart(3, '0')}`;
            return view.place({ rule, id, bus, feeder: view.feederOfBus(bus), line: undefined });
        });
    return spreadOverFeeders(places, view.feeders);
}

/**
 * Orders places so that any first part of them is spread: one from each feeder in turn, and along a feeder its far end,
 * its beginning, then always the middle of what lies between two taken ones.
 */
export function spreadOverFeeders(places: readonly Place[], feeders: readonly string[]): Place[] {
    const queues = feeders.map((feeder) => spreadAlong(places.filter((place) => place.feeder === feeder)));
    const longest = Math.max(0, ...queues.map(({ length }) => length));
    return Array.from({ length: longest }, (_, turn) => queues.flatMap((queue) => queue.slice(turn, turn + 1))).flat();
}

function spreadAlong<T>(items: readonly T[]): T[] {
    const last = items.length - 1;
    const order = last > 0 ? [last, 0] : [...items.keys()];
    const gaps: (readonly [number, number])[] = [[0, last]];
    for (const [from, to] of gaps) {
        const middle = Math.floor((from + to) / 2);
        if (middle > from) {
            order.push(middle);
            gaps.push([from, middle], [middle, to]);
        }
    }
    return order.flatMap((index) => items.slice(index, index + 1));
}

/** The grid seen through the areas of the organisations. */
class GridView {
    readonly grid: GridData;
    readonly busbars: readonly GridBus[];
    readonly lineSwitches: readonly GridSwitch[];
    readonly feeders: readonly string[];
    readonly #busByNumber: ReadonlyMap<string, GridBus>;
    readonly #lineByNumber: ReadonlyMap<string, GridLine>;
    readonly #mspIdByBusbar: ReadonlyMap<string, string>;
    readonly #mspIdByFeeder: ReadonlyMap<string, string>;
    readonly #feederByBus: ReadonlyMap<string, string>;

    constructor(areas: Areas, grid: GridData, rules: readonly PlaceRule[]) {
        this.grid = grid;
        this.#busByNumber = new Map(grid.buses.map((bus) => [bus.bus, bus]));
        this.#lineByNumber = new Map(grid.lines.map((line) => [line.line, line]));
        this.#mspIdByBusbar = new Map(areas.flatMap(({ mspId, area }) => area.busbars.map((bus) => [bus, mspId])));
        this.#mspIdByFeeder = new Map(
            areas.flatMap(({ mspId, area }) => area.feeders.map((feeder) => [feeder, mspId])),
        );
        this.feeders = [...this.#mspIdByFeeder.keys()];
        this.busbars = listBusbars(rules, grid);
        this.lineSwitches = grid.switches.filter(({ elementType }) => elementType === 'line');
        this.#feederByBus = feederOfBuses(grid, this.#mspIdByFeeder, new Set(this.busbars.map(({ bus }) => bus)));
    }

    feederOfBus(bus: string): string | undefined {
        return this.#feederByBus.get(bus);
    }

    feederOfLine(number: string): string | undefined {
        const subnet = this.#lineByNumber.get(number)?.subnet;
        return subnet !== undefined && this.#mspIdByFeeder.has(subnet) ? subnet : undefined;
    }

    lineSwitchesAt(bus: string): GridSwitch[] {
        return this.lineSwitches
            .filter((item) => item.bus === bus)
            .sort((one, other) => Number(one.element) - Number(other.element));
    }

    place(found: {
        readonly rule: PlaceRule;
        readonly id: string;
        readonly bus: string;
        readonly feeder: string | undefined;
        readonly line: string | undefined;
    }): Place[] {
        const { rule, id, bus, feeder, line } = found;
        const { name, substation } = this.#busByNumber.get(bus) ?? { name: bus, substation: '' };
        const site = substation === '' ? name : substation;
        const mspId = feeder === undefined ? this.#mspIdByBusbar.get(bus) : this.#mspIdByFeeder.get(feeder);
        if (mspId === undefined) {
            return [];
        }
        const place = { at: rule.at, kind: rule.kind, id, mspId, site, feeder: feeder ?? site, bus };
        return [line === undefined ? place : { ...place, line }];
    }
}

/** The busbars that the rule names: none where it has no busbar entry. */
export function listBusbars(rules: readonly PlaceRule[], grid: GridData): GridBus[] {
    const rule = rules.find((item) => item.at === 'busbar');
    return rule ? grid.buses.filter(({ name }) => name.includes(rule.busNameContains)) : [];
}

/** A busbar feeds several feeders and belongs to none. */
function feederOfBuses(
    grid: GridData,
    feeders: ReadonlyMap<string, string>,
    busbars: ReadonlySet<string>,
): Map<string, string> {
    const feederByBus = new Map<string, string>();
    for (const { subnet, fromBus, toBus } of grid.lines) {
        for (const bus of [fromBus, toBus]) {
            if (feeders.has(subnet) && !busbars.has(bus) && !feederByBus.has(bus)) {
                feederByBus.set(bus, subnet);
            }
        }
    }
    return feederByBus;
}
