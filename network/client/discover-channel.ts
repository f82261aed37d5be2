import type { Channel, DiscoveryResults, Endorser, IdentityContext } from 'fabric-common';
import { ClientError } from './client-errors';

export interface DiscoveryRequest {
    readonly channel: Channel;
    /** Whose question it is; undefined once its gateway was closed. */
    readonly identityContext: IdentityContext | undefined;
    /** Whom to ask, in turn. Any member of the channel may ask any of its peers. */
    readonly peers: readonly Endorser[];
    /** A chaincode whose endorsers are asked for, too. */
    readonly chaincode?: string;
    /** The nodes' ports are on this machine, whatever host they tell. */
    readonly asLocalhost: boolean;
    readonly timeoutMs: number;
}

/**
 * Asks one peer after the other who the channel's nodes are, until one can tell; the SDK's channel knows them then. A
 * peer's answer may be of little use, too: one that is cut off knows of nobody, one that is not on the channel refuses.
 * Rejects with the error of the last one, but with a refusal where any refused the signer. Fabric v2.5.16:
 * discovery/support/acl/support.go (EligibleForService: the policy /Channel/Application/Writers).
 */
export async function discoverChannel(request: DiscoveryRequest): Promise<DiscoveryResults> {
    let failure: unknown = new TypeError('no peer is known');
    for (const peer of request.peers) {
        try {
            return await askOne(request, peer);
        } catch (error) {
            if (!isRefusal(failure)) failure = error;
        }
    }
    throw failure;
}

/** Discovery's word for a signer that the channel's MSPs do not take. */
export function isRefusal(error: unknown): boolean {
    return error instanceof Error && error.message.includes('access denied');
}

async function askOne(
    { channel, identityContext, chaincode, asLocalhost, timeoutMs }: DiscoveryRequest,
    peer: Endorser,
): Promise<DiscoveryResults> {
    if (identityContext === undefined) {
        throw new ClientError({ code: 'CLIENT_UNREACHABLE', node: 'The gateway', why: 'it was closed' });
    }
    const discoverer = channel.client.newDiscoverer(peer.name, peer.mspid);
    discoverer.setEndpoint(peer.endpoint);
    const service = channel.newDiscoveryService(chaincode ?? channel.name);
    service.build(identityContext, chaincode === undefined ? {} : { interest: [{ name: chaincode }] });
    service.sign(identityContext);
    try {
        return (await service.send({
            asLocalhost,
            targets: [discoverer],
            requestTimeout: timeoutMs,
        })) as DiscoveryResults;
    } finally {
        service.close();
    }
}
