import type { Endorsement } from '../wire/transaction';
import { ClientError } from './client-errors';
import type { EndorsementPlan, PlannedPeer } from './endorsement-plan';
import { isContractFault, judgeAnswers, type PeerAnswer } from './peer-answer';

export interface EndorsedResult {
    /** ProposalResponsePayload, the same of every endorser. */
    readonly payload: Buffer;
    readonly endorsements: readonly Endorsement[];
}

export interface Endorsers {
    readonly plan: EndorsementPlan;
    /** Whether a peer failed lately. */
    readonly isSuspect: (peer: PlannedPeer) => boolean;
    readonly ask: (peer: PlannedPeer) => Promise<PeerAnswer>;
    /** From 0 to below 1, for the order of layouts. */
    readonly random: () => number;
    readonly requestTimeoutMs: number;
}

/**
 * Has so many peers endorse as the policy wants, and alike: a layout at random, peers that failed lately last. Where one
 * fails, or says something else than the others, the next layout is tried, with what the same peers said before. A
 * contract's no that all have given is an answer. Throws ClientError: CHAINCODE_FAULT, REQUEST_TIMEOUT,
 * CLIENT_UNREACHABLE, ENDORSEMENT_FAILED.
 */
export async function collectEndorsements(endorsers: Endorsers): Promise<EndorsedResult> {
    const asked = new Map<string, Promise<PeerAnswer>>();
    const askOnce = (peer: PlannedPeer): Promise<PeerAnswer> => {
        const answer = asked.get(peer.address) ?? endorsers.ask(peer);
        asked.set(peer.address, answer);
        return answer;
    };
    for (const layout of layoutsInTurn(endorsers)) {
        const found = await Promise.all(layout.map((seats) => fill(seats, askOnce)));
        const alike = resultOf(found.flat());
        if (alike !== undefined && found.every((seated, at) => seated.length === layout[at]?.count)) return alike;
        if ((await Promise.all(asked.values())).every(isContractFault)) break;
    }
    throw new ClientError(judgeAnswers(await Promise.all(asked.values()), endorsers.requestTimeoutMs));
}

/** So many of these peers are to endorse; they are asked from the front. */
interface Seats {
    readonly peers: readonly PlannedPeer[];
    readonly count: number;
}

function layoutsInTurn({ plan, isSuspect, random }: Endorsers): Seats[][] {
    return plan.layouts
        .map((layout) => {
            const seats = Object.entries(layout).map(([group, count]) => {
                const peers = plan.groups[group] ?? [];
                return { count, peers: [...peers].sort((a, b) => Number(isSuspect(a)) - Number(isSuspect(b))) };
            });
            const isWeak = seats.some(({ peers, count }) => peers.slice(0, count).some(isSuspect));
            return { seats, rank: Number(isWeak) + random() };
        })
        .sort((one, other) => one.rank - other.rank)
        .map(({ seats }) => seats);
}

type Endorsed = Extract<PeerAnswer, { readonly response: unknown }>['response'];

/** The answers that endorse; fewer than there are seats when no more peers are left, or a contract says no. */
async function fill({ peers, count }: Seats, ask: (peer: PlannedPeer) => Promise<PeerAnswer>): Promise<Endorsed[]> {
    const endorsed: Endorsed[] = [];
    const queue = [...peers];
    const seat = async (): Promise<void> => {
        for (let peer = queue.shift(); peer !== undefined; peer = queue.shift()) {
            const answer = await ask(peer);
            if ('response' in answer && answer.response.endorsement !== undefined) {
                endorsed.push(answer.response);
                return;
            }
            if (isContractFault(answer)) return;
        }
    };
    await Promise.all(Array.from({ length: count }, seat));
    return endorsed;
}

/** Undefined when there is none, or they are not all the same. */
function resultOf(endorsed: readonly Endorsed[]): EndorsedResult | undefined {
    const payload = Buffer.from(endorsed[0]?.payload ?? []);
    if (payload.length === 0 || !endorsed.every((each) => payload.equals(each.payload ?? Buffer.alloc(0)))) {
        return undefined;
    }
    return { payload, endorsements: endorsed.flatMap(({ endorsement }) => (endorsement ? [endorsement] : [])) };
}
