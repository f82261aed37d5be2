import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { atPeersDesk } from '../../network/peers/at-peers-desk';
import { migratePeer } from '../../network/peers/migrate-peer';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';
import { newPeerOptions, portOf } from './new-peer-options';
import { requireRunningNetwork } from './require-running-network';

const options = { ...whichNetwork, port: newPeerOptions.port } as const;

export const migrate: NetworkAct<typeof options> = {
    name: 'migrate',
    words: ['NODE'],
    usage: 'moves a peer to other ports and a folder of its own, without a break (--port)',
    options,
    run: (values, [node = '']) => run(values, node),
};

async function run(values: ActValues<typeof options>, node: string): Promise<ExitCode> {
    const port = portOf(values);
    const running = await requireRunningNetwork(values);
    const { from, to } = await atPeersDesk(running, 'move a peer', (desk) => migratePeer(desk, node, { port }));
    console.log(`${from.peer.name} is stopped; ${to.peer.name} at ${to.peer.host}:${to.peer.port} is in its place.`);
    return exitCodes.kept;
}
