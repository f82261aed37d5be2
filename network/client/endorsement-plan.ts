import type { DiscoveryResultEndorsementPlan, DiscoveryResultPeer } from 'fabric-common';
import type { Network as FabricNetwork } from 'fabric-network';
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

/** What discovery says of a chaincode's endorsers, asked when it is first wanted and again when it has become old. */
export class PlanSource {
    readonly #ask: () => Promise<EndorsementPlan>;
    readonly #nowMs: () => number;
    #asked: { readonly plan: Promise<EndorsementPlan>; sinceMs: number } | undefined;

    constructor(ask: () => Promise<EndorsementPlan>, nowMs: () => number = () => performance.now()) {
        this.#ask = ask;
        this.#nowMs = nowMs;
    }

    /** The plan; an old one while a new one is asked for. Rejects as asking does, when there is none yet. */
    async plan(): Promise<EndorsementPlan> {
        this.#asked ??= this.#anew();
        if (this.#nowMs() - this.#asked.sinceMs > freshMs) {
            const old = this.#asked;
            // When it fails the old plan stays for as long again: its peers may well be there.
            old.sinceMs = this.#nowMs();
            this.#ask().then(
                (plan) => {
                    this.#asked = { plan: Promise.resolve(plan), sinceMs: this.#nowMs() };
                },
                () => undefined,
            );
        }
        return this.#asked.plan;
    }

    #anew(): { readonly plan: Promise<EndorsementPlan>; sinceMs: number } {
        const plan = this.#ask();
        plan.catch(() => {
            this.#asked = undefined;
        });
        return { plan, sinceMs: this.#nowMs() };
    }
}

/** Asks the peers of the gateway's own organisation by the SDK's discovery. Rejects with the SDK's own error. */
export async function askForPlan(
    fabric: FabricNetwork,
    { chaincode, asLocalhost, timeoutMs }: { chaincode: string; asLocalhost: boolean; timeoutMs: number },
): Promise<EndorsementPlan> {
    const channel = fabric.getChannel();
    const { client } = channel;
    const gateway = fabric.getGateway();
    const { mspId } = gateway.getIdentity();
    const { identityContext } = gateway;
    if (identityContext === undefined) {
        throw new ClientError({ code: 'CLIENT_UNREACHABLE', node: 'The gateway', why: 'it was closed' });
    }
    const targets = channel.getEndorsers(mspId).map(({ name, mspid, endpoint }) => {
        const discoverer = client.newDiscoverer(name, mspid);
        discoverer.setEndpoint(endpoint);
        return discoverer;
    });
    const service = channel.newDiscoveryService(chaincode);
    service.build(identityContext, { interest: [{ name: chaincode }] });
    service.sign(identityContext);
    try {
        const results = (await service.send({ asLocalhost, targets, requestTimeout: timeoutMs })) as {
            endorsement_plan: DiscoveryResultEndorsementPlan;
        };
        return readPlan(results.endorsement_plan);
    } finally {
        service.close();
    }
}

/** Of each group those first that had the newest blocks, give or take one, as the SDK prefers them. */
function readPlan({ layouts, groups }: DiscoveryResultEndorsementPlan): EndorsementPlan {
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
