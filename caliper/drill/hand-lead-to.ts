import type { ChangeNode } from '../../network/backends/kill-organization';
import type { NetworkUnderTest } from '../run/network-under-test';
import type { DrillWatch } from './drill-watch';

/** Which of the others is elected is drawn by lot: six rounds fail once in 64. */
const mostElections = 6;

/**
 * Has an orderer lead Raft, as far as elections allow: whoever leads in its place is stopped until another is elected, and
 * started again. On a new channel Fabric lets the channel's name decide who leads first, so that the same organisation
 * would lead in every run (v2.5.16: orderer/consensus/etcdraft/node.go, `start`). Does nothing where no Raft runs.
 */
export async function handLeadTo(
    orderer: string,
    { raftLeader }: Pick<NetworkUnderTest, 'raftLeader'>,
    { changeNode, watch }: { readonly changeNode: ChangeNode; readonly watch: DrillWatch },
): Promise<void> {
    let leader = await raftLeader();
    for (let elections = 0; elections < mostElections; elections += 1) {
        if (leader === undefined || leader === orderer) return;
        const former = leader;
        await changeNode('stop', former);
        const another = async (): Promise<string | false | undefined> => {
            const found = await raftLeader();
            return found !== former && found;
        };
        leader = await watch.until(another, { forWhat: 'another orderer to lead' });
        await changeNode('start', former);
    }
}
