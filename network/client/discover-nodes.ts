import type { Client, DiscoveryResults, Endorser } from 'fabric-common';
import type { Gateway } from 'fabric-network';
import type { Identity } from '../identities/identity';
import { ChannelNodes } from './channel-nodes';
import { nodeTimeoutOf, type Deadlines } from './deadlines';
import { discoverChannel, isRefusal, type DiscoveryRequest } from './discover-channel';
import { PlanSource, readPlan, type EndorsementPlan } from './endorsement-plan';
import { KnownPeers } from './known-peers';
import { ownFirst } from './own-first';
import { addProfile } from './sdk-client';

interface DiscoverableNetwork {
    /** By MSP id. */
    readonly connectionProfiles: Readonly<Record<string, object>>;
    readonly network: { readonly channel: { readonly name: string }; readonly chaincode: { readonly name: string } };
}

interface DiscoverOptions {
    readonly deadlines: Deadlines;
    readonly identity: Identity;
    readonly relayUrl?: string;
    readonly asLocalhost: boolean;
    /** The SDK's, connected. */
    readonly gateway: Gateway;
    /** Its client, without nodes yet. */
    readonly client: Client;
}

/** Our own connections to the nodes that discovery tells of. */
export async function discoverNodes(target: DiscoverableNetwork, options: DiscoverOptions): Promise<ChannelNodes> {
    const { deadlines, relayUrl, gateway, client, identity, asLocalhost } = options;
    const { certificatePem, privateKeyPem: keyPem, mspId } = identity;
    const { channel: named, chaincode } = target.network;
    const channel = client.getChannel(named.name);
    const peers = new KnownPeers(channel);
    const discover = async (asked: Pick<DiscoveryRequest, 'peers' | 'chaincode'>): Promise<DiscoveryResults> => {
        const { identityContext } = gateway;
        const timeoutMs = deadlines.requestTimeoutMs;
        const found = await discoverChannel({ channel, identityContext, asLocalhost, timeoutMs, ...asked });
        peers.learn(found);
        return found;
    };
    const profiles = new ProfilesInTurn(client, mspId, target.connectionProfiles);
    await profiles.askNext((found) => discover({ peers: found }));
    const plan = new PlanSource(async () => {
        const ask = async (asked: readonly Endorser[]): Promise<EndorsementPlan> =>
            readPlan(await discover({ peers: asked, chaincode: chaincode.name }));
        return ask(peers.inTurn(mspId)).catch((error: unknown) => profiles.askNext(ask, error));
    });
    // While all nodes that discovery tells of are there. A channel may have no chaincode yet: the first submit asks again.
    await plan.plan().catch(() => undefined);
    const ownTls = { certificatePem, keyPem };
    const nodeTimeoutMs = nodeTimeoutOf(deadlines);
    return new ChannelNodes({ channel, peers, plan, asLocalhost, ownTls, relayUrl, nodeTimeoutMs });
}

/** Connection profiles, the own organisation's first: the next is read when the peers of those before tell nothing. */
class ProfilesInTurn {
    readonly #client: Client;
    readonly #profiles: readonly object[];
    readonly #unreached: Error;
    #read = 0;

    constructor(client: Client, mspId: string, connectionProfiles: Readonly<Record<string, object>>) {
        this.#client = client;
        const inTurn = ownFirst(mspId, Object.keys(connectionProfiles));
        this.#profiles = inTurn.map((one) => connectionProfiles[one] ?? {});
        this.#unreached = new TypeError(`no peer of ${inTurn.join(', ')} takes the connection`);
    }

    /**
     * Asks the peers of the profiles that were not read yet. Rejects with the error of the last one, or with the one
     * given where there is none; with a refusal where any refused the signer.
     */
    async askNext<T>(ask: (peers: readonly Endorser[]) => Promise<T>, before: unknown = this.#unreached): Promise<T> {
        let failure = before;
        for (let profile = this.#profiles[this.#read]; profile !== undefined; profile = this.#profiles[this.#read]) {
            this.#read += 1;
            const peers = await addProfile(this.#client, profile);
            if (peers.length === 0) continue;
            try {
                return await ask(peers);
            } catch (error) {
                if (!isRefusal(failure)) failure = error;
            }
        }
        throw failure;
    }
}
