import { requireFreePort } from '../embedded/services/node-server';
import { ServiceError } from '../embedded/services/services-errors';
import type { Network, Organization, PeerNode } from '../topology/network-model';

export interface PlaceOptions {
    readonly role: PeerNode['role'];
    /** Names that were given before, also to peers that are gone: none is given twice. */
    readonly takenNames: readonly string[];
    /** First of the three ports; the first three in a row that are free when left out. */
    readonly port?: number | undefined;
}

const portsOfPeer = 3;

/** Name, host and ports of one more peer of an organisation; its resources are those of the first. Throws ServiceError. */
export async function choosePlace(
    network: Network,
    { peers, domain, orderer, chaincodeService }: Organization,
    { role, takenNames, port }: PlaceOptions,
): Promise<PeerNode> {
    const [first] = peers;
    const host = first?.host ?? orderer.host;
    const taken = new Set([...takenNames, ...peers.map(({ name }) => name)]);
    let number = 0;
    while (taken.has(`peer${number}.${domain}`)) number += 1;
    const name = `peer${number}.${domain}`;
    const own = [chaincodeService.port, ...peers.map(({ operationsPort }) => operationsPort)];
    const at = port ?? (await findPorts(network, name, host, Math.max(...own) + 1));
    if (port !== undefined) await requireFree(name, host, port);
    return {
        name,
        host,
        port: at,
        chaincodePort: at + 1,
        operationsPort: at + 2,
        role,
        resources: first?.resources ?? orderer.resources,
    };
}

/** The first of three ports in a row that no node of the network has and nobody listens on. */
async function findPorts(network: Network, name: string, host: string, from: number): Promise<number> {
    const taken = new Set(
        network.organizations.flatMap(({ orderer, peers, chaincodeService }) => [
            orderer.port,
            orderer.adminPort,
            orderer.operationsPort,
            chaincodeService.port,
            ...peers.flatMap((peer) => [peer.port, peer.chaincodePort, peer.operationsPort]),
        ]),
    );
    for (let first = from; ; first += 1) {
        const three = Array.from({ length: portsOfPeer }, (_, index) => first + index);
        if (three.some((port) => taken.has(port))) continue;
        try {
            await requireFree(name, host, first);
            return first;
        } catch (error) {
            if (!(error instanceof ServiceError && error.fault.code === 'PORT_IN_USE')) throw error;
        }
    }
}

async function requireFree(name: string, host: string, first: number): Promise<void> {
    for (let port = first; port < first + portsOfPeer; port += 1) {
        await requireFreePort({ name, host, port });
    }
}
