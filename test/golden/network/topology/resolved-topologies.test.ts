import { describe, it } from '@jest/globals';

import { loadNetwork } from '../../../../network/topology/load-network';
import type { Network } from '../../../../network/topology/network-model';
import { expectGolden } from '../../../support/expect-golden';

/** A network in few lines: each organisation, medium and terminal on one. */
function summarize({ organizations, media, terminals, ...network }: Network): string {
    const summary = {
        ...network,
        organizations: organizations.map(({ id, mspId, domain, role, orderer, peers, chaincodeService }) => {
            const peerPorts = peers.map(
                (peer) => `${peer.name} ${peer.role} ${peer.port}/${peer.chaincodePort}/${peer.operationsPort}`,
            );
            const ports = `orderer ${orderer.port}/${orderer.adminPort}/${orderer.operationsPort}, chaincode ${chaincodeService.port}`;
            return `${id} ${mspId} ${domain} ${role}: ${ports}, ${peerPorts.join(', ')}`;
        }),
        media: media.map(
            (medium) =>
                `${medium.name}: ${medium.latencyMs}±${medium.jitterMs} ms, loss ${medium.lossRate}, ` +
                `${medium.uplinkKbps}/${medium.downlinkKbps} kbit/s, clock ${medium.clockToleranceMs} ms, ` +
                `deadlines ${medium.requestTimeoutMs}/${medium.commitTimeoutMs} ms, gateways: ${medium.gatewayHolders}`,
        ),
        terminals: terminals.map(
            ({ id, mspId, site, feeder, bus, line, medium, concentrators }) =>
                `${id} ${mspId} | ${site} | ${feeder} | bus ${bus} | line ${line ?? '-'} | ${medium} | ${concentrators.join(' ')}`,
        ),
    };
    return `${JSON.stringify(summary, null, 4)}\n`;
}

describe('the topologies that ship', () => {
    it.each(['wired', 'wireless'])('resolve to the expected network: %s', async (name) => {
        await expectGolden(`network/topology/${name}.json`, summarize(await loadNetwork(name)));
    });
});
