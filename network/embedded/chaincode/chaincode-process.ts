import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ChaincodeError } from './chaincode-errors';

/** How to start the chaincode of one organisation. */
export interface ChaincodeProcessOptions {
    /** Name of the service, e.g. chaincode.dispatch.feeder.example: stands before each of its log lines. */
    readonly service: string;
    /** Folder with the chaincode's package.json. */
    readonly directory: string;
    /** Where it shall listen: host:port. */
    readonly address: string;
    readonly packageId: string;
    /** Further files for --require. */
    readonly preloads?: readonly string[];
    /** Receives each line that the process prints. */
    readonly log: (line: string) => void;
}

const keptLines = 20;
const parentPipe = 3;

/**
 * A `fabric-chaincode-node server` of its own, which ends with this process even when this one is killed: it holds the
 * other end of a pipe (parent-watch.cjs). It is started with this process's environment.
 */
export class ChaincodeProcess {
    readonly #service: string;
    readonly #child: ChildProcess;
    readonly #lastLines: string[] = [];
    readonly #exited: Promise<string>;

    constructor(options: ChaincodeProcessOptions) {
        this.#service = options.service;
        const preloads = [join(__dirname, 'parent-watch.cjs'), ...(options.preloads ?? [])];
        const program = findShim(options.directory);
        this.#child = spawn(
            process.execPath,
            [
                ...preloads.flatMap((file) => ['--require', file]),
                program,
                'server',
                '--chaincode-address',
                options.address,
                '--chaincode-id',
                options.packageId,
            ],
            { cwd: options.directory, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
        );
        // An unread pipe would fill; a broken one (the child ended first) is no fault of ours.
        this.#child.stdio[parentPipe]?.on('error', () => undefined);
        for (const output of [this.#child.stdout, this.#child.stderr]) {
            this.#follow(output, options.log);
        }
        this.#exited = new Promise((resolve) => {
            this.#child.once('error', (error) => {
                resolve(error.message);
            });
            this.#child.once('exit', (status, signal) => {
                resolve(signal === null ? `it ended with status ${String(status)}` : `it was ended by ${signal}`);
            });
        });
    }

    get pid(): number | undefined {
        return this.#child.pid;
    }

    /** Waits for `ready`; throws CHAINCODE_NOT_STARTED, with the last lines printed, when the process ends before. */
    async started(ready: Promise<void>): Promise<void> {
        const outcome = await Promise.race([
            ready.then(
                () => undefined,
                (error: unknown) => (error instanceof Error ? error.message : String(error)),
            ),
            this.#exited,
        ]);
        if (outcome !== undefined) {
            const { lastLines } = this;
            throw new ChaincodeError({
                code: 'CHAINCODE_NOT_STARTED',
                service: this.#service,
                reason: outcome,
                lastLines,
            });
        }
    }

    get lastLines(): readonly string[] {
        return [...this.#lastLines];
    }

    /** Ends the process and waits until it is gone. */
    async stop(): Promise<void> {
        if (this.#child.exitCode === null && this.#child.signalCode === null) {
            this.#child.kill('SIGKILL'); // it keeps nothing; the shim would wait for its streams
            await this.#exited;
        }
    }

    #follow(output: Readable | null, log: (line: string) => void): void {
        if (!output) {
            return;
        }
        createInterface({ input: output }).on('line', (line) => {
            this.#lastLines.push(line);
            if (this.#lastLines.length > keptLines) {
                this.#lastLines.shift();
            }
            log(`${this.#service} ${line}`);
        });
    }
}

/** The program `fabric-chaincode-node` of the fabric-shim that the chaincode itself would load. */
function findShim(directory: string): string {
    const resolve = createRequire(join(directory, 'package.json'));
    return join(dirname(resolve.resolve('fabric-shim/package.json')), 'cli.js');
}
