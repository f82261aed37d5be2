import type { RunningNetwork } from '../../network/backends/running-network';
import type { Network } from '../../network/topology/network-model';
import { embedded, native, type BackEnd } from './back-ends';

/** A network that can lose its dispatch centre. */
export interface LosableNetwork {
    readonly backEnd: BackEnd;
    readonly title: string;
    /** Kills what of the dispatch centre runs in processes of its own. */
    readonly loseDispatch: (running: RunningNetwork) => void;
}

export const losableNetworks: readonly LosableNetwork[] = [
    {
        backEnd: embedded,
        title: 'an embedded network, whose dispatch centre loses its chaincode',
        loseDispatch: (running) => {
            killAll([chaincodePidOf(running)]);
        },
    },
    {
        backEnd: native,
        title: 'native Fabric, whose dispatch centre is killed: orderer, peer and chaincode',
        loseDispatch: (running) => {
            const { orderer, peers } = dispatchOf(running.network);
            const nodes = [orderer, ...peers].map(({ name }) => running.nodePids?.[name]);
            killAll([...nodes, chaincodePidOf(running)]);
        },
    },
];

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
