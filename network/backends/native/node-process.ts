import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';
import { BackendError } from '../backend-errors';
import { newNodeEnded } from './node-ended';
import { lastLinesOf } from '../last-lines';
import { runFiles } from '../running-network';
import { waitUntil } from '../wait-until';
import type { NodePlan } from './node-plan';

const stopDeadlineMs = 5_000;

/** One process of the network: it belongs to this process's group, and its output to a log file of its own. */
export class NodeProcess {
    readonly name: string;
    readonly #child: ChildProcess;
    readonly #logFile: string;
    #end: string | undefined;
    #isStopping = false;

    private constructor(name: string, child: ChildProcess, logFile: string) {
        this.name = name;
        this.#child = child;
        this.#logFile = logFile;
        child.once('error', (error) => {
            this.#end ??= error.message;
        });
        child.once('exit', (status, signal) => {
            this.#end ??= signal ?? `status ${String(status)}`;
        });
    }

    /**
     * Writes the configuration and starts, with an empty log or behind what an earlier process logged. That it serves is
     * another question.
     */
    static async start(plan: NodePlan, runDirectory: string, log: 'new' | 'continued'): Promise<NodeProcess> {
        const logFile = runFiles.nodeLog(runDirectory, plan.name);
        await mkdir(dirname(logFile), { recursive: true });
        if (plan.config) {
            await mkdir(dirname(plan.config.file), { recursive: true });
            await writeFile(plan.config.file, stringify(plan.config.content));
        }
        const opened = openSync(logFile, log === 'new' ? 'w' : 'a');
        try {
            const { program, args, directory, environment } = plan;
            const stdio = ['ignore', opened, opened] as const;
            const child = spawn(program, args, { cwd: directory, env: environment, stdio: [...stdio] });
            return new NodeProcess(plan.name, child, logFile);
        } finally {
            closeSync(opened);
        }
    }

    get pid(): number {
        return this.#child.pid ?? 0;
    }

    get isRunning(): boolean {
        return this.#end === undefined;
    }

    /** Calls back, with NODE_ENDED and the last log lines, when the process ends without having been told to. */
    onUnexpectedEnd(tell: (error: BackendError) => void): void {
        const ended = (): void => {
            if (!this.#isStopping) tell(this.#newEnded());
        };
        this.#child.once('exit', ended);
        this.#child.once('error', ended);
    }

    /** Waits until the node serves. Throws WAITED_TOO_LONG with the last log lines. */
    async serving(isServing: () => Promise<boolean>, deadlineMs: number): Promise<void> {
        const lastLines = (): readonly string[] => lastLinesOf(this.#logFile);
        await waitUntil(isServing, { deadlineMs, forWhat: `${this.name} to serve`, lastLines });
    }

    /** Asks the process to end, ends it when it does not, and waits until it is gone. */
    async stop(): Promise<void> {
        this.#isStopping = true;
        if (!this.isRunning) return;
        this.#child.kill('SIGTERM');
        try {
            await waitUntil(() => !this.isRunning, { deadlineMs: stopDeadlineMs, forWhat: `${this.name} to end` });
        } catch (error) {
            if (!(error instanceof BackendError)) throw error;
            await this.kill();
        }
    }

    /** Ends the process at once, as a power failure would, and waits until it is gone. */
    async kill(): Promise<void> {
        this.#isStopping = true;
        if (!this.isRunning) return;
        this.#child.kill('SIGKILL');
        await waitUntil(() => !this.isRunning, { deadlineMs: stopDeadlineMs, forWhat: `${this.name} to be gone` });
    }

    #newEnded(): BackendError {
        return newNodeEnded(this.name, this.#end ?? 'unknown', this.#logFile);
    }
}
