import type { DrillStep } from '../drill/drill-record';
import type { Operation } from '../rounds/operations';
import type { RecordedTopology, RoundRecord, RunRecord, Verdict } from './run-record';

/** One limit the report decides: what it asks, which act it is about, and what the answer stands on. */
export interface Requirement {
    readonly id: Verdict['id'];
    readonly title: string;
    readonly sentence: string;
    readonly source: string;
    /** Whose rounds it is judged on, by the worst act's latency. */
    readonly operation: Extract<Operation, 'displacement' | 'control'>;
    readonly evidence: Verdict['evidence'];
    readonly basis: string;
    boundMs(limits: RunRecord['limits']): number;
    rateTps(topology: RecordedTopology): number;
    /** Acts that should have given a figure and gave none: they count against the limit. */
    missingOf(round: RoundRecord): number;
}

/** The same limits, on the acts of a substation that has taken over from a lost main station. */
export interface DrillRequirement extends Pick<
    Requirement,
    'id' | 'title' | 'sentence' | 'source' | 'evidence' | 'basis' | 'boundMs'
> {
    /** Of the drill, whose own time is judged. */
    readonly step: DrillStep;
}

const source = "State Grid's requirements on distribution automation, as this project's brief gives them";

export const requirements: readonly Requirement[] = [
    {
        id: 'switch-displacement',
        title: 'Switch displacement',
        sentence: "A switch's change of position reaches the main station in time",
        source,
        operation: 'displacement',
        evidence: 'measured',
        basis:
            "the whole act, from the terminal's time stamp on its report to the main station's receipt of the committed " +
            'event, worst of the round',
        boundMs: (limits) => limits.displacementMs,
        rateTps: ({ actRates }) => actRates.displacement,
        missingOf: (round) => Math.max(0, round.planned - Math.min(round.succeeded, round.heard ?? 0)),
    },
    {
        id: 'remote-control',
        title: 'Remote control',
        sentence: 'A remote control act is carried out in time',
        source,
        operation: 'control',
        evidence: 'measured',
        basis:
            "the whole act, from the dispatcher's first message over selection, the terminal's confirmation and operation " +
            "to the main station's receipt of the committed new position, worst of the round",
        boundMs: (limits) => limits.remoteControlMs,
        rateTps: ({ actRates }) => actRates.control,
        missingOf: (round) => Math.max(0, round.planned - round.succeeded),
    },
];

export const drillRequirements: readonly DrillRequirement[] = [
    {
        id: 'displacement-after-loss',
        title: 'Displacement, main station lost',
        sentence: 'A change of position reaches the substation that took over in time',
        source,
        evidence: 'measured',
        basis: "one whole act, from the terminal's time stamp to the substation's receipt of the committed event",
        boundMs: (limits) => limits.displacementMs,
        step: 'displacement-heard',
    },
    {
        id: 'control-after-loss',
        title: 'Remote control, main station lost',
        sentence: 'The substation that took over opens the switch in time',
        source,
        evidence: 'measured',
        basis: "one whole act, from the dispatcher's first message to the receipt of the committed new position",
        boundMs: (limits) => limits.remoteControlMs,
        step: 'control-completed',
    },
];

/** What a verdict is about, in words. */
export function wordsOf(id: Verdict['id']): Pick<Requirement, 'title' | 'sentence'> {
    return [...requirements, ...drillRequirements].find((one) => one.id === id) ?? { title: id, sentence: id };
}
