import { randomBytes } from 'node:crypto';
import { AdminSession } from '../../admin/admin-session';
import { newChaincodePackage } from '../../wire/chaincode-package';
import { isOrdererServing, waitForDiscovery, waitForLeader } from '../../admin/channel-readiness';
import { deployChaincode, readDefinitionInForce } from '../../admin/deploy-chaincode';
import { joinOrderer } from '../../admin/join-orderer';
import { joinPeer } from '../../admin/join-peer';
import { isListening } from '../../admin/read-operations';
import { requireFreePort } from '../../embedded/services/node-server';
import type { NetworkIdentities } from '../../identities/identity';
import type { SiteLinks } from '../../links/site-links';
import type { Network, Organization } from '../../topology/network-model';
import type { HeldNetwork } from '../run-network-process';
import { waitUntil } from '../wait-until';
import { chaincodeAddress, planChaincodeServer } from './chaincode-server-process';
import { NativeNodes } from './native-nodes';
import type { PlannedNode } from './native-nodes';
import type { NativeSite } from './node-plan';
import { planOrderer } from './orderer-process';
import { changePeer, newPlannedPeer } from './change-peer';

export interface NativeNetworkOptions {
    readonly network: Network;
    readonly identities: NetworkIdentities;
    readonly genesisBlock: Buffer;
    readonly chaincodeDirectory: string;
    readonly site: NativeSite;
    /** The links that the site's proxies carry over. */
    readonly links?: SiteLinks;
    readonly log: (line: string) => void;
}

/** How long any one step may take. */
const stepDeadlineMs = 30_000;

/**
 * Starts every process of a network, has orderers and peers join the channel and deploys the chaincode, as far as that
 * was not done before: ledgers in the run directory are taken up again. Up means that clients of every organisation are
 * told whom to ask for endorsements. Throws ServiceError PORT_IN_USE, BackendError NODE_ENDED and WAITED_TOO_LONG,
 * AdminError; then nothing stays running.
 */
export async function startNativeNetwork(options: NativeNetworkOptions): Promise<HeldNetwork> {
    const { network, site, links, log } = options;
    await Promise.all(listPlaces(network).map(requireFreePort));
    let giveUp: (error: Error) => void = () => undefined;
    const oneEnded = new Promise<never>((_, reject) => {
        giveUp = reject;
    });
    // Once the network is up it goes on without the node: nobody waits for this any more.
    oneEnded.catch(() => undefined);
    const nodes = new NativeNodes(planNodes(options), site.runDirectory, (error) => {
        log(error.message);
        giveUp(error);
    });
    try {
        await nodes.startAll();
        await Promise.race([bringUp(options, nodes), oneEnded]);
        log('the network is up');
    } catch (error) {
        await nodes.stopAll();
        throw error;
    }
    return {
        get chaincodePids() {
            return nodes.chaincodePids;
        },
        get nodePids() {
            return nodes.pids;
        },
        get stoppedNodes() {
            return nodes.stopped;
        },
        startedAtMs: Date.now(),
        ...(links && { asLocalhost: true }),
        control: {
            ...(links && { links }),
            change: async (act, node) => {
                const change = await nodes.change(act, node);
                log(`${node}: ${act}${change.changed ? '' : ', which it was already'}`);
                return change;
            },
        },
        changePeer: async (asked) => {
            await changePeer(nodes, options.site, asked);
            log(`${asked.name}: ${asked.act}`);
        },
        stop: () => nodes.stopAll(),
    };
}

function planNodes({ network, chaincodeDirectory, site }: NativeNetworkOptions): PlannedNode[] {
    return network.organizations.flatMap((organization): PlannedNode[] => {
        const { orderer, peers, chaincodeService } = organization;
        const packageId = packageOf(network, organization).id;
        return [
            {
                kind: 'orderer',
                plan: planOrderer(network, organization, site),
                isServing: () => isOrdererServing(orderer),
            },
            ...peers.map((peer) => newPlannedPeer(organization, peer, site)),
            {
                kind: 'chaincode',
                plan: planChaincodeServer(organization, { directory: chaincodeDirectory, packageId }, site),
                isServing: () => isListening(chaincodeService.host, chaincodeService.port),
            },
        ];
    });
}

async function bringUp(options: NativeNetworkOptions, nodes: NativeNodes): Promise<void> {
    const { network, identities, genesisBlock, log } = options;
    await nodes.allServing();
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
        await deployChaincode(session, await readDefinitionInForce(session), Object.fromEntries(packages));
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
