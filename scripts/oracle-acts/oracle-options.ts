import type { ActOptions } from '../network-acts/network-act';
import { UsageError } from '../run-script';

/** Options that say which network is meant. */
export const whichLedger = {
    topology: { type: 'string', value: 'NAME', usage: 'which network, when several are up' },
    profile: { type: 'string', value: 'FILE', usage: 'an existing network instead' },
} as const satisfies ActOptions;

/** The option that says whose identity signs. */
export const whoSigns = {
    as: { type: 'string', value: 'NAME', usage: 'who signs; without it whoever usually does' },
} as const satisfies ActOptions;

/** Options that say which round of a feed is meant. */
export const whichRound = {
    tick: {
        type: 'string',
        value: 'TIME',
        usage: "a round's tick, ISO 8601 or ms since 1970; the newest that has come",
    },
} as const satisfies ActOptions;

/** A number that was typed, within its bounds. Throws UsageError. */
export function numberFrom(option: string, text: string, { min, max }: { min: number; max: number }): number {
    const value = Number(text);
    if (text.trim() !== '' && value >= min && value <= max) return value;
    throw new UsageError(`--${option} ${text} is not a number from ${min} to ${max}.`);
}

/** A value that must be given. Throws UsageError. */
export function given(act: string, option: string, value: string | undefined): string {
    if (value !== undefined) return value;
    throw new UsageError(`${act} needs --${option}; --help tells what it is.`);
}
