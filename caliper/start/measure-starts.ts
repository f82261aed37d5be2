import { StartError } from './start-errors';
import type { MeasuredStart } from './start-record';

/** How a command ended. */
export interface CommandEnd {
    /** Exit status, or the signal's name. */
    readonly status: number | string;
    /** The last lines of what it printed. */
    readonly lastLines: readonly string[];
}

/** What is typed for one start, and to undo it: the words behind `npm run`. */
export interface StartCommands {
    readonly up: readonly string[];
    readonly set: readonly string[];
    readonly down: readonly string[];
}

export interface StartsPlan {
    readonly commands: StartCommands;
    readonly times: number;
    readonly limitMs: number;
}

/** The machine that the commands are typed on. */
export interface StartDesk {
    /** Runs a command to its end. */
    readonly run: (words: readonly string[]) => Promise<CommandEnd>;
    /** Milliseconds that only go forward. */
    readonly nowMs: () => number;
    /** Of the machine, over one minute. */
    readonly load: () => number;
    readonly progress: (line: string) => void;
}

/**
 * Starts a network from nothing and has a terminal's first `Set` committed, as often as is planned; each network is taken
 * down again, which is not counted. Throws StartError COMMAND_FAILED.
 */
export async function measureStarts(plan: StartsPlan, desk: StartDesk): Promise<MeasuredStart[]> {
    const starts: MeasuredStart[] = [];
    while (starts.length < plan.times) {
        const start = await measureStart(plan, desk);
        starts.push(start);
        desk.progress(`start ${starts.length} of ${plan.times}: ${(start.totalMs / 1000).toFixed(1)} s`);
    }
    return starts;
}

async function measureStart({ commands, limitMs }: StartsPlan, desk: StartDesk): Promise<MeasuredStart> {
    const load = desk.load();
    const begunMs = desk.nowMs();
    try {
        await succeed(commands.up, desk);
        const upMs = desk.nowMs() - begunMs;
        await succeed(commands.set, desk);
        const totalMs = desk.nowMs() - begunMs;
        return { upMs, setMs: totalMs - upMs, totalMs, load, kept: totalMs <= limitMs };
    } finally {
        await succeed(commands.down, desk);
    }
}

async function succeed(words: readonly string[], { run }: StartDesk): Promise<void> {
    const { status, lastLines } = await run(words);
    if (status === 0) return;
    throw new StartError({ code: 'COMMAND_FAILED', command: `npm run ${words.join(' ')}`, status, lastLines });
}
