import type { ChaincodeCall } from '../../wire/discovery';
import type { Principal, SignaturePolicy } from '../../wire/policies';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import { listRunnable } from '../endorse/find-runnable';
import { planEndorsement } from '../endorse/plan-endorsement';
import type { EndorsementPlan } from '../endorse/plan-endorsement';
import { lifecycleNamespace } from '../ledger/lifecycle-state';
import { policyPaths } from '../msp/channel-policies';
import type { MspIdentity } from '../msp/identity';

/**
 * Why discovery does not know what these calls name, in Fabric's words; undefined when it does.
 * Fabric v2.5.16: discovery/endorsement/{endorsement,collection}.go, loadMetadataAndFilters.
 */
export function unknownCall(calls: readonly ChaincodeCall[], peer: EndorsingPeer): string | undefined {
    for (const { name, collections, noPrivateReads } of calls) {
        if (name !== lifecycleNamespace && !peer.definitions.find(name)) {
            return `No metadata was found for chaincode ${name} in channel ${peer.channelId}`;
        }
        if (noPrivateReads) continue;
        const unknown = collections.find((collection) => !peer.collections.find(name, collection));
        if (unknown !== undefined) {
            return `collection ${unknown} doesn't exist in collection config for chaincode ${name}`;
        }
    }
    return undefined;
}

/**
 * Which of the peers together satisfy the policies of everything that is called; undefined when none do, or something
 * called is unknown. Where collections are read, only their members count. Fabric v2.5.16:
 * discovery/endorsement/endorsement.go, PeersForEndorsement.
 */
export function findEndorsers<Found extends { readonly peer: EndorsingPeer }>(
    calls: readonly ChaincodeCall[],
    peers: readonly Found[],
): EndorsementPlan<Found> | undefined {
    const asked = peers[0]?.peer;
    if (!asked || unknownCall(calls, asked) !== undefined) {
        return undefined;
    }
    const candidates = findAble(calls, peers).map((found) => ({
        peer: found,
        satisfies: (principal: Principal) => identityOf(found).satisfies(principal),
    }));
    const policies = calls.map((call) => policiesOf(call, asked));
    return policies.some((each) => each.length === 0) ? undefined : planEndorsement(policies.flat(), candidates);
}

/** Peers that run all that is called, and are members of every collection that is read. */
export function findAble<Found extends { readonly peer: EndorsingPeer }>(
    calls: readonly ChaincodeCall[],
    peers: readonly Found[],
): readonly Found[] {
    const principalsOfEach = calls
        .filter(({ noPrivateReads }) => !noPrivateReads)
        .flatMap(({ name, collections }) =>
            collections.map((collection) => peers[0]?.peer.collections.find(name, collection)?.config.memberPolicy),
        )
        .map((policy) => policy?.principals ?? []);
    return peers
        .filter(({ peer }) => calls.every(({ name }) => runs(peer, name)))
        .filter((found) =>
            principalsOfEach.every((principals) =>
                principals.some((principal) => identityOf(found).satisfies(principal)),
            ),
        );
}

/** Whether a peer can be asked to run it; the lifecycle is in all of them. */
function runs(peer: EndorsingPeer, name: string): boolean {
    return name === lifecycleNamespace || listRunnable(peer).some((definition) => definition.name === name);
}

function identityOf({ peer }: { readonly peer: EndorsingPeer }): MspIdentity {
    return peer.msps.identity(peer.signer.identity);
}

/** Of the chaincode, or of the collections that are called, each where it has one. Fabric: discovery/support/chaincode. */
function policiesOf({ name, collections }: ChaincodeCall, asked: EndorsingPeer): readonly SignaturePolicy[] {
    const whole =
        name === lifecycleNamespace
            ? asked.policies.signaturePolicy(policyPaths.lifecycleEndorsement)
            : asked.definitions.find(name)?.endorsementPolicy;
    if (!whole) return [];
    if (collections.length === 0) return [whole];
    const policies = collections.map((collection) => asked.collections.signaturePolicy(name, collection) ?? whole);
    return [...new Map(policies.map((policy) => [JSON.stringify(policy), policy])).values()];
}

/** An interest as Fabric prints it: protobuf's text form. */
export function describeInterest(calls: readonly ChaincodeCall[]): string {
    return calls
        .map(({ name, collections, noPrivateReads }) => {
            const collectionNames = collections.map((collection) => `collection_names:"${collection}" `).join('');
            return `chaincodes:<name:"${name}" ${collectionNames}${noPrivateReads ? 'no_private_reads:true ' : ''}> `;
        })
        .join('');
}
