import type { CollectionDefinition, Network } from '../topology/network-model';
import { memberPolicyText } from '../wire/collection-config';

/** A collection as `peer lifecycle chaincode --collections-config` reads it. Fabric v2.5.16: internal/peer/chaincode/common.go. */
interface CollectionEntry {
    readonly name: string;
    readonly policy: string;
    readonly requiredPeerCount: number;
    readonly maxPeerCount: number;
    readonly blockToLive: number;
    readonly memberOnlyRead: boolean;
    readonly memberOnlyWrite: boolean;
    readonly endorsementPolicy?: { readonly signaturePolicy: string };
}

/** collections_config.json of a network, for who deploys the chaincode with Fabric's own tools. */
export function renderCollectionsConfig({ chaincode }: Network): string {
    return JSON.stringify(chaincode.collections.map(toEntry), null, 4);
}

function toEntry({
    name,
    members,
    maximumPeerCount,
    endorsementPolicy,
    ...rest
}: CollectionDefinition): CollectionEntry {
    return {
        name,
        policy: memberPolicyText(members),
        requiredPeerCount: rest.requiredPeerCount,
        maxPeerCount: maximumPeerCount,
        blockToLive: rest.blockToLive,
        memberOnlyRead: rest.memberOnlyRead,
        memberOnlyWrite: rest.memberOnlyWrite,
        ...(endorsementPolicy !== undefined && { endorsementPolicy: { signaturePolicy: endorsementPolicy } }),
    };
}
