/** The only time there is in the embedded network: real in a run, moved by hand in a test. */
export interface Clock {
    /** Epoch milliseconds. */
    nowMs(): number;
    /** Calls the action once after the delay, unless cancelled before. */
    after(delayMs: number, action: () => void): Timer;
}

export interface Timer {
    cancel(): void;
}

export const realClock: Clock = {
    nowMs: () => Date.now(),
    after: (delayMs, action) => {
        const timeout = setTimeout(action, delayMs);
        return {
            cancel: () => {
                clearTimeout(timeout);
            },
        };
    },
};
