import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeBackend } from '../../network/backends/native/native-backend';
import type { RunningNetwork } from '../../network/backends/running-network';
import { readIdentities } from '../../network/identities/identity-store';
import type { Network } from '../../network/topology/network-model';
import { projectRoot } from '../../network/topology/project-root';
import { startTestNetwork, type TestNetwork } from './start-test-network';

/** A network that can lose its dispatch centre. */
export interface LosableNetwork {
    readonly title: string;
    /** Why it cannot be run here. */
    readonly skipped: string | undefined;
    readonly start: (network: Network) => Promise<TestNetwork>;
    /** Kills what of the dispatch centre runs in processes of its own. */
    readonly loseDispatch: (running: RunningNetwork) => void;
}

export const losableNetworks: readonly LosableNetwork[] = [
    {
        title: 'an embedded network, whose dispatch centre loses its chaincode',
        skipped: undefined,
        start: startTestNetwork,
        loseDispatch: (running) => {
            killAll([chaincodePidOf(running)]);
        },
    },
    {
        title: 'native Fabric, whose dispatch centre is killed: orderer, peer and chaincode',
        skipped: hasFabricPrograms() ? undefined : 'FABRIC_BIN does not lead to orderer and peer',
        start: startNative,
        loseDispatch: (running) => {
            const { orderer, peers } = dispatchOf(running.network);
            const nodes = [orderer, ...peers].map(({ name }) => running.nodePids?.[name]);
            killAll([...nodes, chaincodePidOf(running)]);
        },
    },
];

async function startNative(network: Network): Promise<TestNetwork> {
    const runDirectory = await mkdtemp(join(tmpdir(), 'test-network-'));
    const running = await nativeBackend.start(network, {
        runDirectory,
        chaincodeDirectory: join(projectRoot, 'chaincode'),
        environment: process.env,
        now: new Date(),
        endsWithStarter: true,
    });
    return {
        running,
        identities: await readIdentities(running.identitiesDirectory),
        stop: async () => {
            await nativeBackend.stop(running);
            await rm(runDirectory, { recursive: true, force: true });
        },
    };
}

function dispatchOf(network: Network): Network['organizations'][number] {
    const [first] = network.organizations;
    const found = network.organizations.find(({ role }) => role === 'dispatch') ?? first;
    if (found === undefined) throw new TypeError('the network has no organisation');
    return found;
}

function chaincodePidOf({ network, chaincodePids }: RunningNetwork): number | undefined {
    return chaincodePids[network.organizations.indexOf(dispatchOf(network))];
}

function killAll(pids: readonly (number | undefined)[]): void {
    for (const pid of pids) {
        if (pid === undefined) throw new TypeError('a process of the dispatch centre is not known');
        process.kill(pid, 'SIGKILL');
    }
}

function hasFabricPrograms(): boolean {
    const folder = process.env['FABRIC_BIN'];
    if (folder === undefined || folder === '') return false;
    try {
        for (const program of ['orderer', 'peer']) accessSync(join(folder, program), constants.X_OK);
        return true;
    } catch {
        return false;
    }
}
