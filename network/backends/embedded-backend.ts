import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, readFile, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { newGenesisBlock } from '../generate/genesis-block';
import { newConnectionProfile } from '../generate/connection-profile';
import { writeIdentities } from '../identities/identity-store';
import { issueIdentities } from '../identities/issue-identities';
import type { Network } from '../topology/network-model';
import { projectRoot } from '../topology/project-root';
import { BackendError } from './backend-errors';
import { buildChaincode } from './build-chaincode';
import { cleanEnvironment } from './clean-environment';
import type { EmbeddedAnswer, EmbeddedStart } from './embedded-start';
import type { NetworkBackend, NetworkStatus, StartOptions } from './network-backend';
import { isProcessAlive, runFiles } from './running-network';
import type { RunningNetwork } from './running-network';
import { passRunLock, releaseRunLock, takeRunLock } from './run-lock';
import { waitUntil } from './wait-until';

const defaultDeadlineMs = 60_000;
const stopDeadlineMs = 5_000;
const statusDeadlineMs = 5_000;
const processFile = join(__dirname, 'embedded-process.ts');

/** Runs the network in one process of its own, written here, with its chaincodes beside it. State is in memory. */
export const embeddedBackend: NetworkBackend = { name: 'embedded', start, stop, whyEnded, status };

async function start(network: Network, options: StartOptions): Promise<RunningNetwork> {
    const { runDirectory } = options;
    await takeRunLock(runDirectory, process.pid);
    try {
        // The process loads its program while keys are made and the chaincode is compiled.
        const child = await startProcess(options);
        try {
            await passRunLock(runDirectory, child.pid ?? process.pid);
            const [order] = await Promise.all([prepare(network, options), buildChaincode(options.chaincodeDirectory)]);
            child.send(order);
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

/** Keys, genesis block and profiles of a new network, on disk. */
async function prepare(network: Network, options: StartOptions): Promise<EmbeddedStart> {
    const { runDirectory, chaincodeDirectory, now } = options;
    const identities = await issueIdentities(network, { now });
    const genesisBlock = newGenesisBlock(network, identities, { now, nonce: randomBytes(24) });
    const identitiesDirectory = runFiles.identities(runDirectory);
    await Promise.all([
        writeIdentities(identitiesDirectory, identities),
        writeFile(runFiles.genesisBlock(runDirectory), genesisBlock),
    ]);
    const profiles = network.organizations.map(
        ({ mspId }) => [mspId, newConnectionProfile(network, mspId, identities)] as const,
    );
    return {
        network,
        runDirectory,
        identitiesDirectory,
        chaincodeDirectory,
        connectionProfiles: Object.fromEntries(profiles),
        endsWithStarter: options.endsWithStarter ?? false,
    };
}

async function startProcess({ runDirectory, environment }: StartOptions): Promise<ChildProcess> {
    const log = await open(runFiles.log(runDirectory), 'w');
    try {
        return fork(processFile, [], {
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

/** The shim tells every call unless it is told not to; whoever wants that sets the variables. */
const chaincodeLogging = { CORE_CHAINCODE_LOGGING_LEVEL: 'error', CORE_CHAINCODE_LOGGING_SHIM: 'error' };

/** Waits for the process's own word, or for its end. */
async function whenReady(child: ChildProcess, options: StartOptions): Promise<RunningNetwork> {
    const { runDirectory, deadlineMs = defaultDeadlineMs } = options;
    const logFile = runFiles.log(runDirectory);
    let answer: EmbeddedAnswer | undefined;
    child.on('message', (message) => {
        answer = message as EmbeddedAnswer;
    });
    child.once('exit', (exitStatus, signal) => {
        const reason = `its process ended (${signal ?? `status ${String(exitStatus)}`}).`;
        answer ??= { kind: 'failed', causeCode: 'PROCESS_ENDED', reason };
    });
    const lines = await waitUntil(() => answer, { deadlineMs, forWhat: 'the embedded network to be ready' });
    if (lines.kind === 'failed') {
        const { causeCode } = lines;
        const lastLines = causeCode === 'PROCESS_ENDED' ? await lastLinesOf(logFile) : [];
        const shown = lastLines.length > 0 ? ` Its last lines were:\n${lastLines.join('\n')}\n` : '';
        throw new BackendError({ code: 'NETWORK_NOT_STARTED', causeCode, reason: lines.reason + shown, logFile });
    }
    if (!options.endsWithStarter) {
        child.disconnect();
    }
    child.unref();
    return lines.running;
}

async function lastLinesOf(logFile: string): Promise<string[]> {
    return (await readFile(logFile, 'utf8')).trimEnd().split('\n').slice(-10);
}

async function whyEnded({ networkPid, runDirectory }: RunningNetwork): Promise<BackendError | undefined> {
    if (isProcessAlive(networkPid)) return undefined;
    const logFile = runFiles.log(runDirectory);
    return new BackendError({
        code: 'NETWORK_ENDED',
        pid: networkPid,
        logFile,
        lastLines: await lastLinesOf(logFile),
    });
}

async function stop(running: RunningNetwork): Promise<void> {
    const { networkPid, runDirectory } = running;
    signal(networkPid, 'SIGTERM');
    const gone = (): true | undefined => (isProcessAlive(networkPid) ? undefined : true);
    try {
        await waitUntil(gone, { deadlineMs: stopDeadlineMs, forWhat: `process ${networkPid} to end` });
    } catch (error) {
        if (!(error instanceof BackendError)) throw error;
        signal(networkPid, 'SIGKILL');
        await waitUntil(gone, { deadlineMs: stopDeadlineMs, forWhat: `process ${networkPid} to be gone` });
    }
    const { chaincodePids } = running;
    await waitUntil(() => !chaincodePids.some(isProcessAlive), {
        deadlineMs: stopDeadlineMs,
        forWhat: `the chaincode processes ${chaincodePids.join(', ')} to be gone`,
    });
    await releaseRunLock(runDirectory);
}

function signal(pid: number, name: NodeJS.Signals): void {
    if (isProcessAlive(pid)) {
        process.kill(pid, name);
    }
}

async function status(running: RunningNetwork): Promise<NetworkStatus> {
    const [peer] = running.network.organizations[0]?.peers ?? [];
    const { runDirectory } = running;
    return new Promise((resolve, reject) => {
        const failed = (cause: unknown): void => {
            reject(new BackendError({ code: 'NETWORK_NOT_UP', runDirectory }, { cause }));
        };
        const target = { host: peer?.host, port: peer?.operationsPort, path: '/status', timeout: statusDeadlineMs };
        get(target, (response) => {
            response.setEncoding('utf8');
            let text = '';
            response.on('data', (chunk: string) => (text += chunk));
            response.on('end', () => {
                resolve(JSON.parse(text) as NetworkStatus);
            });
        }).on('error', failed);
    });
}
