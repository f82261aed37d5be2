import type { RunningNetwork } from '../../network/backends/running-network';
import { waitUntil } from '../../network/backends/wait-until';
import { CommitWatch } from '../../network/client/commit-watch';
import { connectGateway, type GatewayConnection, type GatewayOptions } from '../../network/client/connect-gateway';
import { followNotices } from '../../network/client/follow-notices';
import { findIdentity } from '../../network/identities/find-identity';
import type { Medium, Network } from '../../network/topology/network-model';
import { aTerminal } from './a-network';
import { aNetworkOnFreePorts } from './a-network-on-free-ports';
import type { BackEnd } from './back-ends';
import type { TestNetwork } from './start-test-network';

const everybody = ['DispatchMSP', 'PrimaryMSP', 'SwitchingMSP'];

export const epon: Medium = {
    name: 'epon',
    latencyMs: 1,
    jitterMs: 0,
    lossRate: 0,
    uplinkKbps: 1_000_000,
    downlinkKbps: 1_000_000,
    clockToleranceMs: 5_000,
    requestTimeoutMs: 20_000,
    commitTimeoutMs: 20_000,
    gatewayHolders: 'every-terminal',
    origin: 'this test',
};

/** Three organisations, all of which may have dispatchers, with a feeder terminal in each substation. */
export async function aControlledNetwork(): Promise<Network> {
    const network = await aNetworkOnFreePorts({
        media: [epon],
        terminals: [
            { ...aTerminal('FTU-S001', 'PrimaryMSP'), kind: 'FTU', line: '12' },
            { ...aTerminal('FTU-S002', 'SwitchingMSP'), kind: 'FTU', line: '13' },
        ],
        roleHolders: { operator: everybody, dispatcher: everybody, supervisor: ['DispatchMSP'] },
    });
    const blockCutting = { ...network.channel.blockCutting, timeoutMs: 50 };
    return { ...network, channel: { ...network.channel, blockCutting } };
}

/** Gateways of one organisation's people and terminals: they share its connections and one commit stream. */
export class OrganizationDesk {
    readonly gate: GatewayConnection;
    readonly #started: TestNetwork;
    readonly #watch: CommitWatch;
    readonly #open: GatewayConnection[] = [];

    private constructor(started: TestNetwork, gate: GatewayConnection, watch: CommitWatch) {
        this.#started = started;
        this.gate = gate;
        this.#watch = watch;
    }

    static async open(started: TestNetwork, identity: string, options: GatewayOptions = {}): Promise<OrganizationDesk> {
        const gate = await connectGateway(started.running, findIdentity(started.identities, identity), options);
        return new OrganizationDesk(started, gate, await CommitWatch.open(gate));
    }

    async as(identity: string): Promise<GatewayConnection> {
        const connection = await connectGateway(
            this.#started.running,
            findIdentity(this.#started.identities, identity),
            { sharing: this.gate, commitWatch: this.#watch },
        );
        this.#open.push(connection);
        return connection;
    }

    /** Names of the events that filtered blocks tell from now on. */
    async notices(): Promise<string[]> {
        const names: string[] = [];
        await followNotices(this.gate, ({ name }) => names.push(name));
        return names;
    }

    /** With every gateway of its own, whose streams would try for ever to come back. */
    close(): void {
        this.#watch.close();
        for (const connection of this.#open) connection.close();
        this.gate.close();
    }
}

/** Waits until something was found, at most as long as the test may take. */
export async function until<T>(forWhat: string, found: () => T | undefined | false): Promise<T> {
    return waitUntil(found, { deadlineMs: 30_000, forWhat });
}

/** Waits until all peers have the same blocks: a commit was heard of one, and the next call may be endorsed by others. */
export async function peersInStep({ backend }: BackEnd, running: RunningNetwork): Promise<void> {
    const isEven = async (): Promise<boolean> => {
        const { nodes } = await backend.status(running);
        return new Set(nodes.filter(({ kind }) => kind === 'peer').map(({ height }) => height)).size === 1;
    };
    await waitUntil(isEven, { deadlineMs: 10_000, forWhat: 'all peers to be at one height' });
}
