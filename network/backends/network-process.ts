import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { open } from 'node:fs/promises';
import { projectRoot } from '../topology/project-root';
import { BackendError } from './backend-errors';
import { chaincodeLogging } from './chaincode-logging';
import { cleanEnvironment } from './clean-environment';
import { hasErrorCode } from './has-error-code';
import { lastLinesOf } from './last-lines';
import type { StartOptions } from './network-backend';
import type { ProcessAnswer, ProcessStart } from './process-start';
import { passRunLock, releaseRunLock, takeRunLock } from './run-lock';
import { isProcessAlive, refreshRunningNetwork, runFiles } from './running-network';
import type { RunningNetwork } from './running-network';
import { waitUntil } from './wait-until';

const defaultDeadlineMs = 60_000;

/**
 * Starts a network in a process of its own, `program`, which outlives this one unless it shall end with it. The program
 * is loaded while `prepare` makes what it is told. Throws BackendError, and then nothing stays running.
 */
export async function startInProcess(
    program: string,
    options: StartOptions,
    prepare: () => Promise<ProcessStart>,
): Promise<RunningNetwork> {
    const { runDirectory } = options;
    await writing(runDirectory, () => takeRunLock(runDirectory, process.pid));
    try {
        const child = await writing(runDirectory, () => startProcess(program, options));
        try {
            await passRunLock(runDirectory, child.pid ?? process.pid);
            child.send(await writing(runDirectory, prepare));
            const ready = whenReady(child, options);
            options.meanwhile?.();
            return await ready;
        } catch (error) {
            child.kill('SIGKILL');
            throw error;
        }
    } catch (error) {
        await releaseRunLock(runDirectory);
        throw error;
    }
}

const unwritable = ['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EFBIG', 'ENOTDIR'];

/** Tells in RUN_DIRECTORY_UNUSABLE what a full disk or a foreign folder stopped. */
async function writing<T>(runDirectory: string, act: () => Promise<T>): Promise<T> {
    try {
        return await act();
    } catch (cause) {
        if (!unwritable.some((code) => hasErrorCode(cause, code))) throw cause;
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new BackendError({ code: 'RUN_DIRECTORY_UNUSABLE', runDirectory, reason }, { cause });
    }
}

async function startProcess(program: string, { runDirectory, environment }: StartOptions): Promise<ChildProcess> {
    const log = await open(runFiles.log(runDirectory), 'w');
    try {
        return fork(program, [], {
            cwd: projectRoot,
            detached: true,
            env: { ...chaincodeLogging, ...cleanEnvironment(environment) },
            execArgv: ['--require', 'ts-node/register/transpile-only'],
            stdio: ['ignore', log.fd, log.fd, 'ipc'],
        });
    } finally {
        await log.close();
    }
}

/** Waits for the process's own word, or for its end. */
async function whenReady(child: ChildProcess, options: StartOptions): Promise<RunningNetwork> {
    const { runDirectory, deadlineMs = defaultDeadlineMs } = options;
    const logFile = runFiles.log(runDirectory);
    let answer: ProcessAnswer | undefined;
    child.on('message', (message) => {
        answer = message as ProcessAnswer;
    });
    child.once('exit', (exitStatus, signal) => {
        const reason = `its process ended (${signal ?? `status ${String(exitStatus)}`}).`;
        answer ??= { kind: 'failed', causeCode: 'PROCESS_ENDED', reason };
    });
    const found = await waitUntil(() => answer, { deadlineMs, forWhat: 'the network to be ready' });
    if (found.kind === 'failed') {
        const { causeCode } = found;
        const lastLines = causeCode === 'PROCESS_ENDED' ? lastLinesOf(logFile) : [];
        const shown = lastLines.length > 0 ? ` Its last lines were:\n${lastLines.join('\n')}\n` : '';
        throw new BackendError({ code: 'NETWORK_NOT_STARTED', causeCode, reason: found.reason + shown, logFile });
    }
    if (!options.endsWithStarter) {
        child.disconnect();
    }
    child.unref();
    return found.running;
}

/** NETWORK_ENDED when the network's process is gone. */
export function whyProcessEnded({ networkPid, runDirectory }: RunningNetwork): BackendError | undefined {
    if (isProcessAlive(networkPid)) return undefined;
    const logFile = runFiles.log(runDirectory);
    return new BackendError({ code: 'NETWORK_ENDED', pid: networkPid, logFile, lastLines: lastLinesOf(logFile) });
}

/** Ends the network's process, in order if it can, and waits until what it started is gone, too. */
export async function stopNetworkProcess(running: RunningNetwork, deadlineMs: number): Promise<void> {
    const { networkPid, runDirectory, chaincodePids, nodePids = {} } = await refreshRunningNetwork(running);
    signal(networkPid, 'SIGTERM');
    const gone = (): true | undefined => (isProcessAlive(networkPid) ? undefined : true);
    try {
        await waitUntil(gone, { deadlineMs, forWhat: `process ${networkPid} to end` });
    } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        signal(networkPid, 'SIGKILL');
        await waitUntil(gone, { deadlineMs, forWhat: `process ${networkPid} to be gone` });
    }
    const others = [...chaincodePids, ...Object.values(nodePids)];
    await waitUntil(() => !others.some(isProcessAlive), {
        deadlineMs,
        forWhat: `the processes ${others.join(', ')} to be gone`,
    });
    await releaseRunLock(runDirectory);
}

function signal(pid: number, name: NodeJS.Signals): void {
    if (isProcessAlive(pid)) {
        process.kill(pid, name);
    }
}
