import { describe, expect, it } from '@jest/globals';
import type { NativeSite } from '../../../../../network/backends/native/node-plan';
import { planOrderer } from '../../../../../network/backends/native/orderer-process';
import { planPeer } from '../../../../../network/backends/native/peer-process';
import type { Organization, PeerNode } from '../../../../../network/topology/network-model';
import { aNetwork } from '../../../../support/a-network';

const site: NativeSite = {
    runDirectory: '/run',
    identitiesDirectory: '/run/identities',
    binaries: { orderer: '/fabric/orderer', peer: '/fabric/peer', builder: undefined },
    builder: '/run/builders/ccaas',
    environment: { PATH: '/bin', CORE_PEER_ID: 'another', ORDERER_GENERAL_LISTENPORT: '1' },
};
const network = aNetwork();
const [organization] = network.organizations as [Organization, ...Organization[]];
const [peer] = organization.peers as [PeerNode, ...PeerNode[]];

describe('the orderer of a native network', () => {
    const plan = planOrderer(network, organization, site);

    it('waits without a channel, and lets nobody administer it without a certificate', () => {
        const { port, adminPort, operationsPort, name } = organization.orderer;
        const own = `/run/identities/organizations/${organization.mspId}/orderers/${name}`;
        expect(plan.config?.file).toBe(`/run/config/${name}/orderer.yaml`);
        expect(plan.config?.content).toMatchObject({
            General: {
                ListenAddress: '127.0.0.1',
                ListenPort: port,
                BootstrapMethod: 'none',
                LocalMSPID: organization.mspId,
                LocalMSPDir: `${own}/msp`,
                TLS: { Enabled: true, Certificate: `${own}/tls/server.crt` },
            },
            Admin: {
                ListenAddress: `127.0.0.1:${adminPort}`,
                TLS: { Enabled: true, ClientAuthRequired: true, ClientRootCAs: [`${own}/tls/ca.crt`] },
            },
            Operations: { ListenAddress: `127.0.0.1:${operationsPort}` },
            ChannelParticipation: { Enabled: true },
            FileLedger: { Location: `/run/ledgers/${name}` },
        });
    });

    it('trusts the TLS authorities of all organisations as its cluster', () => {
        const { General } = plan.config?.content as { General: { Cluster: { RootCAs: string[] } } };
        expect(General.Cluster.RootCAs).toEqual(
            network.organizations.map(({ mspId }) => `/run/identities/organizations/${mspId}/msp/tlscacerts/tlsca.pem`),
        );
    });

    it('is not changed by settings of the caller’s shell', () => {
        expect(Object.keys(plan.environment).sort()).toEqual([
            'FABRIC_CFG_PATH',
            'FABRIC_LOGGING_FORMAT',
            'FABRIC_LOGGING_SPEC',
            'HOME',
            'PATH',
        ]);
    });
});

describe('the peer of a native network', () => {
    const plan = planPeer(organization, peer, site);

    it('uses no Docker, TLS, and the builder that it is given', () => {
        expect(plan.args).toEqual(['node', 'start']);
        expect(plan.config?.content).toMatchObject({
            vm: { endpoint: '' },
            peer: {
                tls: { enabled: true },
                localMspId: organization.mspId,
                fileSystemPath: `/run/ledgers/${plan.name}`,
            },
            chaincode: { externalBuilders: [{ name: 'ccaas', path: '/run/builders/ccaas' }] },
            ledger: { snapshots: { rootDir: `/run/ledgers/${plan.name}/snapshots` } },
        });
    });

    it('tries again within a second when it missed another peer', () => {
        const { gossip } = (plan.config?.content as { peer: { gossip: Record<string, unknown> } }).peer;
        const address = `127.0.0.1:${peer.port}`;
        expect(gossip).toMatchObject({ reconnectInterval: '300ms', bootstrap: address, externalEndpoint: address });
    });
});
