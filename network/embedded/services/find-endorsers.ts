import type { ChaincodeCall } from '../../wire/discovery';
import type { SignaturePolicy } from '../../wire/policies';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import { listRunnable } from '../endorse/find-runnable';
import { planEndorsement } from '../endorse/plan-endorsement';
import type { EndorsementPlan } from '../endorse/plan-endorsement';
import { lifecycleNamespace } from '../ledger/lifecycle-state';
import { policyPaths } from '../msp/channel-policies';

/**
 * Why discovery does not know what these calls name, in Fabric's words; undefined when it does. There are no
 * collections. Fabric v2.5.16: discovery/endorsement/{endorsement,collection}.go, loadMetadataAndFilters.
 */
export function unknownCall(calls: readonly ChaincodeCall[], peer: EndorsingPeer): string | undefined {
    for (const { name, collections, noPrivateReads } of calls) {
        if (name !== lifecycleNamespace && !peer.definitions.find(name)) {
            return `No metadata was found for chaincode ${name} in channel ${peer.channelId}`;
        }
        const [collection] = collections;
        if (collection !== undefined && !noPrivateReads) {
            return `collection ${collection} doesn't exist in collection config for chaincode ${name}`;
        }
    }
    return undefined;
}

/**
 * Which of the peers together satisfy the policies of everything that is called; undefined when none do, or something
 * called is unknown. Fabric v2.5.16: discovery/endorsement/endorsement.go, PeersForEndorsement.
 */
export function findEndorsers<Found extends { readonly peer: EndorsingPeer }>(
    calls: readonly ChaincodeCall[],
    peers: readonly Found[],
): EndorsementPlan<Found> | undefined {
    const asked = peers[0]?.peer;
    const [name, ...others] = new Set(calls.map((call) => call.name));
    // Several different chaincodes in one transaction cannot happen: there are no calls between chaincodes.
    if (!asked || name === undefined || others.length > 0 || unknownCall(calls, asked) !== undefined) {
        return undefined;
    }
    const policy = policyOf(name, asked);
    const candidates = peers
        .filter(({ peer }) => runs(peer, name))
        .map((found) => ({
            peer: found,
            satisfies: (principal: SignaturePolicy['principals'][number]) =>
                found.peer.msps.identity(found.peer.signer.identity).satisfies(principal),
        }));
    return policy && planEndorsement(policy, candidates);
}

/** Whether a peer can be asked to run it; the lifecycle is in all of them. */
export function runs(peer: EndorsingPeer, name: string): boolean {
    return name === lifecycleNamespace || listRunnable(peer).some((definition) => definition.name === name);
}

function policyOf(name: string, { definitions, policies }: EndorsingPeer): SignaturePolicy | undefined {
    return name === lifecycleNamespace
        ? policies.signaturePolicy(policyPaths.lifecycleEndorsement)
        : definitions.find(name)?.endorsementPolicy;
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
