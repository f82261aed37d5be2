import { getOrganization } from '../identities/find-identity';
import type { NetworkIdentities } from '../identities/identity';
import type { Network, Organization } from '../topology/network-model';
import { newConfigBlock } from '../wire/config-block';
import { newConfigGroup, type ConfigGroupMessage } from '../wire/config-tree';
import { configValues, type RaftOptions } from '../wire/config-values';
import { encodeMspConfig } from '../wire/msp-config';
import { anyOf, type ConfigPolicy, type ImplicitMetaRule, type MspRole } from '../wire/policies';
import { parseConfigPolicyText } from '../wire/policy-language';
import { newMspDefinition } from './msp-definition';

export interface GenesisOptions {
    readonly now: Date;
    /** 24 random bytes. */
    readonly nonce: Uint8Array;
    /** Times of Raft; Fabric's own when left out. */
    readonly raft?: RaftOptions;
}

/** As Fabric's sample configuration has them (sampleconfig/configtx.yaml). */
const defaultRaft: RaftOptions = {
    tickIntervalMs: 500,
    electionTicks: 10,
    heartbeatTicks: 1,
    maxInflightBlocks: 5,
    snapshotIntervalBytes: 16 * 1024 * 1024,
};

const ordererAddressesOwner = '/Channel/Orderer/Admins';

/**
 * Block 0 of the network's channel: every organisation orders and uses it, every one's orderer is a Raft consenter, its
 * first peer an anchor. Equal arguments give equal bytes. Throws IdentityError for identities of another network and
 * WireError for an endorsement policy that cannot be read.
 */
export function newGenesisBlock(network: Network, identities: NetworkIdentities, options: GenesisOptions): Buffer {
    const endpoints = network.organizations.map(({ orderer }) => `${orderer.host}:${orderer.port}`);
    const channelGroup = newConfigGroup({
        groups: {
            Orderer: newOrdererGroup(network, identities, options.raft ?? defaultRaft),
            Application: newApplicationGroup(network, identities),
        },
        values: {
            HashingAlgorithm: configValues.hashingAlgorithm(),
            BlockDataHashingStructure: configValues.blockDataHashingStructure(),
            Capabilities: configValues.capabilities('V2_0'),
            OrdererAddresses: configValues.ordererAddresses(endpoints),
        },
        policies: readersWritersAdmins,
        modPolicies: { OrdererAddresses: ordererAddressesOwner },
    });
    return newConfigBlock({ channelId: network.channel.name, channelGroup, now: options.now, nonce: options.nonce });
}

const readersWritersAdmins = {
    Readers: meta('ANY', 'Readers'),
    Writers: meta('ANY', 'Writers'),
    Admins: meta('MAJORITY', 'Admins'),
} as const;

function newOrdererGroup(network: Network, identities: NetworkIdentities, raft: RaftOptions): ConfigGroupMessage {
    const { blockCutting } = network.channel;
    const consenters = network.organizations.map(({ mspId, orderer }) => {
        const certificate = Buffer.from(getOrganization(identities, mspId).orderer.tlsCertificatePem);
        const { host, port } = orderer;
        return { host, port, clientTlsCertificate: certificate, serverTlsCertificate: certificate };
    });
    return newConfigGroup({
        groups: byId(network, (organization) => newOrdererOrganization(organization, identities)),
        values: {
            ConsensusType: configValues.consensusType(consenters, raft),
            BatchSize: configValues.batchSize(blockCutting),
            BatchTimeout: configValues.batchTimeout(blockCutting.timeoutMs),
            ChannelRestrictions: configValues.channelRestrictions(),
            Capabilities: configValues.capabilities('V2_0'),
        },
        policies: { ...readersWritersAdmins, BlockValidation: meta('ANY', 'Writers') },
    });
}

/** Peers are readers here, too: an orderer asks `/Channel/Readers` before it hands them blocks. */
function newOrdererOrganization({ mspId, orderer }: Organization, identities: NetworkIdentities): ConfigGroupMessage {
    return newConfigGroup({
        values: {
            MSP: encodeMspConfig(newMspDefinition(getOrganization(identities, mspId))),
            Endpoints: configValues.ordererAddresses([`${orderer.host}:${orderer.port}`]),
        },
        policies: {
            Readers: signedBy(mspId, 'member'),
            Writers: signedBy(mspId, 'member'),
            Admins: signedBy(mspId, 'admin'),
        },
    });
}

function newApplicationGroup(network: Network, identities: NetworkIdentities): ConfigGroupMessage {
    return newConfigGroup({
        groups: byId(network, (organization) => newApplicationOrganization(organization, identities)),
        values: { Capabilities: configValues.capabilities('V2_5') },
        policies: {
            ...readersWritersAdmins,
            LifecycleEndorsement: meta('MAJORITY', 'Endorsement'),
            Endorsement: parseConfigPolicyText(network.channel.endorsementPolicy),
        },
    });
}

function newApplicationOrganization({ mspId, peers }: Organization, identities: NetworkIdentities): ConfigGroupMessage {
    return newConfigGroup({
        values: {
            MSP: encodeMspConfig(newMspDefinition(getOrganization(identities, mspId))),
            AnchorPeers: configValues.anchorPeers(peers.slice(0, 1).map(({ host, port }) => ({ host, port }))),
        },
        policies: {
            Readers: signedBy(mspId, 'admin', 'peer', 'client'),
            Writers: signedBy(mspId, 'admin', 'client'),
            Admins: signedBy(mspId, 'admin'),
            Endorsement: signedBy(mspId, 'peer'),
        },
    });
}

function byId<T>({ organizations }: Network, make: (organization: Organization) => T): Record<string, T> {
    return Object.fromEntries(organizations.map((organization) => [organization.id, make(organization)]));
}

function meta(rule: ImplicitMetaRule, subPolicy: string): ConfigPolicy {
    return { kind: 'implicit-meta', rule, subPolicy };
}

function signedBy(mspId: string, ...roles: readonly MspRole[]): ConfigPolicy {
    return { kind: 'signature', policy: anyOf(...roles.map((role) => ({ kind: 'role' as const, mspId, role }))) };
}
