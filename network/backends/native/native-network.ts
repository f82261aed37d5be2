import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { AdminSession } from '../../admin/admin-session';
import { newChaincodePackage } from '../../admin/chaincode-package';
import { isOrdererServing, isPeerServing, waitForDiscovery, waitForLeader } from '../../admin/channel-readiness';
import { deployChaincode } from '../../admin/deploy-chaincode';
import { joinOrderer } from '../../admin/join-orderer';
import { joinPeer } from '../../admin/join-peer';
import { isListening } from '../../admin/read-operations';
import { requireFreePort } from '../../embedded/services/node-server';
import type { NetworkIdentities } from '../../identities/identity';
import type { Network, Organization } from '../../topology/network-model';
import type { HeldNetwork } from '../run-network-process';
import { waitUntil } from '../wait-until';
import { chaincodeAddress, planChaincodeServer } from './chaincode-server-process';
import { nativeFolders } from './node-plan';
import type { NativeSite, NodePlan } from './node-plan';
import { NodeProcess } from './node-process';
import { planOrderer } from './orderer-process';
import { planPeer } from './peer-process';

export interface NativeNetworkOptions {
    readonly network: Network;
    readonly identities: NetworkIdentities;
    readonly genesisBlock: Buffer;
    readonly chaincodeDirectory: string;
    readonly site: NativeSite;
    readonly log: (line: string) => void;
}

/** How long any one step may take. */
const stepDeadlineMs = 30_000;

/**
 * Starts every process of a new network, has orderers and peers join the channel and deploys the chaincode; up means that
 * clients of every organisation are told whom to ask for endorsements. What an earlier network left in the run directory is removed. Throws
 * ServiceError PORT_IN_USE, BackendError NODE_ENDED and WAITED_TOO_LONG, AdminError; then nothing stays running.
 */
export async function startNativeNetwork(options: NativeNetworkOptions): Promise<HeldNetwork> {
    const { network, site, log } = options;
    await Promise.all(listPlaces(network).map(requireFreePort));
    await rm(nativeFolders.ledgers(site.runDirectory), { recursive: true, force: true });
    const running: RunningNode[] = [];
    let giveUp: (error: Error) => void = () => undefined;
    const oneEnded = new Promise<never>((_, reject) => {
        giveUp = reject;
    });
    // Once the network is up it goes on without the node: nobody waits for this any more.
    oneEnded.catch(() => undefined);
    try {
        for (const { plan, isServing } of planNodes(options)) {
            const process = await NodeProcess.start(plan, site.runDirectory);
            process.onUnexpectedEnd((error) => {
                log(error.message);
                giveUp(error);
            });
            running.push({ process, isServing });
        }
        await Promise.race([bringUp(options, running), oneEnded]);
        log('the network is up');
    } catch (error) {
        await stopAll(running);
        throw error;
    }
    const services = new Set(network.organizations.map(({ chaincodeService }) => chaincodeService.name));
    const processes = running.map(({ process }) => process);
    return {
        chaincodePids: processes.filter(({ name }) => services.has(name)).map(({ pid }) => pid),
        nodePids: Object.fromEntries(
            processes.filter(({ name }) => !services.has(name)).map(({ name, pid }) => [name, pid]),
        ),
        startedAtMs: Date.now(),
        stop: () => stopAll(running),
    };
}

interface RunningNode {
    readonly process: NodeProcess;
    readonly isServing: () => Promise<boolean>;
}

interface PlannedNode {
    readonly plan: NodePlan;
    readonly isServing: () => Promise<boolean>;
}

function planNodes({ network, chaincodeDirectory, site }: NativeNetworkOptions): PlannedNode[] {
    return network.organizations.flatMap((organization): PlannedNode[] => {
        const { orderer, peers, chaincodeService } = organization;
        const packageId = packageOf(network, organization).id;
        return [
            { plan: planOrderer(network, organization, site), isServing: () => isOrdererServing(orderer) },
            ...peers.map((peer) => ({
                plan: planPeer(organization, peer, site),
                isServing: () => isPeerServing(peer),
            })),
            {
                plan: planChaincodeServer(organization, { directory: chaincodeDirectory, packageId }, site),
                isServing: () => isListening(chaincodeService.host, chaincodeService.port),
            },
        ];
    });
}

async function bringUp(options: NativeNetworkOptions, running: readonly RunningNode[]): Promise<void> {
    const { network, identities, genesisBlock, log } = options;
    await Promise.all(running.map(({ process, isServing }) => process.serving(isServing, stepDeadlineMs)));
    log('every process serves');
    const session = new AdminSession({
        network,
        identities,
        waitUntil,
        nowMs: () => Date.now(),
        newNonce: () => randomBytes(24),
        deadlineMs: stepDeadlineMs,
    });
    try {
        await Promise.all([
            ...network.organizations.map((organization) => joinOrderer(session, organization, genesisBlock)),
            ...session.peers.map((peer) => joinPeer(session, peer, genesisBlock)),
        ]);
        await waitForLeader(session);
        log('every node has joined, the orderers have a leader');
        const packages = network.organizations.map(
            (organization) => [organization.mspId, packageOf(network, organization)] as const,
        );
        await deployChaincode(session, network.chaincode, Object.fromEntries(packages));
        log('the chaincode is committed');
        await waitForDiscovery(session);
    } finally {
        session.close();
    }
}

function packageOf({ chaincode }: Network, organization: Organization): ReturnType<typeof newChaincodePackage> {
    return newChaincodePackage(chaincode.label, { address: chaincodeAddress(organization) });
}

/** Everywhere that a process of the network is going to listen. */
function listPlaces({ organizations }: Network): { name: string; host: string; port: number }[] {
    return organizations.flatMap(({ orderer, peers, chaincodeService }) => [
        ...[orderer.port, orderer.adminPort, orderer.operationsPort].map((port) => ({ ...orderer, port })),
        ...peers.flatMap((peer) =>
            [peer.port, peer.chaincodePort, peer.operationsPort].map((port) => ({ ...peer, port })),
        ),
        chaincodeService,
    ]);
}

async function stopAll(running: readonly RunningNode[]): Promise<void> {
    await Promise.all(running.map(({ process }) => process.stop()));
}
