import type { RegistrationAct, TerminalState } from './registration-api';

/**
 * The life of a registration: state × act → state. An act that a state does not list is refused; `request-renewal`,
 * `change-concentrators` and `change-devices` leave the state as it is. Retired is final.
 */
export const terminalStateTable: Readonly<
    Record<TerminalState, Readonly<Partial<Record<RegistrationAct, TerminalState>>>>
> = {
    requested: { request: 'requested', confirm: 'registered', retire: 'retired' },
    registered: {
        suspend: 'suspended',
        retire: 'retired',
        'request-renewal': 'registered',
        renew: 'registered',
        'change-concentrators': 'registered',
        'change-devices': 'registered',
    },
    suspended: {
        resume: 'registered',
        retire: 'retired',
        'request-renewal': 'suspended',
        renew: 'suspended',
        'change-concentrators': 'suspended',
        'change-devices': 'suspended',
    },
    retired: {},
};
