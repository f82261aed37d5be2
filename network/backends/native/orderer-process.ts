import { join } from 'node:path';
import { identityFolders } from '../../identities/identity-store';
import type { Network, Organization } from '../../topology/network-model';
import { managementHostOf, nativeFolders, nodeEnvironment } from './node-plan';
import type { NativeSite, NodePlan, NodeSite } from './node-plan';

/** An organisation's orderer: a consenter of Raft without a system channel, which joins its channel when it is told to. */
export function planOrderer(network: Network, organization: Organization, site: NativeSite): NodePlan {
    const { name } = organization.orderer;
    const folder = nativeFolders.config(site.runDirectory, name);
    return {
        name,
        program: site.binaries.orderer,
        args: [],
        directory: folder,
        environment: nodeEnvironment(site, organization, folder),
        config: { file: join(folder, 'orderer.yaml'), content: newOrdererConfig(network, organization, site) },
    };
}

/** The content of orderer.yaml. Fabric v2.5.16: orderer/common/localconfig/config.go; what is left out has its default. */
export function newOrdererConfig(network: Network, { mspId, orderer }: Organization, site: NodeSite): object {
    const { identitiesDirectory, runDirectory } = site;
    const managementHost = managementHostOf(site, orderer);
    const own = identityFolders.orderer(identitiesDirectory, mspId, orderer.name);
    const certificate = join(own, 'tls', 'server.crt');
    const key = join(own, 'tls', 'server.key');
    const ownRoot = join(own, 'tls', 'ca.crt');
    const allRoots = network.organizations.map((organization) =>
        join(identityFolders.msp(identitiesDirectory, organization.mspId), 'tlscacerts', 'tlsca.pem'),
    );
    const ledger = nativeFolders.ledger(runDirectory, orderer.name);
    return {
        General: {
            ListenAddress: orderer.host,
            ListenPort: orderer.port,
            TLS: {
                Enabled: true,
                PrivateKey: key,
                Certificate: certificate,
                RootCAs: [ownRoot],
                ClientAuthRequired: false,
            },
            Keepalive: { ServerMinInterval: '5s', ServerInterval: '7200s', ServerTimeout: '20s' },
            MaxRecvMsgSize: maxMessageBytes,
            MaxSendMsgSize: maxMessageBytes,
            // The cluster shares the clients' listener; its certificate is the consenter's in the genesis block.
            Cluster: { SendBufferSize: 100, ClientCertificate: certificate, ClientPrivateKey: key, RootCAs: allRoots },
            BootstrapMethod: 'none',
            LocalMSPDir: join(own, 'msp'),
            LocalMSPID: mspId,
            BCCSP: { Default: 'SW', SW: { Hash: 'SHA2', Security: 256 } },
            Authentication: { TimeWindow: '15m' },
        },
        FileLedger: { Location: ledger },
        Operations: { ListenAddress: `${managementHost}:${orderer.operationsPort}`, TLS: { Enabled: false } },
        Metrics: { Provider: 'prometheus' },
        // Without client certificates anybody who reaches the port could remove a channel.
        Admin: {
            ListenAddress: `${managementHost}:${orderer.adminPort}`,
            TLS: {
                Enabled: true,
                Certificate: certificate,
                PrivateKey: key,
                ClientAuthRequired: true,
                ClientRootCAs: [ownRoot],
            },
        },
        ChannelParticipation: { Enabled: true, MaxRequestBodySize: '1 MB' },
        Consensus: { WALDir: join(ledger, 'etcdraft', 'wal'), SnapDir: join(ledger, 'etcdraft', 'snapshot') },
    };
}

const maxMessageBytes = 100 * 1024 * 1024;
