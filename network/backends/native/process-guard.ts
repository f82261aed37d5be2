import { spawn } from 'node:child_process';

/** Kills every process of a group once nobody holds the other end of its input any more. */
const program = 'cat >/dev/null; kill -s KILL -- "-$1" 2>/dev/null; exit 0';

/**
 * Sees to it that nothing of this process's group outlives this process, even when it is killed: Fabric's programs do not
 * watch their parent. This process must lead its group. A guard that ends is replaced.
 */
export function guardProcessGroup(): void {
    const guard = spawn('/bin/sh', ['-c', program, 'guard', String(process.pid)], {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
    });
    guard.stdin.on('error', () => undefined);
    guard.once('exit', guardProcessGroup);
    guard.unref();
}
