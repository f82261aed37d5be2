import { readFileSync } from 'node:fs';

/** Fabric runs on Linux, where a tick of /proc is a hundredth of a second on every common architecture. */
const tickMs = 10;
const userField = 11;
const systemField = 12;

/** CPU that a process has used since its start, user and system, in ms. Linux only. */
export function processCpuMs(pid: number): number {
    return parseCpuMs(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** The content of /proc/PID/stat → ms. The name in parentheses may hold anything, so counting begins behind it. */
export function parseCpuMs(stat: string): number {
    const fields = stat
        .slice(stat.lastIndexOf(')') + 1)
        .trim()
        .split(' ');
    return (Number(fields[userField]) + Number(fields[systemField])) * tickMs;
}
