import { isPeerServing } from '../admin/channel-readiness';
import { findRunningNetwork, isProcessAlive } from '../backends/running-network';
import type { RunningNetwork } from '../backends/running-network';
import { waitUntil } from '../backends/wait-until';
import type { Organization, PeerNode } from '../topology/network-model';
import { atPeersDesk, requireChangeablePeers } from './at-peers-desk';
import { EndorserLosses, seconds } from './endorser-losses';
import type { EndorserLook, EndorserLoss } from './endorser-losses';
import { reprotect } from './reprotect';
import { enterWatch, updateWatch } from './watch-record';

export interface WatchOptions {
    /** How long an endorser that runs may not serve until it is lost. */
    readonly afterMs: number;
    /** Milliseconds that only go forward. */
    readonly nowMs: () => number;
    readonly log: (line: string) => void;
    /** Ends the watch when what is under way is done. */
    readonly signal?: AbortSignal;
}

const lookIntervalMs = 500;

/**
 * Watches the endorsers of a network until it is taken down: where one is lost, its organisation's backup is brought in and
 * a new backup made (`reprotect`), once for each loss; one that was stopped on purpose is not lost. What cannot be done is
 * told, and tried again only when the organisation's peers have changed. Throws BackendError NOT_ON_EMBEDDED, PeersError
 * PEERS_FIXED and ALREADY_WATCHED.
 */
export async function watchEndorsers(running: RunningNetwork, options: WatchOptions): Promise<void> {
    requireChangeablePeers(running, 'bring a backup in');
    const { runDirectory, networkPid } = running;
    const { afterMs, signal } = options;
    const record = { pid: process.pid, afterMs };
    const first = `an endorser that ended, or has not served for ${seconds(afterMs)}, is replaced by its backup`;
    const leave = await enterWatch(runDirectory, { ...record, lastLine: first });
    const log = (line: string): void => {
        options.log(line);
        updateWatch(runDirectory, { ...record, lastLine: line });
    };
    options.log(first);
    try {
        const watch = new EndorserWatch({ ...options, log });
        await waitUntil(
            async () => {
                const now = await findRunningNetwork(runDirectory);
                if (signal?.aborted || now?.networkPid !== networkPid) return true;
                await watch.look(now);
                return false;
            },
            { deadlineMs: Infinity, forWhat: 'the network to end', intervalMs: lookIntervalMs },
        );
        options.log(signal?.aborted ? 'the watch has ended' : 'the network is down, and the watch has ended');
    } finally {
        await leave();
    }
}

/** One look after the other. */
class EndorserWatch {
    readonly #options: WatchOptions;
    readonly #losses: EndorserLosses;
    /** By organisation: how its peers were when it could not be helped. */
    readonly #given = new Map<string, string>();

    constructor(options: WatchOptions) {
        this.#options = options;
        this.#losses = new EndorserLosses(options.afterMs);
    }

    async look(running: RunningNetwork): Promise<void> {
        const { organizations } = running.network;
        const looks = await Promise.all(organizations.flatMap(({ peers }) => peers.map((peer) => look(running, peer))));
        const isEndorser = (name: string): boolean =>
            organizations.some(({ peers }) => peers.some((peer) => peer.name === name && peer.role === 'endorser'));
        const losses = this.#losses.judge(
            looks.filter(({ name }) => isEndorser(name)),
            this.#options.nowMs(),
        );
        for (const organization of organizations) {
            const own = losses.filter(({ name }) => organization.peers.some((peer) => peer.name === name));
            const state = stateOf(organization, looks);
            if (own.length === 0) this.#given.delete(organization.id);
            else if (this.#given.get(organization.id) !== state) await this.#help(running, organization, own, state);
        }
    }

    async #help(
        running: RunningNetwork,
        { id }: Organization,
        losses: readonly EndorserLoss[],
        state: string,
    ): Promise<void> {
        const { log, nowMs } = this.#options;
        const lost = losses.map(({ name }) => name);
        const begunMs = nowMs();
        log(losses.map(({ name, why }) => `${name} is lost: ${why}`).join('; '));
        const logStep = (line: string): void => {
            log(`${line} (${seconds(nowMs() - begunMs)})`);
        };
        try {
            await atPeersDesk(running, 'bring a backup in', (desk) => reprotect(desk, id, { lost, log: logStep }));
        } catch (error) {
            if (!isFault(error)) throw error;
            // Whoever takes the network down has its nodes end before its process.
            if (isProcessAlive(running.networkPid)) log(`${id} was not helped: ${error.message}`);
            this.#given.set(id, state);
        }
    }
}

async function look(
    { nodePids = {}, stoppedNodes = [], killedNodes = [] }: RunningNetwork,
    peer: PeerNode,
): Promise<EndorserLook> {
    const { name } = peer;
    const pid = nodePids[name];
    return {
        name,
        serves: await isPeerServing(peer),
        hasEnded: pid === undefined || !isProcessAlive(pid),
        isStopped: stoppedNodes.includes(name) && !killedNodes.includes(name),
    };
}

/** Peers and whether they serve: while that stays the same, another try would end as the last one did. */
function stateOf({ peers }: Organization, looks: readonly EndorserLook[]): string {
    return peers
        .map(({ name, role }) => `${name} ${role} ${looks.find((each) => each.name === name)?.serves ? 'serves' : ''}`)
        .join();
}

function isFault(error: unknown): error is Error {
    return error instanceof Error && 'fault' in error;
}
