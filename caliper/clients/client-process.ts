import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chaincodeLogging } from '../../network/backends/chaincode-logging';
import { projectRoot } from '../../network/topology/project-root';
import { processCpuMs } from '../capacity/process-cpu';
import { CaliperError } from '../caliper-errors';
import type { ClientAnswer, ClientRequest, ClientRound } from './client-messages';

/** Which client: ours, or fabric-network as it is shipped. */
export type ClientName = 'own' | 'stock';

const programs: Readonly<Record<ClientName, { readonly file: string; readonly preload: string }>> = {
    own: { file: 'own-client-process.ts', preload: join(projectRoot, 'network', 'client', 'preload.cjs') },
    stock: { file: 'stock-client-process.ts', preload: 'ts-node/register/transpile-only' },
};

export interface MeasuredRound extends ClientRound {
    /** CPU of the whole client process, ms, read from /proc. */
    readonly cpuMs: number;
}

/** A client that runs in a process of its own and is asked for one thing after the other. */
export class ClientProcess {
    readonly #name: ClientName;
    readonly #child: ChildProcess;

    private constructor(name: ClientName, child: ChildProcess) {
        this.#name = name;
        this.#child = child;
    }

    /** Starts it and opens a gateway for each terminal. Throws CLIENT_NOT_MEASURED. */
    static async start(
        name: ClientName,
        order: Omit<Extract<ClientRequest, { kind: 'open' }>, 'kind'>,
        environment: NodeJS.ProcessEnv,
    ): Promise<ClientProcess> {
        const { file, preload } = programs[name];
        const child = fork(join(__dirname, file), [], {
            cwd: projectRoot,
            env: { ...environment, ...chaincodeLogging },
            execArgv: ['--require', preload],
            // What the stock SDK logs is of no use here; what it costs to log is measured all the same.
            stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
        });
        const started = new ClientProcess(name, child);
        try {
            await started.#ask({ kind: 'open', ...order });
            return started;
        } catch (error) {
            await started.stop();
            throw error;
        }
    }

    /** Runs a round and measures it. Throws CLIENT_NOT_MEASURED. */
    async runRound(round: Omit<Extract<ClientRequest, { kind: 'round' }>, 'kind'>): Promise<MeasuredRound> {
        const pid = this.#child.pid ?? 0;
        const before = processCpuMs(pid);
        const answer = await this.#ask({ kind: 'round', ...round });
        const cpuMs = processCpuMs(pid) - before;
        if (answer.kind !== 'measured') throw this.#failure('it answered something else than a round.');
        return { ...answer, cpuMs };
    }

    async stop(): Promise<void> {
        if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
        const ended = once(this.#child, 'exit');
        this.#child.kill('SIGKILL');
        await ended;
    }

    async #ask(request: ClientRequest): Promise<ClientAnswer> {
        const answered = new Promise<ClientAnswer>((resolve, reject) => {
            const end = (): void => {
                reject(this.#failure('its process ended.'));
            };
            this.#child.once('exit', end);
            this.#child.once('message', (message) => {
                this.#child.off('exit', end);
                resolve(message as ClientAnswer);
            });
        });
        this.#child.send(request);
        const answer = await answered;
        if (answer.kind === 'failed') throw this.#failure(answer.why);
        return answer;
    }

    #failure(why: string): CaliperError {
        return new CaliperError({ code: 'CLIENT_NOT_MEASURED', client: this.#name, why });
    }
}
