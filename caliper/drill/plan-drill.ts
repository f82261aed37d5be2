import type { Network, Organization } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import type { ConnectorKind } from '../rounds/operations';
import type { Suite } from '../rounds/plan-rounds';
import type { SwitchPlace } from '../terminals/switches';
import { switchesOf } from '../terminals/switches';

/** Who takes which part when the dispatch centre is lost. */
export interface DrillParts {
    readonly dispatch: Organization;
    /** The substation that owns the switch's terminal. */
    readonly takesOver: Organization;
    /** Another organisation, whose operator approves. */
    readonly approver: Organization;
    /** Its terminal is on the slowest medium that there is; a feeder's switch rather than a low-voltage breaker. */
    readonly place: SwitchPlace;
}

/** The parts, or why there is no drill. */
export type DrillPlan = { readonly parts: DrillParts } | { readonly why: string };

export interface DrillRequest {
    readonly network: Network;
    readonly suite: Suite;
    readonly connector: ConnectorKind;
    /** Why none is wanted, or possible on this back end. */
    readonly without?: string | undefined;
}

/** Whether a run on this topology ends with the drill. Throws CaliperError `DRILL_IMPOSSIBLE` when it was asked for alone. */
export function planDrill(request: DrillRequest): DrillPlan {
    const plan = planWanted(request);
    if (request.suite === 'drill' && 'why' in plan) {
        throw new CaliperError({ code: 'DRILL_IMPOSSIBLE', topology: request.network.name, why: plan.why });
    }
    return plan;
}

function planWanted({ network, suite, connector, without }: DrillRequest): DrillPlan {
    if (without !== undefined) return { why: without };
    if (connector === 'stock') return { why: "Caliper's own connector plays no main station that could be lost." };
    if (suite === 'thesis') return { why: 'the thesis measured single transactions only.' };
    const parts = findParts(network);
    return parts === undefined
        ? { why: 'it takes a dispatch centre, a substation with a switch and dispatchers, and another with operators.' }
        : { parts };
}

function findParts(network: Network): DrillParts | undefined {
    const { organizations, roleHolders, media } = network;
    const dispatch = organizations.find(({ role }) => role === 'dispatch');
    if (dispatch === undefined) return undefined;
    const operating = organizations.filter(
        ({ id, mspId }) => id !== dispatch.id && roleHolders.operator.includes(mspId),
    );
    const ownerOf = new Map(network.terminals.map(({ id, mspId }) => [id, mspId]));
    const latencyOf = new Map(media.map(({ name, latencyMs }) => [name, latencyMs]));
    const candidates = switchesOf(network).flatMap((place) => {
        const takesOver = operating.find(({ mspId }) => mspId === ownerOf.get(place.terminalId));
        const approver = operating.find(({ id }) => id !== takesOver?.id);
        const mayTakeOver = takesOver !== undefined && roleHolders.dispatcher.includes(takesOver.mspId);
        if (!mayTakeOver || approver === undefined) return [];
        return [{ latencyMs: latencyOf.get(place.medium) ?? 0, parts: { dispatch, takesOver, approver, place } }];
    });
    const slowest = Math.max(...candidates.map(({ latencyMs }) => latencyMs));
    const farthest = candidates.filter(({ latencyMs }) => latencyMs === slowest);
    const ofFeeder = farthest.find(({ parts }) => parts.place.command === 'double');
    return (ofFeeder ?? farthest.at(0))?.parts;
}
