import type { LinkClock } from './link-profile';

/**
 * The machine's monotonic clock. Its timers know whole milliseconds only, so a delay is rounded to the nearest one, and
 * what is less than half of one early is on time: delays are right in the mean, not always late.
 */
export const machineClock: LinkClock = {
    nowMs: () => performance.now(),
    slackMs: 0.5,
    after: (delayMs, action) => {
        const wholeMs = Math.round(delayMs);
        if (wholeMs === 0) {
            const immediate = setImmediate(action);
            return {
                cancel: () => {
                    clearImmediate(immediate);
                },
            };
        }
        const timer = setTimeout(action, wholeMs);
        return {
            cancel: () => {
                clearTimeout(timer);
            },
        };
    },
};
