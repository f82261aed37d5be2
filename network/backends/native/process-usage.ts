import { readFile } from 'node:fs/promises';

export interface ProcessUsage {
    readonly memoryMb: number;
    /** Since each process's start. */
    readonly cpuMs: number;
}

/** Linux counts CPU in hundredths of a second towards programs, whatever the kernel's own tick. */
const msPerTick = 10;

/** Resident memory and CPU of processes together. */
export function sumUsage(each: readonly ProcessUsage[]): ProcessUsage {
    return {
        memoryMb: Math.round(each.reduce((sum, { memoryMb }) => sum + memoryMb, 0)),
        cpuMs: each.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    };
}

/** Resident memory and CPU of a process, as the kernel tells it in /proc; 0 where there is none. */
export async function readUsage(pid: number): Promise<ProcessUsage> {
    const [status, stat] = await Promise.all([readProc(pid, 'status'), readProc(pid, 'stat')]);
    const kilobytes = Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0);
    // Fields 14 and 15 of proc(5), counted behind the program's name, which may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const ticks = Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
    return { memoryMb: kilobytes / 1024, cpuMs: ticks * msPerTick };
}

async function readProc(pid: number, file: string): Promise<string> {
    return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
}
