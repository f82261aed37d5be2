import { exitCodes, type ExitCode } from '../../caliper/report/exit-code';
import { addPeer as add } from '../../network/peers/add-peer';
import { atPeersDesk } from '../../network/peers/at-peers-desk';
import { UsageError } from '../run-script';
import { whichNetwork, type ActValues, type NetworkAct } from './network-act';
import { newPeerOptions, portOf, roleOf } from './new-peer-options';
import { requireRunningNetwork } from './require-running-network';

const options = { ...whichNetwork, ...newPeerOptions } as const;

export const addPeer: NetworkAct<typeof options> = {
    name: 'add-peer',
    usage: 'adds a peer to a network that is up (--org; --role, --port)',
    options,
    run,
};

async function run(values: ActValues<typeof options>): Promise<ExitCode> {
    const { org: organizationId } = values;
    if (organizationId === undefined) throw new UsageError('add-peer needs --org ORG, e.g. --org primary.');
    const wanted = { organizationId, role: roleOf(values), port: portOf(values) };
    const running = await requireRunningNetwork(values);
    const { peer } = await atPeersDesk(running, 'add a peer', (desk) => add(desk, wanted));
    console.log(`${peer.name} is up at ${peer.host}:${peer.port}: ${peer.role}, with every block.`);
    return exitCodes.kept;
}
