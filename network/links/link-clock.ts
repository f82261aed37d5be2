import type { LinkClock } from './link-profile';

/** The machine's monotonic clock. Its timers come up to about a millisecond late, and so do the bytes they let go. */
export const machineClock: LinkClock = {
    nowMs: () => performance.now(),
    after: (delayMs, action) => {
        const timer = setTimeout(action, delayMs);
        return {
            cancel: () => {
                clearTimeout(timer);
            },
        };
    },
};
