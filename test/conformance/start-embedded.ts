import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { realClock } from '../../network/embedded/clock';
import { startEmbeddedNetwork } from '../../network/embedded/start-embedded-network';
import { newConnectionProfile } from '../../network/generate/connection-profile';
import { newGenesisBlock } from '../../network/generate/genesis-block';
import { CertificateAuthority } from '../../network/identities/certificate-authority';
import { findIdentity, getOrganization } from '../../network/identities/find-identity';
import type { Identity, NetworkIdentities } from '../../network/identities/identity';
import { issueIdentities } from '../../network/identities/issue-identities';
import type { Network } from '../../network/topology/network-model';
import { anMsp } from '../support/an-msp';
import { anOrganization } from '../support/a-network';
import { aNetworkOnFreePorts } from '../support/a-network-on-free-ports';
import { chaincodeName, channelId } from './conformance-network';
import type { ConformanceNetwork, ConformanceNode } from './conformance-network';

const dayMs = 86_400_000;

/** Starts an embedded network in this process, with the test chaincode in processes of its own. */
export async function startEmbedded(): Promise<ConformanceNetwork> {
    const network = await newNetwork();
    const now = new Date();
    const identities = await issueIdentities(network, { now });
    const genesisBlock = newGenesisBlock(network, identities, { now, nonce: randomBytes(24) });
    const embedded = await startEmbeddedNetwork({
        network,
        identities,
        genesisBlock,
        clock: realClock,
        newNonce: () => randomBytes(24),
        log: () => undefined,
        version: 'test',
        chaincode: { directory: join(__dirname, 'chaincodes', 'crud') },
    });
    const peerNamed = (name: string): (typeof embedded.peers)[number] | undefined =>
        embedded.peers.find(({ node }) => node.name === name);
    const idOf = (mspId: string): string => network.organizations.find((each) => each.mspId === mspId)?.id ?? '';
    return {
        ...nodesOf(network, identities),
        clients: {
            member: (mspId) => findIdentity(identities, `${idOf(mspId)}-reader`),
            admin: (mspId) => findIdentity(identities, `${idOf(mspId)}-admin`),
            expired: await newExpired(identities, now),
            outsider: await (await anMsp('OutsideMSP')).issue('outsider', ['client']),
        },
        connectionProfile: (mspId) => newConnectionProfile(network, mspId, identities),
        harm: {
            corruptState: (peerName, key, value) => {
                peerNamed(peerName)?.endorsing.ledger.corrupt(chaincodeName, key, Buffer.from(value));
            },
            stopChaincode: (peerName) => peerNamed(peerName)?.stream.holdBack('the test stopped it'),
            restoreChaincode: (peerName) => peerNamed(peerName)?.stream.resume(),
            dropChaincode: (peerName) => peerNamed(peerName)?.stream.drop(),
        },
        stop: () => embedded.stop(),
    };
}

async function newNetwork(): Promise<Network> {
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
        chaincode: { name: chaincodeName, version: '1.0', sequence: 1, label: 'basic_1.0', endorsementPolicy },
        terminals: [],
    });
}

function nodesOf(network: Network, identities: NetworkIdentities): Pick<ConformanceNetwork, 'peers' | 'orderers'> {
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
