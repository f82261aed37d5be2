import { X509Certificate } from 'node:crypto';
import { discovery } from 'fabric-protos/bundle';
import type { OrdererNode, PeerNode } from '../topology/network-model';
import { parseSerializedIdentity } from '../wire/serialized-identity';
import type { SerializedIdentity } from '../wire/serialized-identity';
import type { AdminSession, OwnedPeer } from './admin-session';
import { isHealthy, isListening, metricOf, readMetrics } from './read-operations';

const discoverPath = '/discovery.Discovery/Discover';

/** A peer's health endpoint answers up to half a second before its gRPC port is open: both are asked. */
export async function isPeerServing(peer: PeerNode): Promise<boolean> {
    return (await isHealthy(peer)) && (await isListening(peer.host, peer.port));
}

/** Serving clients and administrators alike; it needs no channel for that. */
export async function isOrdererServing({ host, port, adminPort, operationsPort }: OrdererNode): Promise<boolean> {
    const ports = [port, adminPort];
    const open = await Promise.all(ports.map((each) => isListening(host, each)));
    return open.every(Boolean) && (await isHealthy({ host, operationsPort }));
}

/** Waits until one orderer leads the channel: until then nothing is ordered and no block is delivered. */
export async function waitForLeader(session: AdminSession): Promise<void> {
    const { network } = session;
    await session.wait(`the orderers of channel ${network.channel.name} to choose a leader`, async () => {
        const leads = await Promise.all(
            network.organizations.map(({ orderer }) => isLeader(orderer, network.channel.name)),
        );
        return leads.some(Boolean);
    });
}

/** Whether this orderer leads the channel, by its own word. */
export async function isLeader(orderer: OrdererNode, channel: string): Promise<boolean> {
    const metrics = (await readMetrics(orderer)) ?? '';
    return metricOf(metrics, `consensus_etcdraft_is_leader{channel="${channel}"}`) === 1;
}

/**
 * Waits until every endorser's discovery names endorsers that satisfy the chaincode's policy, and one of them names a peer
 * of every organisation. Two peers that missed each other at first may take seconds more; their clients can work without.
 */
export async function waitForDiscovery(session: AdminSession): Promise<void> {
    const { organizations, chaincode } = session.network;
    await session.wait(`discovery to name endorsers of ${chaincode.name}`, async () => {
        const known = await Promise.all(session.endorsers.map((peer) => discoverEndorsers(session, peer)));
        return known.every(({ size }) => size > 0) && known.some(({ size }) => size === organizations.length);
    });
}

/** Waits until each of these peers' discovery names this endorser: their organisations' clients then know of it. */
export async function waitUntilOffered(
    session: AdminSession,
    { peer }: OwnedPeer,
    by: readonly OwnedPeer[],
): Promise<void> {
    await session.wait(`discovery to name ${peer.name}`, async () => {
        const known = await Promise.all(by.map((asked) => discoverEndorserIdentities(session, asked)));
        return known.every((identities) => identities.some(({ idBytes }) => isOf(idBytes, peer.name)));
    });
}

/**
 * Waits until none of these peers' discovery names a peer that is gone: clients would still dial it. Fabric's gossip takes a
 * peer for dead when it cannot be reached, at the latest when nothing was heard of it for `aliveExpirationTimeout`.
 */
export async function waitUntilWithdrawn(
    session: AdminSession,
    { peer }: OwnedPeer,
    by: readonly OwnedPeer[],
): Promise<void> {
    await session.wait(`discovery to name ${peer.name} no more`, async () => {
        const known = await Promise.all(by.map((asked) => discoverEndorserIdentities(session, asked)));
        return !known.flat().some(({ idBytes }) => isOf(idBytes, peer.name));
    });
}

function isOf(certificatePem: Buffer, name: string): boolean {
    return new X509Certificate(certificatePem).subject.split('\n').includes(`CN=${name}`);
}

/** MSP ids of the organisations whose peers discovery names as endorsers; none while the policy cannot be satisfied. */
async function discoverEndorsers(session: AdminSession, asked: OwnedPeer): Promise<ReadonlySet<string>> {
    const identities = await discoverEndorserIdentities(session, asked);
    return new Set(identities.map(({ mspId }) => mspId));
}

async function discoverEndorserIdentities(
    session: AdminSession,
    { organization, peer }: OwnedPeer,
): Promise<SerializedIdentity[]> {
    const { channel, chaincode } = session.network;
    const signer = session.adminOf(organization);
    const payload = discovery.Request.encode({
        authentication: { client_identity: signer.creator },
        queries: [{ channel: channel.name, cc_query: { interests: [{ chaincodes: [{ name: chaincode.name }] }] } }],
    }).finish();
    const request = discovery.SignedRequest.encode({ payload, signature: signer.sign(payload) }).finish();
    const address = session.addressOf(organization, peer);
    const answer = await session.connections.call(address, discoverPath, Buffer.from(request));
    const descriptors = discovery.Response.decode(answer).results[0]?.cc_query_res?.content ?? [];
    const peers = descriptors.flatMap(({ endorsers_by_groups: groups }) =>
        Object.values(groups ?? {}).flatMap((group) => group.peers ?? []),
    );
    return peers.map(({ identity }) => parseSerializedIdentity(identity ?? new Uint8Array()));
}
