import { rmSync } from 'node:fs';
import { BackendError } from './backend-errors';
import { startControlServer } from './control-server';
import type { NodeControl } from './control-server';
import { keepChanged } from './kept-network';
import type { PeerAct, PeerRequest } from './peer-request';
import type { ProcessAnswer, ProcessStart } from './process-start';
import { runFiles, writeRunningNetwork } from './running-network';
import type { BackendName, RunningNetwork } from './running-network';

/** A network that this process holds; what it tells of its processes is asked again after each change. */
export interface HeldNetwork extends Pick<
    RunningNetwork,
    'chaincodePids' | 'nodePids' | 'stoppedNodes' | 'killedNodes' | 'docker' | 'startedAtMs' | 'asLocalhost'
> {
    /** What may be done to its nodes while it is up. */
    readonly control: Omit<NodeControl, 'peers'>;
    /** Does something with a peer of it, where peers can come and go. */
    readonly changePeer?: (act: PeerAct) => Promise<void>;
    stop(): Promise<void>;
}

/**
 * The life of a network's process: it is told what to start, answers once when that is up or has failed, stops it in
 * order when it is asked to end, and ends with its starter when that was asked for. `abandon` undoes a start that is under
 * way, where what it started does not end with this process.
 */
export function runNetworkProcess(
    backend: BackendName,
    start: (order: ProcessStart, log: (line: string) => void) => Promise<HeldNetwork>,
    abandon?: () => Promise<void>,
): void {
    let held: HeldNetwork | undefined;
    let order: ProcessStart | undefined;
    let isEnding = false;

    // A full disk takes no line any more: what fails for it is told to who waits, and must not fail for its log.
    process.stdout.on('error', () => undefined);

    process.once('message', (message) => {
        order = message as ProcessStart;
        run(order).catch((error: unknown) => {
            fail(error);
        });
    });
    process.once('SIGTERM', end);
    process.once('SIGINT', end);
    // The starter's own end: before the network is ready nobody would know of it; afterwards only when it was asked for.
    process.once('disconnect', () => {
        if (!held || order?.endsWithStarter) end();
    });

    async function run(told: ProcessStart): Promise<void> {
        const started = await start(told, log);
        held = started;
        let { network, connectionProfiles } = told;
        const { changePeer } = started;
        const refuseWhileEnding = (): void => {
            if (isEnding) throw new BackendError({ code: 'NETWORK_NOT_UP', runDirectory: told.runDirectory });
        };
        const peers = async (asked: PeerRequest): Promise<void> => {
            refuseWhileEnding();
            if (asked.act === 'announce') {
                ({ network, connectionProfiles } = asked);
                await keepChanged(told.runDirectory, asked);
            } else if (changePeer) {
                await changePeer(asked);
            } else {
                const reason = 'the peers of this network neither come nor go';
                throw new BackendError({ code: 'NODE_NOT_CHANGED', node: asked.name, act: asked.act, reason });
            }
            writeRunningNetwork(record());
        };
        const place = await startControlServer({
            ...started.control,
            peers,
            change: async (act, node) => {
                refuseWhileEnding();
                const change = await started.control.change(act, node);
                writeRunningNetwork(record());
                return change;
            },
        });
        const record = (): RunningNetwork => {
            const { runDirectory, identitiesDirectory } = told;
            const { chaincodePids, nodePids, stoppedNodes, killedNodes, docker, startedAtMs, asLocalhost } = started;
            return {
                backend,
                network,
                runDirectory,
                identitiesDirectory,
                connectionProfiles,
                networkPid: process.pid,
                chaincodePids,
                ...(nodePids ? { nodePids } : {}),
                ...(stoppedNodes ? { stoppedNodes } : {}),
                ...(killedNodes ? { killedNodes } : {}),
                ...(docker ? { docker } : {}),
                control: place,
                ...(told.links ? { links: true } : {}),
                ...(asLocalhost ? { asLocalhost } : {}),
                startedAtMs,
            };
        };
        const running = record();
        writeRunningNetwork(running);
        answer({ kind: 'ready', running });
    }

    function end(): void {
        isEnding = true;
        const abandoned = held ? undefined : abandon?.();
        // It may have been ready before it could be abandoned.
        const stopped = Promise.resolve(abandoned).then(() => held?.stop());
        stopped.then(
            () => {
                forget();
                process.exit(0);
            },
            (error: unknown) => {
                fail(error);
            },
        );
    }

    function fail(error: unknown): void {
        const reason = error instanceof Error ? error.message : String(error);
        log(error instanceof Error ? (error.stack ?? reason) : reason);
        answer({ kind: 'failed', causeCode: codeOf(error), reason });
        forget();
        process.exitCode = 1;
        if (process.connected) process.disconnect();
    }

    /** A network that is down leaves no sign of being up. */
    function forget(): void {
        if (order) {
            rmSync(runFiles.running(order.runDirectory), { force: true });
            rmSync(runFiles.lock(order.runDirectory), { force: true });
        }
    }
}

function codeOf(error: unknown): string {
    const fault = error instanceof Error && 'fault' in error ? error.fault : undefined;
    const isCoded = typeof fault === 'object' && fault !== null && 'code' in fault;
    return isCoded && typeof fault.code === 'string' ? fault.code : 'UNEXPECTED';
}

function answer(message: ProcessAnswer): void {
    // Its starter may have been interrupted.
    if (process.connected) process.send?.(message);
}

function log(line: string): void {
    process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
