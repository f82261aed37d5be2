import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectRoot } from '../../network/topology/project-root';

export interface BenchProcess {
    readonly child: ChildProcess;
    /** Standard output and error so far. */
    text(): string;
    /** Exit code, or the signal's name. */
    readonly ended: Promise<number | string>;
}

/** Starts `scripts/bench.ts` as a process of its own, as `npm run bench` does. */
export function startBench(args: readonly string[], environment: NodeJS.ProcessEnv = {}): BenchProcess {
    const child = spawn(
        process.execPath,
        ['--require', 'ts-node/register', join(projectRoot, 'scripts', 'bench.ts'), ...args],
        { cwd: projectRoot, env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', (chunk: string) => (text += chunk));
    }
    const ended = new Promise<number | string>((resolve) => {
        child.once('close', (code, signal) => {
            resolve(code ?? signal ?? 'unknown');
        });
    });
    return { child, text: () => text, ended };
}

/** A process and all that it started, directly or not, as long as they live. */
export function processTree(pid: number): number[] {
    const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .map((row) => row.trim().split(/\s+/).map(Number));
    const below = (parent: number): number[] =>
        rows.filter(([, ppid]) => ppid === parent).flatMap(([child = 0]) => [child, ...below(child)]);
    return [pid, ...below(pid)];
}

/** Of a process' tree those whose command line names a file. */
export function processesOf(pid: number, file: string): number[] {
    const tree = new Set(processTree(pid));
    return execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' })
        .trim()
        .split('\n')
        .filter((row) => row.includes(file))
        .map((row) => Number.parseInt(row.trim(), 10))
        .filter((one) => tree.has(one));
}
