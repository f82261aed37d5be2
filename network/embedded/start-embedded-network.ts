import { join } from 'node:path';
import { getOrganization } from '../identities/find-identity';
import { IdentityError } from '../identities/identities-errors';
import type { NetworkIdentities, NodeIdentity } from '../identities/identity';
import type { Organization } from '../topology/network-model';
import { parseConfigBlock } from '../wire/channel-config';
import type { ParsedChannelConfig } from '../wire/channel-config';
import { newCollectionConfig } from '../wire/collection-config';
import { parsePolicyLanguage } from '../wire/policy-language';
import { ChaincodeProcess } from './chaincode/chaincode-process';
import { ChaincodeStream } from './chaincode/chaincode-stream';
import { embeddedDefaults } from './embedded-options';
import type { EmbeddedOptions } from './embedded-options';
import { EmbeddedPeer } from './embedded-peer';
import { ChaincodeDefinitions } from './lifecycle/chaincode-definitions';
import { ChannelPolicies, policyPaths } from './msp/channel-policies';
import { MspRegistry } from './msp/msp-registry';
import { newSigner } from './msp/signer';
import { VerifiedSignatures } from './msp/verified-signatures';
import { Sequencer } from './order/sequencer';
import { newPackageId } from './package-id';
import { requireFreePort } from './services/node-server';
import { startNodeServers } from './services/start-node-servers';
import type { NodeServers, NodeStatus } from './services/start-node-servers';

/** A network that runs in this process. */
export interface RunningEmbeddedNetwork {
    readonly peers: readonly EmbeddedPeer[];
    readonly sequencer: Sequencer;
    readonly chaincodePids: readonly number[];
    status(): EmbeddedStatus;
    /**
     * Closes a peer's listeners and has it commit nothing more; clients see it as unavailable. Gives false when it was
     * stopped. The name must be a peer's.
     */
    stopPeer(name: string): Promise<boolean>;
    /** Starts it where it left off, and answers once it has caught up. Gives false when it ran. Throws ServiceError. */
    startPeer(name: string): Promise<boolean>;
    stop(): Promise<void>;
}

/** How the network is. All state is in memory and ends with the process. */
export interface EmbeddedStatus {
    readonly stateIn: 'memory';
    readonly startedAtMs: number;
    readonly memoryMb: number;
    /** CPU of the network process since its start. */
    readonly cpuMs: number;
    readonly nodes: readonly NodeStatus[];
}

/**
 * Builds an embedded Fabric network bottom-up and starts it: per organisation one orderer (all share one order of
 * blocks), its peers, each with a ledger, a judgement and a chaincode stream of its own, and a chaincode process.
 * Throws ServiceError when a port is taken, ChaincodeError when a chaincode does not start; then nothing stays running.
 */
export async function startEmbeddedNetwork(options: EmbeddedOptions): Promise<RunningEmbeddedNetwork> {
    const { network, identities, genesisBlock, clock, links, log } = options;
    await Promise.all(network.organizations.map(({ chaincodeService }) => requireFreePort(chaincodeService)));
    const processes = startChaincodes(options);
    const startedAtMs = clock.nowMs();
    const config = parseConfigBlock(genesisBlock);
    const verified = new VerifiedSignatures();
    const { chaincode } = network;
    const definition = {
        ...chaincode,
        endorsementPolicy: parsePolicyLanguage(chaincode.endorsementPolicy),
        collections: chaincode.collections.map(newCollectionConfig),
    };
    const definitions = new ChaincodeDefinitions([definition]);
    const sequencer = newSequencer(options, config, verified);
    const areJoined = (one: string, other: string): boolean => one === other || (links?.areJoined(one, other) ?? true);
    const shared = { config, genesisBlock, definitions, definition, verified, clock, peers: [], areJoined, log };
    const peers = network.organizations.flatMap((organization) =>
        organization.peers.map((node) => {
            const identity = peerIdentity(identities, organization, node.name);
            const stream = newStream(organization, options);
            return new EmbeddedPeer({ organization, node, identity }, stream, shared);
        }),
    );
    sequencer.onBlock(({ bytes }) => {
        for (const peer of peers) {
            const arrive = (): void => {
                peer.receive(bytes);
            };
            if (links) links.carry(peer.site, peer.node.name, bytes.length, arrive);
            else arrive();
        }
    });
    let servers: NodeServers | undefined;
    const status = (): EmbeddedStatus => ({
        stateIn: 'memory',
        startedAtMs,
        memoryMb: Math.round(process.memoryUsage.rss() / 2 ** 20),
        cpuMs: Math.round((process.cpuUsage().user + process.cpuUsage().system) / 1000),
        nodes: servers?.status() ?? [],
    });
    const stop = async (): Promise<void> => {
        sequencer.stop();
        links?.close();
        for (const peer of peers) {
            peer.stream.stop();
        }
        await Promise.all([servers?.stop(), ...processes.map(({ process }) => process.stop())]);
    };
    try {
        servers = await startNodeServers({ options, config, peers, sequencer, verified, startedAtMs, status });
        await Promise.all(processes.map((running) => whenRegistered(running, peers, options)));
    } catch (error) {
        await stop();
        throw error;
    }
    const chaincodePids = processes.flatMap(({ process }) => process.pid ?? []);
    const nodeServers = servers;
    const peerOf = (name: string): EmbeddedPeer | undefined => peers.find(({ node }) => node.name === name);
    return {
        peers,
        sequencer,
        chaincodePids,
        status,
        stopPeer: async (name) => {
            peerOf(name)?.stop();
            return nodeServers.stopPeer(name);
        },
        startPeer: async (name) => {
            const peer = peerOf(name);
            peer?.start();
            while (peer?.isBehind) await new Promise(setImmediate);
            const started = await nodeServers.startPeer(name);
            // A peer serves without its chaincode, too: the next call dials again.
            await peer?.stream.connect().catch((error: unknown) => {
                options.log(`${name} is without its chaincode: ${String(error)}`);
            });
            return started;
        },
        stop,
    };
}

/** Spares the shim two kinds of needless work; see the file. */
const leanShim = join(__dirname, 'chaincode', 'lean-shim-preload.cjs');

interface RunningChaincode {
    readonly organization: Organization;
    readonly process: ChaincodeProcess;
}

function startChaincodes({ network, chaincode, log }: EmbeddedOptions): RunningChaincode[] {
    return network.organizations.map((organization) => ({
        organization,
        process: new ChaincodeProcess({
            service: organization.chaincodeService.name,
            directory: chaincode.directory,
            address: addressOf(organization),
            packageId: newPackageId(network.chaincode.label, addressOf(organization)),
            preloads: chaincode.preloads ?? [leanShim],
            log,
        }),
    }));
}

/** Each endorser of the organisation opens its own stream to the organisation's process. */
async function whenRegistered(
    { organization, process }: RunningChaincode,
    peers: readonly EmbeddedPeer[],
    { chaincode }: EmbeddedOptions,
): Promise<void> {
    const timeoutMs = chaincode.startTimeoutMs ?? embeddedDefaults.startTimeoutMs;
    const own = peers.filter(
        ({ endorsing, node }) => endorsing.mspId === organization.mspId && node.role === 'endorser',
    );
    await process.started(Promise.all(own.map(({ stream }) => stream.connect(timeoutMs))).then(() => undefined));
}

function newStream(organization: Organization, { network, chaincode, clock }: EmbeddedOptions): ChaincodeStream {
    const address = addressOf(organization);
    const endpoint = {
        address,
        packageId: newPackageId(network.chaincode.label, address),
        dialTimeoutMs: embeddedDefaults.dialTimeoutMs,
        executeTimeoutMs: chaincode.executeTimeoutMs ?? embeddedDefaults.executeTimeoutMs,
    };
    return new ChaincodeStream(endpoint, clock);
}

function addressOf({ chaincodeService }: Organization): string {
    return `${chaincodeService.host}:${chaincodeService.port}`;
}

/** The order of blocks; the first organisation's orderer signs them, as a Raft leader would. */
function newSequencer(
    { network, identities, genesisBlock, clock, newNonce }: EmbeddedOptions,
    config: ParsedChannelConfig,
    verified: VerifiedSignatures,
): Sequencer {
    const msp = MspRegistry.fromChannelConfig(config, verified);
    const leader = getOrganization(identities, network.organizations[0]?.mspId ?? '').orderer;
    return new Sequencer({
        clock,
        blockCutting: config.batch,
        channelId: config.channelId,
        genesisBlock,
        signer: newSigner(leader, verified),
        newNonce,
        writers: ChannelPolicies.fromChannelConfig(config, msp).policy(policyPaths.channelWriters),
        msp,
    });
}

/** Throws IdentityError IDENTITY_UNKNOWN when identities and topology do not belong together. */
function peerIdentity(identities: NetworkIdentities, { mspId }: Organization, name: string): NodeIdentity {
    const { peers } = getOrganization(identities, mspId);
    const identity = peers[name];
    if (!identity) throw new IdentityError({ code: 'IDENTITY_UNKNOWN', name, near: Object.keys(peers) });
    return identity;
}
