import type { GridData } from './grid-data';
import { listPlaces } from './list-places';
import type { Place } from './list-places';
import type { Terminal, TerminalKind } from './network-model';
import type { MediumRule, Topology } from './topology-schema';

export type TerminalRule = Pick<Topology, 'organizations' | 'terminals'>;

/**
 * The terminals that the rule of a topology file places in a grid: the first `count` of its places, in order. Ids depend
 * on the grid alone, so raising the count keeps every terminal there was. A place that no medium reaches is left out;
 * `checkTopologyAgainstGrid` tells of it.
 */
export function selectTerminals({ organizations, terminals: rule }: TerminalRule, grid: GridData): Terminal[] {
    const chosen = listPlaces(rule.places, organizations, grid)
        .slice(0, rule.count)
        .flatMap((place) => {
            const medium = mediumAt(place, rule.media);
            return medium === undefined ? [] : [newCandidate(place, medium, rule.concentratorKind)];
        });
    return chosen.map((terminal) => ({
        ...terminal,
        concentrators: concentratorsOf(terminal, chosen).map(({ id }) => id),
    }));
}

/** The medium of the first entry that holds for the place. */
export function mediumAt(place: Place, rules: readonly MediumRule[]): string | undefined {
    return rules.find(({ at, feeders }) => at.includes(place.at) && (feeders?.includes(place.feeder) ?? true))?.medium;
}

type Candidate = Omit<Terminal, 'concentrators'>;

function newCandidate(place: Place, medium: string, concentratorKind: TerminalKind): Candidate {
    const { id, kind, mspId, site, feeder, bus, line } = place;
    const measured = line === undefined ? {} : { line };
    return { id, kind, mspId, site, feeder, bus, ...measured, medium, isConcentrator: kind === concentratorKind };
}

/**
 * Who may report for a terminal, besides itself: concentrators of its own medium and organisation, those at its bus, or
 * where none stands there, those of its feeder. A concentrator needs none: each one named makes a query dearer.
 */
function concentratorsOf(terminal: Candidate, all: readonly Candidate[]): readonly Candidate[] {
    if (terminal.isConcentrator) {
        return [];
    }
    const { medium, mspId, bus, feeder } = terminal;
    const near = all.filter((other) => other.isConcentrator && other.medium === medium && other.mspId === mspId);
    const atBus = near.filter((other) => other.bus === bus);
    return atBus.length > 0 ? atBus : near.filter((other) => other.feeder === feeder);
}
