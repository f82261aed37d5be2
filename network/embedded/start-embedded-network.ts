import { getOrganization } from '../identities/find-identity';
import { IdentityError } from '../identities/identities-errors';
import type { NetworkIdentities, NodeIdentity } from '../identities/identity';
import type { Organization } from '../topology/network-model';
import { parseConfigBlock } from '../wire/channel-config';
import type { ParsedChannelConfig } from '../wire/channel-config';
import { ChaincodeServices } from './chaincode-services';
import { ChaincodeStream } from './chaincode/chaincode-stream';
import { defineChaincode, installPackages } from './define-chaincode';
import { embeddedDefaults } from './embedded-options';
import type { EmbeddedOptions } from './embedded-options';
import { EmbeddedPeer } from './embedded-peer';
import type { PackagedChaincode } from './lifecycle/installed-packages';
import { ChannelPolicies, policyPaths } from './msp/channel-policies';
import { MspRegistry } from './msp/msp-registry';
import { newSigner } from './msp/signer';
import { VerifiedSignatures } from './msp/verified-signatures';
import { Sequencer } from './order/sequencer';
import { requireFreePort } from './services/node-server';
import { startNodeServers } from './services/start-node-servers';
import type { NodeServers, NodeStatus } from './services/start-node-servers';

/** A network that runs in this process. */
export interface RunningEmbeddedNetwork {
    readonly peers: readonly EmbeddedPeer[];
    readonly sequencer: Sequencer;
    readonly chaincodePids: readonly number[];
    /** Chaincode services that were stopped. */
    readonly stoppedChaincodes: readonly string[];
    status(): EmbeddedStatus;
    /**
     * Closes a peer's listeners and has it commit nothing more; clients see it as unavailable. Gives false when it was
     * stopped. The name must be a peer's.
     */
    stopPeer(name: string): Promise<boolean>;
    /** Starts it where it left off, and answers once it has caught up. Gives false when it ran. Throws ServiceError. */
    startPeer(name: string): Promise<boolean>;
    /** Whether this is the name of a chaincode service. */
    isChaincode(name: string): boolean;
    /** Ends an organisation's chaincode service, whose peers then refuse to run it. Gives false when it was stopped. */
    stopChaincode(name: string): Promise<boolean>;
    /** Starts it as its folder is now. Gives false when it ran. Throws ChaincodeError CHAINCODE_NOT_STARTED. */
    startChaincode(name: string): Promise<boolean>;
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
    const services = new ChaincodeServices(options);
    const startedAtMs = clock.nowMs();
    const config = parseConfigBlock(genesisBlock);
    const verified = new VerifiedSignatures();
    const sequencer = newSequencer(options, config, verified);
    const areJoined = (one: string, other: string): boolean => one === other || (links?.areJoined(one, other) ?? true);
    const openStream = newStreamOpener(options);
    const { reconciliation = embeddedDefaults.reconciliation } = options;
    const shared = { config, genesisBlock, openStream, verified, clock, peers: [], areJoined, reconciliation, log };
    const peers = network.organizations.flatMap((organization) =>
        organization.peers.map((node) => {
            const identity = peerIdentity(identities, organization, node.name);
            return new EmbeddedPeer({ organization, node, identity }, shared);
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
            peer.stop();
            for (const { stream } of peer.endorsing.packages.all()) stream.stop();
        }
        await Promise.all([servers?.stop(), services.stopAll()]);
    };
    try {
        servers = await startNodeServers({ options, config, peers, sequencer, verified, startedAtMs, status });
        const defining = { options, peers, sequencer, verified };
        installPackages(defining);
        await Promise.all([services.ready(peers), defineChaincode(defining)]);
    } catch (error) {
        await stop();
        throw error;
    }
    const nodeServers = servers;
    const peerOf = (name: string): EmbeddedPeer | undefined => peers.find(({ node }) => node.name === name);
    return {
        peers,
        sequencer,
        get chaincodePids() {
            return services.pids;
        },
        get stoppedChaincodes() {
            return services.stopped;
        },
        status,
        stopPeer: async (name) => {
            peerOf(name)?.stop();
            return nodeServers.stopPeer(name);
        },
        startPeer: async (name) => {
            const peer = peerOf(name);
            peer?.start();
            while (peer?.isBehind) await new Promise(setImmediate);
            // It lacks what it missed, and others may lack what it alone has.
            for (const each of peers) each.reconcile();
            const started = await nodeServers.startPeer(name);
            // A peer serves without its chaincode, too: the next call dials again.
            for (const { stream } of peer?.endorsing.packages.all() ?? []) {
                await stream.connect().catch((error: unknown) => {
                    options.log(`${name} is without its chaincode: ${String(error)}`);
                });
            }
            return started;
        },
        isChaincode: (name) => services.has(name),
        stopChaincode: (name) => services.stop(name, peers),
        startChaincode: (name) => services.start(name, peers),
        stop,
    };
}

/** Each peer opens its own stream to what its packages tell of. */
function newStreamOpener({ chaincode, clock }: EmbeddedOptions): (packaged: PackagedChaincode) => ChaincodeStream {
    const { dialTimeoutMs } = embeddedDefaults;
    const executeTimeoutMs = chaincode.executeTimeoutMs ?? embeddedDefaults.executeTimeoutMs;
    return (packaged) => new ChaincodeStream({ ...packaged, dialTimeoutMs, executeTimeoutMs }, clock);
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
