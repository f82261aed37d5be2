/**
 * THE TABLE of select-before-operate: state × event → state, how long each state waits, and for whom. The contract, its
 * tests and docs/control-states.md read it. `idle` is a device without any operation yet; an event that a state does
 * not list is refused.
 */
export const controlStates = {
    idle: { waitsFor: null, expiresAfterMs: null, next: { select: 'selected' } },
    selected: {
        waitsFor: 'terminal',
        expiresAfterMs: 15_000,
        next: { confirm: 'confirmed', refuse: 'refused', cancel: 'cancelled', expire: 'expired' },
    },
    confirmed: {
        waitsFor: 'dispatcher',
        expiresAfterMs: 30_000,
        next: { operate: 'operating', cancel: 'cancelled', expire: 'expired' },
    },
    operating: {
        waitsFor: 'terminal',
        expiresAfterMs: 30_000,
        next: { reach: 'reached', miss: 'not-reached', expire: 'expired' },
    },
    reached: { waitsFor: null, expiresAfterMs: null, next: { select: 'selected' } },
    'not-reached': { waitsFor: null, expiresAfterMs: null, next: { select: 'selected' } },
    refused: { waitsFor: null, expiresAfterMs: null, next: { select: 'selected' } },
    cancelled: { waitsFor: null, expiresAfterMs: null, next: { select: 'selected' } },
    expired: { waitsFor: null, expiresAfterMs: null, next: { select: 'selected' } },
} as const satisfies Record<string, ControlStateRow>;

/** Whose act an event is; nobody acts when a state expires: the next call finds that its time is over. */
export const controlEvents = {
    select: 'dispatcher',
    confirm: 'terminal',
    refuse: 'terminal',
    operate: 'dispatcher',
    cancel: 'dispatcher',
    reach: 'terminal',
    miss: 'terminal',
    expire: 'time',
} as const satisfies Record<string, 'dispatcher' | 'terminal' | 'time'>;

interface ControlStateRow {
    readonly waitsFor: 'dispatcher' | 'terminal' | null;
    /** From the act that led here; null: it does not end by time. */
    readonly expiresAfterMs: number | null;
    readonly next: Readonly<Record<string, string>>;
}

export type ControlState = keyof typeof controlStates;
export type ControlEvent = keyof typeof controlEvents;
/** What somebody does, as against what time does. */
export type ControlStep = Exclude<ControlEvent, 'expire'>;
/** States that a record can hold. */
export type StoredControlState = Exclude<ControlState, 'idle' | 'expired'>;

/** The state that an event leads to; undefined where the table has none. */
export function nextControlState(state: ControlState, event: ControlEvent): ControlState | undefined {
    const next: Partial<Record<ControlEvent, ControlState>> = controlStates[state].next;
    return next[event];
}
