import { join } from 'node:path';
import { embeddedDefaults } from '../../embedded/embedded-options';
import { identityFolders } from '../../identities/identity-store';
import type { Organization, PeerNode } from '../../topology/network-model';
import { managementHostOf, nativeFolders, nodeEnvironment } from './node-plan';
import type { NativeSite, NodePlan, NodeSite } from './node-plan';

/** Where a peer fetches blocks in place of the channel's orderers, and whose certificates it then trusts. */
export interface BlockSource {
    /** host:port */
    readonly address: string;
    readonly tlsRootFile: string;
    /** host:port of the orderers whose place it takes. */
    readonly inPlaceOf: readonly string[];
}

/** A peer with its own ledger in goleveldb; an endorser dials its organisation's chaincode service. */
export function planPeer(
    organization: Organization,
    peer: PeerNode,
    site: NativeSite,
    blocksFrom?: BlockSource,
): NodePlan {
    const folder = nativeFolders.config(site.runDirectory, peer.name);
    return {
        name: peer.name,
        program: site.binaries.peer,
        args: ['node', 'start'],
        directory: folder,
        environment: nodeEnvironment(site, organization, folder),
        config: { file: join(folder, 'core.yaml'), content: newPeerConfig(organization, peer, site, blocksFrom) },
    };
}

/**
 * The content of core.yaml. Fabric v2.5.16: sampleconfig/core.yaml, from which it departs in places, TLS, gossip's times,
 * and the Docker endpoint: an empty one is the only way to have none, and works in this file alone. Only an endorser has
 * an external endpoint: discovery names no peer without one (discovery/support/gossip/support.go, Peers).
 */
export function newPeerConfig(
    { mspId, peers }: Organization,
    peer: PeerNode,
    site: NodeSite,
    blocksFrom?: BlockSource,
): object {
    const own = identityFolders.peer(site.identitiesDirectory, mspId, peer.name);
    const ledger = nativeFolders.ledger(site.runDirectory, peer.name);
    const address = addressOf(peer);
    const chaincodeAddress = `${peer.host}:${peer.chaincodePort}`;
    return {
        peer: {
            id: peer.name,
            networkId: 'feeder',
            listenAddress: address,
            address,
            chaincodeListenAddress: chaincodeAddress,
            chaincodeAddress,
            localMspId: mspId,
            localMspType: 'bccsp',
            mspConfigPath: join(own, 'msp'),
            fileSystemPath: ledger,
            gateway: { enabled: true, endorsementTimeout: '30s', broadcastTimeout: '30s', dialTimeout: '2m' },
            keepalive: {
                interval: '7200s',
                timeout: '20s',
                minInterval: '60s',
                client: { interval: '60s', timeout: '20s' },
                // An orderer behind a dead line is left for another one after 15 s; grpc-go asks no more often than this.
                deliveryClient: { interval: '10s', timeout: '5s' },
            },
            gossip: {
                ...gossip,
                bootstrap: [address, ...peers.map(addressOf).filter((other) => other !== address)].join(' '),
                externalEndpoint: peer.role === 'endorser' ? advertisedAddress(peer, site) : '',
            },
            tls: {
                enabled: true,
                clientAuthRequired: false,
                cert: { file: join(own, 'tls', 'server.crt') },
                key: { file: join(own, 'tls', 'server.key') },
                rootcert: { file: join(own, 'tls', 'ca.crt') },
            },
            authentication: { timewindow: '15m' },
            BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
            client: { connTimeout: '3s' },
            deliveryclient: {
                blockGossipEnabled: true,
                reconnectTotalTimeThreshold: '3600s',
                connTimeout: '3s',
                reConnectBackoffThreshold: '3600s',
                ...(blocksFrom && { addressOverrides: newOverrides(blocksFrom) }),
            },
            handlers: {
                authFilters: [{ name: 'DefaultAuth' }, { name: 'ExpirationCheck' }],
                decorators: [{ name: 'DefaultDecorator' }],
                endorsers: { escc: { name: 'DefaultEndorsement' } },
                validators: { vscc: { name: 'DefaultValidation' } },
            },
            discovery: {
                enabled: true,
                authCacheEnabled: true,
                authCacheMaxSize: 1000,
                authCachePurgeRetentionRatio: 0.75,
                orgMembersAllowedAccess: false,
            },
            limits: { concurrency: { endorserService: 2500, deliverService: 2500, gatewayService: 500 } },
            maxRecvMsgSize: maxMessageBytes,
            maxSendMsgSize: maxMessageBytes,
        },
        vm: { endpoint: '' },
        chaincode: {
            externalBuilders: [{ name: 'ccaas', path: site.builder, propagateEnvironment: [] }],
            installTimeout: '300s',
            // How long a client waits when the service is not the one that the package names.
            startuptimeout: '10s',
            executetimeout: '30s',
            mode: 'net',
            keepalive: 0,
            system: { _lifecycle: 'enable', cscc: 'enable', lscc: 'enable', qscc: 'enable' },
        },
        ledger: {
            state: { stateDatabase: 'goleveldb', totalQueryLimit: 100_000 },
            history: { enableHistoryDatabase: true },
            pvtdataStore: {
                collElgProcMaxDbBatchSize: 5000,
                collElgProcDbBatchesInterval: 1000,
                // Until it asks again for what the members that it reached lacked, too. Fabric's hour would look like a loss.
                deprioritizedDataReconcilerInterval: '1m',
                purgeInterval: 100,
                purgedKeyAuditLogging: true,
            },
            snapshots: { rootDir: join(ledger, 'snapshots') },
        },
        operations: {
            listenAddress: `${managementHostOf(site, peer)}:${peer.operationsPort}`,
            tls: { enabled: false },
        },
        metrics: { provider: 'prometheus' },
    };
}

function newOverrides({ address, tlsRootFile, inPlaceOf }: BlockSource): object[] {
    return inPlaceOf.map((from) => ({ from, to: address, caCertsFile: tlsRootFile }));
}

/** What the other sites dial: a name where their proxies carry it over the links. */
function advertisedAddress(peer: PeerNode, { proxies }: NodeSite): string {
    return proxies ? `${peer.name}:${peer.port}` : addressOf(peer);
}

function addressOf({ host, port }: PeerNode): string {
    return `${host}:${port}`;
}

const maxMessageBytes = 100 * 1024 * 1024;

/**
 * Peers that missed each other once try again after `reconnectInterval`: Fabric's 25 s would be what a new network takes
 * in every other start. The other times are shortened with it, so that peers of one machine know each other in a second or
 * two; one of which nothing was heard for 10 s is offered to clients no more.
 */
const gossip = {
    useLeaderElection: false,
    orgLeader: true,
    reconnectInterval: '300ms',
    aliveTimeInterval: '500ms',
    aliveExpirationTimeout: '10s',
    publishStateInfoInterval: '500ms',
    requestStateInfoInterval: '500ms',
    publishCertPeriod: '500ms',
    pullInterval: '500ms',
    dialTimeout: '1s',
    connTimeout: '2s',
    membershipTrackerInterval: '500ms',
    digestWaitTime: '200ms',
    requestWaitTime: '300ms',
    responseWaitTime: '500ms',
    maxBlockCountToStore: 10,
    maxPropagationBurstLatency: '10ms',
    maxPropagationBurstSize: 10,
    propagateIterations: 1,
    propagatePeerNum: 3,
    pullPeerNum: 3,
    skipBlockVerification: false,
    recvBuffSize: 20,
    sendBuffSize: 200,
    maxConnectionAttempts: 120,
    msgExpirationFactor: 20,
    pvtData: {
        pullRetryThreshold: '60s',
        transientstoreMaxBlockRetention: 1000,
        pushAckTimeout: '3s',
        btlPullMargin: 10,
        reconcileBatchSize: 10,
        reconcileSleepInterval: `${embeddedDefaults.reconciliation.sleepIntervalMs}ms`,
        reconciliationEnabled: true,
        skipPullingInvalidTransactionsDuringCommit: false,
        implicitCollectionDisseminationPolicy: { requiredPeerCount: 0, maxPeerCount: 1 },
    },
    state: {
        enabled: false,
        checkInterval: '10s',
        responseTimeout: '3s',
        batchSize: 10,
        blockBufferSize: 20,
        maxRetries: 3,
    },
};
