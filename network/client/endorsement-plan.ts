import type { DiscoveryResultPeer, DiscoveryResults } from 'fabric-common';
import { ClientError } from './client-errors';

export interface PlannedPeer {
    /** Where it says it listens, `host:port`. */
    readonly address: string;
    readonly mspId: string;
}

/** Who may endorse, so that the policy is satisfied. */
export interface EndorsementPlan {
    /** Any one will do: of each group so many. */
    readonly layouts: readonly Readonly<Record<string, number>>[];
    readonly groups: Readonly<Record<string, readonly PlannedPeer[]>>;
}

/** After so long discovery is asked again: peers come and go. The SDK's own age for it. */
const freshMs = 5 * 60_000;
/** Whatever fails meanwhile, discovery is not asked oftener: a lost node fails for everybody at once. */
const betweenRenewalsMs = 2_000;

/**
 * What discovery says of a chaincode's endorsers, asked when it is first wanted, again when it has become old, and at
 * once when a node that it told of has failed.
 */
export class PlanSource {
    readonly #ask: () => Promise<EndorsementPlan>;
    readonly #nowMs: () => number;
    #asked: { readonly plan: Promise<EndorsementPlan>; sinceMs: number } | undefined;
    #renewal: Promise<void> | undefined;

    constructor(ask: () => Promise<EndorsementPlan>, nowMs: () => number = () => performance.now()) {
        this.#ask = ask;
        this.#nowMs = nowMs;
    }

    /** The plan; an old one while a new one is asked for. Rejects as asking does, when there is none yet. */
    async plan(): Promise<EndorsementPlan> {
        this.#asked ??= this.#anew();
        if (this.#nowMs() - this.#asked.sinceMs > freshMs) void this.renew();
        return this.#asked.plan;
    }

    /** Asks anew, unless it has just been asked, and answers when what is known now is known. */
    async renew(): Promise<void> {
        const old = this.#asked;
        const isNew = old !== undefined && this.#nowMs() - old.sinceMs < betweenRenewalsMs;
        if (this.#renewal === undefined && !isNew) {
            // When it fails the old plan stays for as long again: its peers may well be there.
            if (old) old.sinceMs = this.#nowMs();
            this.#renewal = this.#ask()
                .then(
                    (plan) => {
                        this.#asked = { plan: Promise.resolve(plan), sinceMs: this.#nowMs() };
                    },
                    () => undefined,
                )
                .finally(() => {
                    this.#renewal = undefined;
                });
        }
        await this.#renewal;
    }

    #anew(): { readonly plan: Promise<EndorsementPlan>; sinceMs: number } {
        const plan = this.#ask();
        plan.catch(() => {
            this.#asked = undefined;
        });
        return { plan, sinceMs: this.#nowMs() };
    }
}

/** Discovery's plan, of each group those first that had the newest blocks, give or take one, as the SDK prefers them. */
export function readPlan({ endorsement_plan: found }: DiscoveryResults): EndorsementPlan {
    const { layouts, groups } = found ?? { layouts: [], groups: {} };
    const read = Object.entries(groups).map(([name, { peers }]) => {
        const highest = Math.max(...peers.map(heightOf));
        const isLevel = (peer: DiscoveryResultPeer): boolean => heightOf(peer) >= highest - 1;
        const sorted = [...peers.filter(isLevel), ...peers.filter((peer) => !isLevel(peer))];
        return [name, sorted.map(({ endpoint, mspid }) => ({ address: endpoint, mspId: mspid }))] as const;
    });
    return { layouts, groups: Object.fromEntries(read) };
}

function heightOf({ ledgerHeight }: DiscoveryResultPeer): number {
    return Number(ledgerHeight);
}

/**
 * One peer of each organisation named, out of those that run the chaincode. Throws ClientError ENDORSEMENT_FAILED when
 * one has none.
 */
export function planOfOrganizations(plan: EndorsementPlan, mspIds: readonly string[]): EndorsementPlan {
    const all = new Map(
        Object.values(plan.groups)
            .flat()
            .map((peer) => [peer.address, peer]),
    );
    const groups = Object.fromEntries(
        mspIds.map((mspId) => [mspId, [...all.values()].filter((peer) => peer.mspId === mspId)]),
    );
    const missing = mspIds.filter((mspId) => groups[mspId]?.length === 0);
    if (missing.length > 0) {
        const why = `discovery knows no peer of ${missing.join(', ')} that runs the chaincode`;
        throw new ClientError({ code: 'ENDORSEMENT_FAILED', why });
    }
    return { layouts: [Object.fromEntries(mspIds.map((mspId) => [mspId, 1]))], groups };
}
