import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ConnectorKind } from '../rounds/operations';
import type { CaliperEvent } from './caliper-output';
import { CaliperOutput } from './caliper-output';

export interface CaliperProcessOptions {
    /** Caliper's workspace: its files, its log and its own report lie there; absolute. */
    readonly directory: string;
    readonly projectRoot: string;
    readonly benchmarkFile: string;
    readonly networkFile: string;
    readonly connector: ConnectorKind;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
    onEvent(event: CaliperEvent): void;
}

/** A running manager of Caliper with its workers: a process group of its own. */
export interface CaliperProcess {
    /** Settles when the manager has ended, however. Its exit code says nothing about the rounds. */
    readonly ended: Promise<{ readonly exitCode: number | null }>;
    hasEnded(): boolean;
    /** Ends manager and workers at once. */
    kill(): void;
}

/** Milliseconds. Caliper waits one progress interval at each round's end, and 5 s between rounds, which is fixed. */
const intervals = { progress: 500, updates: 250, poll: 100 };

/** Starts `caliper launch manager` for rounds only: the network is up and the chaincode is there. */
export function startCaliper(options: CaliperProcessOptions): CaliperProcess {
    const { directory, projectRoot, benchmarkFile, networkFile } = options;
    const settings = {
        'caliper-workspace': directory,
        'caliper-benchconfig': benchmarkFile,
        'caliper-networkconfig': networkFile,
        'caliper-report-path': join(directory, 'caliper-report.html'),
        'caliper-progress-reporting-interval': intervals.progress,
        'caliper-observer-internal-interval': intervals.updates,
        'caliper-worker-pollinterval': intervals.poll,
    };
    const cli = createRequire(join(projectRoot, 'package.json')).resolve('@hyperledger/caliper-cli/caliper.js');
    const preloads = [sdkPreload(options), join(projectRoot, 'caliper', 'connector', 'preload.cjs')];
    const child = spawn(
        process.execPath,
        [
            cli,
            'launch',
            'manager',
            '--caliper-flow-only-test',
            ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`),
        ],
        {
            cwd: projectRoot,
            // A group of its own: Ctrl-C reaches the runner only, which then ends the whole group.
            detached: true,
            // The channel breaks when the runner dies, and the manager ends with it (connector/preload.cjs).
            stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
            env: {
                ...withoutCaliperSettings(options.environment),
                NODE_OPTIONS: preloads.map((file) => `--require ${JSON.stringify(file)}`).join(' '),
            },
        },
    );
    const log = createWriteStream(join(directory, 'caliper.log'));
    const output = new CaliperOutput();
    for (const stream of [child.stdout, child.stderr]) {
        if (stream === null) continue;
        createInterface({ input: stream }).on('line', (line) => {
            log.write(`${line}\n`);
            const event = output.read(line);
            if (event !== undefined) options.onEvent(event);
        });
    }
    return {
        ended: endOf(child, log),
        hasEnded: () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined,
        kill: () => {
            killGroup(child);
        },
    };
}

/** Caliper takes settings from the environment, before its own defaults; somebody else's would change what it logs. */
function withoutCaliperSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
    return Object.fromEntries(Object.entries(environment).filter(([name]) => !/^caliper[-_]/i.test(name)));
}

/** TypeScript, and for our connector native signing; Caliper's own runs with the SDK as it ships. */
function sdkPreload({ projectRoot, connector }: CaliperProcessOptions): string {
    return connector === 'grid' ? join(projectRoot, 'network', 'client', 'preload.cjs') : 'ts-node/register';
}

function endOf(child: ChildProcess, log: NodeJS.WritableStream): Promise<{ exitCode: number | null }> {
    return new Promise((resolve) => {
        child.once('error', () => {
            resolve({ exitCode: null });
        });
        child.once('close', (exitCode) => {
            log.end();
            killGroup(child);
            resolve({ exitCode });
        });
    });
}

/** Workers that the manager left behind are ended as well. */
function killGroup(child: ChildProcess): void {
    if (child.pid === undefined) return;
    try {
        process.kill(-child.pid, 'SIGKILL');
    } catch {
        // Nobody of the group lives any more.
    }
}
