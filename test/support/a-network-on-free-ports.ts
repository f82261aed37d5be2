import type { Network, Organization } from '../../network/topology/network-model';
import { aNetwork } from './a-network';
import { freePorts } from './free-ports';

/** A network of the tests' own on free ports. */
export async function aNetworkOnFreePorts(more: Partial<Network> = {}): Promise<Network> {
    return onFreePorts(aNetwork(more));
}

/** The network, every node of it moved to a port that is free. */
export async function onFreePorts(network: Network): Promise<Network> {
    const portsEach = network.organizations.map(({ peers }) => 4 + 3 * peers.length);
    const ports = await freePorts(portsEach.reduce((sum, count) => sum + count, 0));
    const take = (): number => ports.pop() ?? 0;
    return {
        ...network,
        organizations: network.organizations.map((organization): Organization => ({
            ...organization,
            orderer: { ...organization.orderer, port: take(), adminPort: take(), operationsPort: take() },
            peers: organization.peers.map((peer) => ({
                ...peer,
                port: take(),
                chaincodePort: take(),
                operationsPort: take(),
            })),
            chaincodeService: { ...organization.chaincodeService, port: take() },
        })),
    };
}
