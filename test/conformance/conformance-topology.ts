import { newConnectionProfile } from '../../network/generate/connection-profile';
import { CertificateAuthority } from '../../network/identities/certificate-authority';
import { findIdentity, getOrganization } from '../../network/identities/find-identity';
import type { Identity, NetworkIdentities } from '../../network/identities/identity';
import type { CollectionDefinition, Network } from '../../network/topology/network-model';
import { anMsp } from '../support/an-msp';
import { anOrganization } from '../support/a-network';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { chaincodeName, channelId } from './conformance-network';
import type { ConformanceNetwork, ConformanceNode } from './conformance-network';

const dayMs = 86_400_000;

const closed = {
    requiredPeerCount: 0,
    maximumPeerCount: 2,
    blockToLive: 0,
    memberOnlyRead: true,
    memberOnlyWrite: true,
};
const northToo = ['DispatchMSP', 'NorthMSP'];

/** Those of the recording, with the same names, and two more: one that forgets, one that nobody can hold. */
export const conformanceCollections: readonly CollectionDefinition[] = [
    { ...closed, name: 'prices', members: northToo },
    {
        ...closed,
        name: 'shared',
        members: northToo,
        memberOnlyRead: false,
        memberOnlyWrite: false,
        endorsementPolicy: "OR('DispatchMSP.peer', 'NorthMSP.peer')",
    },
    { ...closed, name: 'brief', members: northToo, blockToLive: 1 },
    { ...closed, name: 'demanding', members: ['DispatchMSP'], requiredPeerCount: 1 },
];

/** The network that every back end is asked to run. */
export async function newConformanceTopology(): Promise<Network> {
    const endorsementPolicy = "OutOf(2, 'DispatchMSP.peer', 'NorthMSP.peer', 'SouthMSP.peer')";
    return aNetworkOnFreePorts({
        organizations: [anOrganization('dispatch', 0), anOrganization('north', 0), anOrganization('south', 0)],
        channel: {
            name: channelId,
            blockCutting: {
                timeoutMs: 200,
                maxMessageCount: 10,
                preferredMaxBytes: 524_288,
                absoluteMaxBytes: 1_048_576,
            },
            endorsementPolicy,
        },
        chaincode: {
            name: chaincodeName,
            version: '1.0',
            sequence: 1,
            label: 'basic_1.0',
            endorsementPolicy,
            collections: conformanceCollections,
        },
        terminals: [],
    });
}

/** What the suites know of a network that runs this topology with these identities. */
export async function describeConformanceNetwork(
    network: Network,
    identities: NetworkIdentities,
    now: Date,
): Promise<Omit<ConformanceNetwork, 'backEnd' | 'changePeer' | 'harm' | 'stop'>> {
    const idOf = (mspId: string): string => network.organizations.find((each) => each.mspId === mspId)?.id ?? '';
    const describeNode = (
        { name, host, port }: { readonly name: string; readonly host: string; readonly port: number },
        mspId: string,
    ): ConformanceNode => {
        const tlsRootPem = getOrganization(identities, mspId).tlsCa.certificatePem;
        return { name, mspId, endpoint: `${host}:${port}`, tlsRootPem };
    };
    return {
        peers: network.organizations.flatMap(({ peers, mspId }) => peers.map((peer) => describeNode(peer, mspId))),
        orderers: network.organizations.map(({ orderer, mspId }) => describeNode(orderer, mspId)),
        clients: {
            member: (mspId) => findIdentity(identities, `${idOf(mspId)}-reader`),
            admin: (mspId) => findIdentity(identities, `${idOf(mspId)}-admin`),
            expired: await newExpired(identities, now),
            outsider: await (await anMsp('OutsideMSP')).issue('outsider', ['client']),
        },
        connectionProfile: (mspId) => newConnectionProfile(network, mspId, identities),
    };
}

async function newExpired(identities: NetworkIdentities, now: Date): Promise<Identity> {
    const mspId = 'DispatchMSP';
    const issued = await new CertificateAuthority(getOrganization(identities, mspId).ca).issueSigning(
        { commonName: 'expired', organizationalUnits: ['client'] },
        { notBefore: new Date(now.getTime() - dayMs), notAfter: new Date(now.getTime() - 1000) },
    );
    return { name: 'expired', mspId, ...issued };
}
