import { setTimeout as pause } from 'node:timers/promises';
import { BackendError } from './backend-errors';

export interface WaitOptions {
    readonly deadlineMs: number;
    /** Completes "Waited in vain for …". */
    readonly forWhat: string;
    readonly intervalMs?: number;
    /** Shown when the wait was in vain, e.g. the last lines of a log. */
    readonly lastLines?: () => readonly string[];
}

const defaultIntervalMs = 25;

/**
 * Waits until the condition gives something other than undefined and false, and returns it; the only waiting there is.
 * Throws WAITED_TOO_LONG after the deadline; what the condition throws is not caught.
 */
export async function waitUntil<T>(
    condition: () => T | undefined | false | Promise<T | undefined | false>,
    options: WaitOptions,
): Promise<T> {
    const { deadlineMs, forWhat, intervalMs = defaultIntervalMs, lastLines } = options;
    const until = performance.now() + deadlineMs;
    for (;;) {
        const found = await condition();
        if (found !== undefined && found !== false) {
            return found;
        }
        if (performance.now() >= until) {
            throw new BackendError({ code: 'WAITED_TOO_LONG', forWhat, deadlineMs, lastLines: lastLines?.() ?? [] });
        }
        await pause(intervalMs);
    }
}
