import type { Network, Organization, Terminal } from '../../network/topology/network-model';

const resources = { cpus: 1, memoryMb: 512 };

/** An organisation on loopback, its ports from `basePort` on. */
export function anOrganization(id: string, basePort: number, more: Partial<Organization> = {}): Organization {
    const domain = `${id}.feeder.example`;
    const mspId = `${id.charAt(0).toUpperCase()}${id.slice(1)}MSP`;
    const host = '127.0.0.1';
    return {
        id,
        mspId,
        domain,
        displayName: id,
        role: id === 'dispatch' ? 'dispatch' : 'substation',
        uplink: 'fibre-ethernet',
        orderer: {
            name: `orderer.${domain}`,
            host,
            port: basePort,
            adminPort: basePort + 1,
            operationsPort: basePort + 2,
            resources,
        },
        peers: [
            {
                name: `peer0.${domain}`,
                host,
                port: basePort + 4,
                chaincodePort: basePort + 5,
                operationsPort: basePort + 6,
                role: 'endorser',
                resources,
            },
        ],
        chaincodeService: { name: `chaincode.${domain}`, host, port: basePort + 8, resources },
        ...more,
    };
}

export function aTerminal(id: string, mspId: string): Terminal {
    return {
        id,
        kind: 'DTU',
        mspId,
        site: 'bus 4',
        feeder: '1',
        bus: '4',
        medium: 'epon',
        isConcentrator: false,
        concentrators: [],
    };
}

/** A network of three organisations and two terminals, complete but for media and grid. */
export function aNetwork(more: Partial<Network> = {}): Network {
    const endorsementPolicy = "OutOf(2, 'DispatchMSP.peer', 'PrimaryMSP.peer', 'SwitchingMSP.peer')";
    return {
        name: 'small',
        title: 'A small network',
        organizations: [
            anOrganization('dispatch', 7050),
            anOrganization('primary', 7070),
            anOrganization('switching', 7090),
        ],
        channel: {
            name: 'distribution',
            blockCutting: {
                timeoutMs: 250,
                maxMessageCount: 50,
                preferredMaxBytes: 524_288,
                absoluteMaxBytes: 10_485_760,
            },
            endorsementPolicy,
        },
        chaincode: { name: 'feeder', version: '1', sequence: 1, label: 'feeder_1', endorsementPolicy, collections: [] },
        media: [],
        terminals: [aTerminal('DTU-B004', 'PrimaryMSP'), aTerminal('FTU-B007', 'SwitchingMSP')],
        roleHolders: { operator: ['PrimaryMSP'], dispatcher: ['DispatchMSP'], supervisor: ['DispatchMSP'] },
        limits: {
            displacementMs: 30_000,
            displacementRateTps: 50,
            remoteControlMs: 5000,
            remoteControlRateTps: 10,
        },
        grid: { folder: 'data/none', description: 'none' },
        seed: 1,
        workers: [],
        topologyHash: '0'.repeat(64),
        ...more,
    };
}
