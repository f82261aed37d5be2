import type { sendUnaryData, ServerUnaryCall, ServiceDefinition, UntypedServiceImplementation } from '@grpc/grpc-js';
import type { ParsedChannelConfig } from '../../wire/channel-config';
import {
    newConfigResult,
    newDiscoveryResponse,
    newEndorsersResult,
    newErrorResult,
    newMembershipResult,
    parseDiscoveryRequest,
} from '../../wire/discovery';
import type { ChaincodeCall, DiscoveredPeer, DiscoveryQuery, EndorsementDescriptor } from '../../wire/discovery';
import { encodeFabricMspConfig } from '../../wire/msp-config';
import { parseSerializedIdentity } from '../../wire/serialized-identity';
import { WireError, goReason } from '../../wire/wire-errors';
import type { EndorsingPeer } from '../endorse/endorsing-peer';
import { listRunnable } from '../endorse/find-runnable';
import { lifecycleNamespace } from '../ledger/lifecycle-state';
import { policyPaths } from '../msp/channel-policies';
import { MspError } from '../msp/msp-errors';
import type { SignedData } from '../msp/policy';
import { describeInterest, findAble, findEndorsers, unknownCall } from './find-endorsers';
import { malformedStatus, unknownStatus } from './grpc-status';
import { rawMethod } from './raw-method';

export const discoveryMethods: ServiceDefinition = {
    Discover: rawMethod('/discovery.Discovery/Discover', 'unary'),
};

/** A peer of the channel and where clients reach it. */
export interface ReachablePeer {
    readonly peer: EndorsingPeer;
    /** host:port */
    readonly endpoint: string;
}

/** What discovery knows: the whole channel, since all its peers live in this process. */
export interface DiscoveredChannel {
    readonly config: ParsedChannelConfig;
    readonly peers: readonly ReachablePeer[];
    readonly startedAtMs: number;
}

/** discovery.Discovery of one peer. */
export function newDiscoveryService(peer: EndorsingPeer, channel: DiscoveredChannel): UntypedServiceImplementation {
    return {
        Discover: (call: ServerUnaryCall<Buffer, Buffer>, callback: sendUnaryData<Buffer>) => {
            const answer = discover(call.request, peer, channel);
            if (Buffer.isBuffer(answer)) callback(null, answer);
            else callback(answer);
        },
    };
}

/** SignedRequest bytes → Response bytes, or why the whole request is refused. Fabric v2.5.16: discovery/service.go. */
export function discover(
    bytes: Buffer,
    peer: EndorsingPeer,
    channel: DiscoveredChannel,
): Buffer | ReturnType<typeof unknownStatus> {
    try {
        const request = parseDiscoveryRequest(bytes);
        if (!request.clientIdentity) {
            return unknownStatus('access denied, no authentication info in request');
        }
        if (request.clientIdentity.length === 0) {
            return unknownStatus("access denied, client identity wasn't supplied");
        }
        const claim = { identity: request.clientIdentity, message: request.payload, signature: request.signature };
        return newDiscoveryResponse(request.queries.map((query) => answerQuery(query, claim, { peer, channel })));
    } catch (error) {
        if (!(error instanceof WireError)) throw error;
        const isWhole = error.fault.code === 'WIRE_MALFORMED' && error.fault.message === 'SignedRequest';
        return isWhole ? malformedStatus(error) : unknownStatus(`failed parsing request: ${goReason}`);
    }
}

interface Asked {
    readonly peer: EndorsingPeer;
    readonly channel: DiscoveredChannel;
}

function answerQuery(query: DiscoveryQuery, claim: SignedData, asked: Asked): Buffer {
    const { peer, channel } = asked;
    const allowed = query.channel === '' ? isLocalAdmin(claim, peer) : isWriter(query.channel, claim, peer);
    if (!allowed) {
        return newErrorResult('access denied');
    }
    if ((query.channel === '') !== (query.kind === 'local-peers')) {
        return newErrorResult('unknown or missing request type');
    }
    switch (query.kind) {
        case 'config':
            return newConfigResult(configOf(channel.config));
        case 'peers':
            return answerPeers(query.filter, asked);
        case 'local-peers':
            return newMembershipResult(
                channel.peers.map((reachable) => withoutChannel(describePeer(reachable, channel))),
                idBytesOf,
            );
        case 'endorsers':
            return answerEndorsers(query.interests, channel);
        case 'unknown':
            return newErrorResult('unknown or missing request type');
    }
}

/** Discovery asks for Writers, not Readers. Fabric v2.5.16: internal/peer/node/start.go, createDiscoveryService. */
function isWriter(channelId: string, claim: SignedData, peer: EndorsingPeer): boolean {
    const writers = peer.policies.policy(policyPaths.applicationWriters);
    return channelId === peer.channelId && writers.evaluate([claim]).satisfied;
}

function isLocalAdmin(claim: SignedData, peer: EndorsingPeer): boolean {
    try {
        const identity = peer.msps.identity(claim.identity);
        const isOurs = identity.mspId === peer.mspId && identity.role === 'admin';
        return isOurs && identity.verify(claim.message, claim.signature);
    } catch (error) {
        if (error instanceof MspError) return false;
        throw error;
    }
}

function configOf(config: ParsedChannelConfig): Parameters<typeof newConfigResult>[0] {
    const orderers = config.organizations
        .filter(({ ordererEndpoints }) => ordererEndpoints.length > 0)
        .map(({ mspId, ordererEndpoints }) => [mspId, ordererEndpoints.map(parseEndpoint)] as const);
    return {
        msps: new Map([...config.msps].map(([mspId, msp]) => [mspId, encodeFabricMspConfig(msp)])),
        orderers: new Map(orderers),
    };
}

function parseEndpoint(endpoint: string): { readonly host: string; readonly port: number } {
    const colon = endpoint.lastIndexOf(':');
    return { host: endpoint.slice(0, colon), port: Number(endpoint.slice(colon + 1)) };
}

/** The peers that run everything that the filter names, and hold the collections that it reads. */
function answerPeers(filter: readonly ChaincodeCall[], { peer, channel }: Asked): Buffer {
    const unknown = unknownCall(filter, peer);
    if (unknown !== undefined) {
        return newErrorResult(unknown);
    }
    const peers = findAble(filter, channel.peers).map((reachable) => describePeer(reachable, channel));
    const mspIds = channel.peers.map((reachable) => reachable.peer.mspId);
    return newMembershipResult(peers, idBytesOf, mspIds);
}

function describePeer({ peer, endpoint }: ReachablePeer, channel: DiscoveredChannel): DiscoveredPeer {
    const runnable = listRunnable(peer).map(({ name, sequence }) => ({ name, version: String(sequence) }));
    return {
        mspId: peer.mspId,
        endpoint,
        identity: peer.signer.identity,
        startedAtMs: channel.startedAtMs,
        sequence: peer.ledger.height,
        channel: {
            name: peer.channelId,
            ledgerHeight: peer.ledger.height,
            // Without _lifecycle in the list, clients find no peer for its queries.
            chaincodes: [{ name: lifecycleNamespace, version: '1' }, ...runnable],
        },
    };
}

function withoutChannel({ mspId, endpoint, identity, startedAtMs, sequence }: DiscoveredPeer): DiscoveredPeer {
    return { mspId, endpoint, identity, startedAtMs, sequence };
}

function answerEndorsers(interests: readonly (readonly ChaincodeCall[])[], channel: DiscoveredChannel): Buffer {
    if (interests.length === 0) {
        return newErrorResult('chaincode query must have at least one chaincode interest');
    }
    const descriptors: EndorsementDescriptor[] = [];
    for (const interest of interests) {
        if (interest.length === 0) {
            return newErrorResult('chaincode interest must contain at least one chaincode');
        }
        if (interest.some(({ name }) => name === '')) {
            return newErrorResult('chaincode name in interest cannot be empty');
        }
        const descriptor = describeEndorsers(interest, channel);
        if (!descriptor) {
            return newErrorResult(`failed constructing descriptor for ${describeInterest(interest)}`);
        }
        descriptors.push(descriptor);
    }
    return newEndorsersResult(descriptors, idBytesOf);
}

function describeEndorsers(
    interest: readonly ChaincodeCall[],
    channel: DiscoveredChannel,
): EndorsementDescriptor | undefined {
    const plan = findEndorsers(interest, channel.peers);
    if (!plan) {
        return undefined;
    }
    const groups = [...plan.groups].map(
        ([group, peers]) => [group, peers.map((reachable) => describePeer(reachable, channel))] as const,
    );
    return { chaincode: interest[0]?.name ?? '', groups: new Map(groups), layouts: plan.layouts };
}

function idBytesOf(identity: Buffer): Uint8Array {
    return parseSerializedIdentity(identity).idBytes;
}
