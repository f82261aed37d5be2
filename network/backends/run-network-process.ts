import { rmSync, writeFileSync } from 'node:fs';
import type { ProcessAnswer, ProcessStart } from './process-start';
import { runFiles } from './running-network';
import type { BackendName, RunningNetwork } from './running-network';

/** A network that this process holds. */
export interface HeldNetwork extends Pick<RunningNetwork, 'chaincodePids' | 'nodePids' | 'startedAtMs'> {
    stop(): Promise<void>;
}

/**
 * The life of a network's process: it is told what to start, answers once when that is up or has failed, stops it in
 * order when it is asked to end, and ends with its starter when that was asked for.
 */
export function runNetworkProcess(
    backend: BackendName,
    start: (order: ProcessStart, log: (line: string) => void) => Promise<HeldNetwork>,
): void {
    let held: HeldNetwork | undefined;
    let order: ProcessStart | undefined;

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
        const { network, runDirectory, identitiesDirectory, connectionProfiles } = told;
        held = await start(told, log);
        const { chaincodePids, nodePids, startedAtMs } = held;
        const running: RunningNetwork = {
            backend,
            network,
            runDirectory,
            identitiesDirectory,
            connectionProfiles,
            networkPid: process.pid,
            chaincodePids,
            ...(nodePids ? { nodePids } : {}),
            startedAtMs,
        };
        writeFileSync(runFiles.running(runDirectory), JSON.stringify(running));
        answer({ kind: 'ready', running });
    }

    function end(): void {
        const stopped = held?.stop() ?? Promise.resolve();
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
    process.send?.(message);
}

function log(line: string): void {
    process.stdout.write(`${new Date().toISOString()} ${line}\n`);
}
