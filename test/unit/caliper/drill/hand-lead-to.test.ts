import { describe, expect, it } from '@jest/globals';
import { DrillWatch } from '../../../../caliper/drill/drill-watch';
import { handLeadTo } from '../../../../caliper/drill/hand-lead-to';
import type { ChangeNode } from '../../../../network/backends/kill-organization';

/** Orderers that elect in the given order, one for each leader that is stopped, after a moment without any. */
async function lead(elected: readonly string[], first: string | undefined): Promise<string[]> {
    const acts: string[] = [];
    let leader = first;
    let waiting = [...elected];
    const changeNode: ChangeNode = (act, node) => {
        acts.push(`${act} ${node}`);
        if (act === 'stop') leader = undefined;
        return Promise.resolve({ node, changed: true });
    };
    const raftLeader = (): Promise<string | undefined> => {
        const now = leader;
        if (now === undefined && first !== undefined) [leader, ...waiting] = waiting;
        return Promise.resolve(now);
    };
    const watch = new DrillWatch(Date.now, new AbortController().signal);
    await handLeadTo('dispatch', { raftLeader }, { changeNode, watch });
    return acts;
}

describe('handLeadTo', () => {
    it('changes nothing where the orderer leads already, and where none runs Raft', async () => {
        expect(await lead([], 'dispatch')).toEqual([]);
        expect(await lead([], undefined)).toEqual([]);
    });

    it('stops whoever leads until another does, and starts it again', async () => {
        expect(await lead(['one', 'dispatch'], 'two')).toEqual(['stop two', 'start two', 'stop one', 'start one']);
    });

    it('gives up in the end, with every orderer started', async () => {
        const others = ['one', 'two', 'one', 'two', 'one', 'two', 'one'];
        const acts = await lead(others, 'two');
        expect(acts).toHaveLength(12);
        expect(acts.at(-1)).toMatch(/^start /);
    });
});
