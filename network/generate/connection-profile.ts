import { getOrganization } from '../identities/find-identity';
import type { NetworkIdentities } from '../identities/identity';
import type { Network } from '../topology/network-model';

/** The part of fabric-network's common connection profile that discovery needs. Addresses are `grpcs` URLs. */
export interface ConnectionProfile {
    readonly name: string;
    readonly version: string;
    readonly client: { readonly organization: string };
    readonly organizations: Readonly<Record<string, { readonly mspid: string; readonly peers: readonly string[] }>>;
    readonly peers: Readonly<Record<string, PeerEntry>>;
}

export interface PeerEntry {
    readonly url: string;
    readonly tlsCACerts: { readonly pem: string };
    readonly grpcOptions: Readonly<Record<string, string>>;
}

/**
 * How a client of one organisation reaches the network: by its own organisation's endorsers, which name all others. Peers
 * that only commit are told to nobody. Throws IdentityError ORGANIZATION_UNKNOWN. Written for clients that discover with `asLocalhost: false`.
 */
export function newConnectionProfile(
    network: Network,
    mspId: string,
    identities: NetworkIdentities,
): ConnectionProfile {
    const pem = getOrganization(identities, mspId).tlsCa.certificatePem;
    const own = network.organizations.filter((organization) => organization.mspId === mspId);
    const peers = own.flatMap((organization) => organization.peers.filter(({ role }) => role === 'endorser'));
    return {
        name: `${network.name}-${network.channel.name}`,
        version: '1.0.0',
        client: { organization: own[0]?.id ?? mspId },
        organizations: Object.fromEntries(
            own.map(({ id }) => [id, { mspid: mspId, peers: peers.map(({ name }) => name) }]),
        ),
        peers: Object.fromEntries(
            peers.map((peer) => [
                peer.name,
                {
                    url: `grpcs://${peer.host}:${peer.port}`,
                    tlsCACerts: { pem },
                    grpcOptions: { 'ssl-target-name-override': peer.name },
                },
            ]),
        ),
    };
}
