import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { lastLinesOf } from '../../network/backends/last-lines';
import { projectRoot } from '../../network/topology/project-root';
import { CaliperError } from '../caliper-errors';
import type { MovedByItself, TerminalsOrder, TerminalsReport } from './terminal-messages';

export interface TerminalGroupOptions {
    readonly medium: string;
    readonly order: TerminalsOrder;
    /** What the process says by itself; absolute. */
    readonly logFile: string;
    /** Without proxy settings. */
    readonly environment: NodeJS.ProcessEnv;
}

/** Dozens of gateways open at once, over a narrow radio, beside a network that does the same. */
const listenDeadlineMs = 300_000;

/** The terminals of one medium, played by a process of its own. It ends with this one. */
export class TerminalGroup {
    readonly #options: TerminalGroupOptions;
    readonly #child: ChildProcess;
    readonly #broken = new AbortController();
    readonly #failures: string[] = [];
    #isStopping = false;

    private constructor(options: TerminalGroupOptions) {
        this.#options = options;
        const log = openSync(options.logFile, 'w');
        this.#child = fork(join(__dirname, 'terminal-process.ts'), [], {
            cwd: projectRoot,
            env: options.environment,
            execArgv: ['--require', join(projectRoot, 'network', 'client', 'preload.cjs')],
            // A group of its own: Ctrl-C reaches the runner only, which then ends it.
            detached: true,
            stdio: ['ignore', log, log, 'ipc'],
        });
        closeSync(log);
        this.#child.on('message', (told) => {
            const { medium } = options;
            const report = told as TerminalsReport;
            if (report.kind === 'failure') this.#failures.push(`${report.terminalId} over ${medium}: ${report.why}`);
        });
        this.#child.once('exit', () => {
            if (!this.#isStopping) this.#broken.abort(this.#whyEnded());
        });
        this.#child.once('error', (cause) => {
            this.#broken.abort(this.#fault(cause.message));
        });
    }

    /** Answers when all terminals listen. Throws CaliperError `TERMINALS_NOT_PLAYED`; nothing runs then. */
    static async start(options: TerminalGroupOptions, signal: AbortSignal): Promise<TerminalGroup> {
        const group = new TerminalGroup(options);
        try {
            await group.#listen(signal);
            return group;
        } catch (error) {
            await group.stop();
            throw error;
        }
    }

    get pid(): number {
        return this.#child.pid ?? 0;
    }

    /** Aborted, with the reason, when the process ended by itself. */
    get broken(): AbortSignal {
        return this.#broken.signal;
    }

    /** What the terminals could not do, in their words. */
    get failures(): readonly string[] {
        return this.#failures;
    }

    /** Has a terminal report that its device moved by itself; what it could not do is told by `failures`. */
    reportDisplacement(moved: MovedByItself): void {
        this.#child.send(moved);
    }

    /** May be called twice. */
    async stop(): Promise<void> {
        this.#isStopping = true;
        const child = this.#child;
        if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
    }

    async #listen(signal: AbortSignal): Promise<void> {
        const listening = new Promise<void>((resolve, reject) => {
            const give = (error: CaliperError): void => {
                reject(error);
            };
            this.#child.on('message', (told) => {
                const report = told as TerminalsReport;
                if (report.kind === 'listening') resolve();
                if (report.kind === 'not-listening') give(this.#fault(report.why));
            });
            const broken = this.#broken.signal;
            broken.addEventListener('abort', () => {
                give(broken.reason as CaliperError);
            });
            signal.addEventListener('abort', () => {
                give(new CaliperError({ code: 'BENCH_INTERRUPTED' }));
            });
            if (signal.aborted) give(new CaliperError({ code: 'BENCH_INTERRUPTED' }));
            AbortSignal.timeout(listenDeadlineMs).addEventListener('abort', () => {
                give(this.#fault(`they did not listen within ${listenDeadlineMs} ms.`));
            });
        });
        this.#child.send(this.#options.order);
        await listening;
    }

    #whyEnded(): CaliperError {
        const { exitCode, signalCode } = this.#child;
        const lines = lastLinesOf(this.#options.logFile).join(' | ');
        return this.#fault(`their process ended with ${signalCode ?? String(exitCode)}. ${lines}`.trimEnd());
    }

    #fault(why: string): CaliperError {
        return new CaliperError({ code: 'TERMINALS_NOT_PLAYED', medium: this.#options.medium, why });
    }
}
