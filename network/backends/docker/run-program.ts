import { spawn } from 'node:child_process';

export interface ProgramEnd {
    /** undefined when it was ended by a signal. */
    readonly status: number | undefined;
    readonly output: string;
    /** Output and errors as they came. */
    readonly lines: readonly string[];
}

export interface RunOptions {
    readonly environment: NodeJS.ProcessEnv;
    readonly directory?: string;
    /** Has the program end; what it has begun is for the caller to undo. */
    readonly interruption?: AbortSignal | undefined;
}

/** Runs a program to its end; undefined when there is no such program. */
export async function runProgram(
    program: string,
    args: readonly string[],
    options: RunOptions,
): Promise<ProgramEnd | undefined> {
    return new Promise((resolve, reject) => {
        const child = spawn(program, args, {
            cwd: options.directory,
            env: options.environment,
            stdio: ['ignore', 'pipe', 'pipe'],
        });
        const interrupt = (): void => {
            child.kill();
        };
        options.interruption?.addEventListener('abort', interrupt, { once: true });
        if (options.interruption?.aborted) interrupt();
        let output = '';
        let all = '';
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
            output += text;
            all += text;
        });
        child.stderr.setEncoding('utf8').on('data', (text: string) => (all += text));
        child.once('error', (error: NodeJS.ErrnoException) => {
            if (error.code === 'ENOENT') resolve(undefined);
            else reject(error);
        });
        child.once('close', (status) => {
            options.interruption?.removeEventListener('abort', interrupt);
            const lines = all.split('\n').filter((line) => line.trim() !== '');
            resolve({ status: status ?? undefined, output, lines });
        });
    });
}
