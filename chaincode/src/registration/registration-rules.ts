import type { TerminalCaller } from '../caller/caller';
import type {
    AccessRequest,
    ActRecord,
    ConcentratorTerm,
    RegistrationAct,
    RegistrationFault,
    RenewalRecord,
    TerminalCertificate,
    TerminalRecord,
    TerminalState,
} from './registration-api';
import { registrationLimits } from './registration-api';
import { terminalStateTable } from './terminal-states';

type RequestingTerminal = Pick<TerminalCaller, 'mspId' | 'terminalId' | 'certificate'>;

/** A terminal asks for access in its own name. Until it is confirmed it may ask again, with what it had wrong. */
export function decideRequest(
    existing: TerminalRecord | undefined,
    request: AccessRequest,
    caller: RequestingTerminal,
    act: ActRecord,
): TerminalRecord | RegistrationFault {
    const { terminalId, kind, location, concentrators, devices = [] } = request;
    if (caller.terminalId !== terminalId) {
        return { code: 'NOT_THE_TERMINAL', terminalId, callerTerminalId: caller.terminalId };
    }
    if (existing !== undefined && existing.mspId !== caller.mspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: existing.mspId, callerMspId: caller.mspId };
    }
    if (existing !== undefined && existing.state !== 'requested') {
        return { code: 'TERMINAL_EXISTS', terminalId, state: existing.state };
    }
    return {
        schemaVersion: 2,
        terminalId,
        onChainId: existing?.onChainId ?? act.transactionId,
        kind,
        mspId: caller.mspId,
        location,
        state: 'requested',
        certificate: registeredCertificate(caller),
        replacedSerials: [],
        concentrators: concentrators.map((id) => newTerm(id, act.transactionTimeMs)),
        devices,
        clockToleranceMs: null,
        lastAct: act,
    };
}

/** An operator's act on a terminal of its own organisation: the new record, or why not. */
export function decideAct(
    existing: TerminalRecord | undefined,
    terminalId: string,
    callerMspId: string,
    act: ActRecord,
): TerminalRecord | RegistrationFault {
    if (existing === undefined) {
        return { code: 'TERMINAL_UNKNOWN', terminalId };
    }
    if (existing.mspId !== callerMspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: existing.mspId, callerMspId };
    }
    const state = nextState(existing, act.act);
    return typeof state === 'string' ? { ...existing, state, lastAct: act } : state;
}

/** The terminals' own half of a renewal: the new certificate asks, which shows that the new key is held. */
export function decideRenewalRequest(
    existing: TerminalRecord | undefined,
    terminalId: string,
    caller: RequestingTerminal,
    act: ActRecord,
): RenewalRecord | RegistrationFault {
    if (caller.terminalId !== terminalId) {
        return { code: 'NOT_THE_TERMINAL', terminalId, callerTerminalId: caller.terminalId };
    }
    const next = decideAct(existing, terminalId, caller.mspId, act);
    if ('code' in next) {
        return next;
    }
    const certificate = registeredCertificate(caller);
    const certificateSerial = certificate.serial;
    if (next.replacedSerials.includes(certificateSerial)) {
        return { code: 'CERTIFICATE_REPLACED', terminalId, certificateSerial };
    }
    if (certificateSerial === next.certificate.serial) {
        return { code: 'CERTIFICATE_NOT_NEW', terminalId, certificateSerial };
    }
    if (certificate.publicKey === next.certificate.publicKey) {
        return { code: 'KEY_NOT_REPLACED', terminalId };
    }
    const { transactionId, transactionTimeMs } = act;
    return { schemaVersion: 1, terminalId, mspId: caller.mspId, certificate, transactionId, transactionTimeMs };
}

/** The operators' half of a renewal: the certificate that asked takes the place of the registered one. */
export function decideRenewal(
    terminal: TerminalRecord,
    renewal: RenewalRecord | undefined,
    certificateSerial: string,
): TerminalRecord | RegistrationFault {
    if (renewal?.certificate.serial !== certificateSerial) {
        return { code: 'RENEWAL_UNKNOWN', terminalId: terminal.terminalId, certificateSerial };
    }
    const replacedSerials = [...terminal.replacedSerials, terminal.certificate.serial];
    return { ...terminal, certificate: renewal.certificate, replacedSerials };
}

/** Ends the terms of those left out, begins those of the new; what was, stays in the record. */
export function decideConcentrators(
    terminal: TerminalRecord,
    wanted: readonly string[],
    nowMs: number,
): TerminalRecord | RegistrationFault {
    const { terminalId } = terminal;
    const kept = terminal.concentrators.map((term) =>
        term.untilMs === null && !wanted.includes(term.terminalId) ? { ...term, untilMs: nowMs } : term,
    );
    const isServing = (id: string): boolean => kept.some((term) => term.terminalId === id && term.untilMs === null);
    const begun = wanted.filter((id) => !isServing(id)).map((id) => newTerm(id, nowMs));
    const concentrators = [...kept, ...begun];
    const limit = registrationLimits.concentratorTerms;
    return concentrators.length > limit
        ? { code: 'TOO_MANY_CONCENTRATORS', terminalId, limit }
        : { ...terminal, concentrators };
}

/** Tells why a terminal may not act now: its organisation, its certificate, its state. */
export function judgeActingTerminal(
    terminal: TerminalRecord | undefined,
    caller: RequestingTerminal,
): RegistrationFault | undefined {
    const { terminalId } = caller;
    if (terminal === undefined) {
        return { code: 'TERMINAL_UNKNOWN', terminalId };
    }
    if (terminal.mspId !== caller.mspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: terminal.mspId, callerMspId: caller.mspId };
    }
    return judgeCertificate(terminal, registeredCertificate(caller)) ?? judgeServing(terminal);
}

/** Tells why a terminal is not in service. */
export function judgeServing(terminal: {
    readonly terminalId: string;
    readonly state: TerminalState;
}): RegistrationFault | undefined {
    const { terminalId, state } = terminal;
    switch (state) {
        case 'registered':
            return undefined;
        case 'requested':
            return { code: 'TERMINAL_NOT_CONFIRMED', terminalId };
        case 'suspended':
            return { code: 'TERMINAL_SUSPENDED', terminalId };
        case 'retired':
            return { code: 'TERMINAL_RETIRED', terminalId };
    }
}

/**
 * Serial number and key must both be the registered ones. An organisation may run several CAs, whose serial numbers
 * may coincide: that of a replaced certificate tells `replaced` only if the registered one does not fit.
 */
function judgeCertificate(
    terminal: Pick<TerminalRecord, 'terminalId' | 'certificate' | 'replacedSerials'>,
    presented: TerminalCertificate,
): RegistrationFault | undefined {
    const { terminalId, certificate, replacedSerials } = terminal;
    if (presented.serial === certificate.serial && presented.publicKey === certificate.publicKey) {
        return undefined;
    }
    const code = replacedSerials.includes(presented.serial) ? 'CERTIFICATE_REPLACED' : 'CERTIFICATE_UNKNOWN';
    return { code, terminalId, certificateSerial: presented.serial };
}

function nextState(terminal: TerminalRecord, act: RegistrationAct): TerminalState | RegistrationFault {
    const { terminalId, state } = terminal;
    const next = terminalStateTable[state][act];
    if (next !== undefined) {
        return next;
    }
    return state === 'retired'
        ? { code: 'TERMINAL_RETIRED', terminalId }
        : { code: 'ACT_NOT_ALLOWED', terminalId, act, state };
}

function registeredCertificate(caller: RequestingTerminal): TerminalCertificate {
    return { serial: caller.certificate.serial, publicKey: caller.certificate.publicKey };
}

function newTerm(terminalId: string, sinceMs: number): ConcentratorTerm {
    return { terminalId, sinceMs, untilMs: null };
}
