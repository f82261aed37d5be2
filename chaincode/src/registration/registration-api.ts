import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';

/** Feeder, distribution (station) and transformer terminal unit. */
export const terminalKinds = ['FTU', 'DTU', 'TTU'] as const;
export type TerminalKind = (typeof terminalKinds)[number];

export const terminalStates = ['requested', 'registered', 'suspended', 'retired'] as const;
export type TerminalState = (typeof terminalStates)[number];

/** Acts on a registration, as the state table and the events name them. */
export const registrationActs = [
    'request',
    'confirm',
    'suspend',
    'resume',
    'retire',
    'request-renewal',
    'renew',
    'change-concentrators',
    'change-devices',
] as const;
export type RegistrationAct = (typeof registrationActs)[number];

/** Where a terminal is connected to the grid, and by which medium to the network. */
export interface AccessLocation {
    readonly site: string;
    readonly feeder: string;
    readonly bus: string;
    readonly medium: string;
}

/** A concentrator of a terminal, present or past. */
export interface ConcentratorTerm {
    readonly terminalId: string;
    /** Transaction time at which it became the terminal's concentrator. */
    readonly sinceMs: number;
    /** Transaction time at which it ceased to be; null while it may report. */
    readonly untilMs: number | null;
}

/** What a device takes: single command (C_SC), double command (C_DC), regulating step command (C_RC) of IEC 60870-5-101. */
export const commandTypes = ['single', 'double', 'step'] as const;
export type CommandType = (typeof commandTypes)[number];

/** A device that a terminal controls: a switch between two sections of the grid, or a tap changer. */
export interface ControlledDevice {
    /** Unique within its terminal. */
    readonly deviceId: string;
    readonly command: CommandType;
    /** The two sections that a switch (single, double) separates; none for a tap changer (step). */
    readonly sections: readonly string[];
}

/** The certificate by which a terminal acts. */
export interface TerminalCertificate {
    /** X.509 serial number, lower-case hex without leading zeros. */
    readonly serial: string;
    /** SubjectPublicKeyInfo, DER in base64. */
    readonly publicKey: string;
}

/** Who did the newest act on a record, when, in which transaction. */
export interface ActRecord {
    readonly act: RegistrationAct;
    readonly byMspId: string;
    /** Common name of the certificate. */
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
    readonly reason: string | null;
}

/** The ledger record of a terminal. */
export interface TerminalRecord {
    readonly schemaVersion: 2;
    readonly terminalId: string;
    /** Unique on this ledger: the id of the transaction that first requested access. */
    readonly onChainId: string;
    readonly kind: TerminalKind;
    readonly mspId: string;
    readonly location: AccessLocation;
    readonly state: TerminalState;
    readonly certificate: TerminalCertificate;
    /** Serial numbers of the certificates it had before, oldest first. */
    readonly replacedSerials: readonly string[];
    /** Every concentrator it ever had, in order of appointment. */
    readonly concentrators: readonly ConcentratorTerm[];
    /** Devices that it controls. */
    readonly devices: readonly ControlledDevice[];
    /** Copied from the medium when the terminal was confirmed; null until then. */
    readonly clockToleranceMs: number | null;
    readonly lastAct: ActRecord;
}

/** A new certificate that asks to take the old one's place. */
export interface RenewalRecord {
    readonly schemaVersion: 1;
    readonly terminalId: string;
    readonly mspId: string;
    readonly certificate: TerminalCertificate;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** What a list of terminals tells of each. */
export interface TerminalSummary {
    readonly schemaVersion: 1;
    readonly terminalId: string;
    readonly onChainId: string;
    readonly kind: TerminalKind;
    readonly mspId: string;
    readonly state: TerminalState;
    readonly location: AccessLocation;
    readonly certificateSerial: string;
}

export interface AccessRequest {
    readonly terminalId: string;
    readonly kind: TerminalKind;
    readonly location: AccessLocation;
    /**
     * Ids of the concentrators that may report for it; empty when only it reports. A concentrator that puts readings of
     * its own into its batches names itself: queries look into the batches of those named, and of nobody else.
     */
    readonly concentrators: readonly string[];
    /** Devices that it controls; absent where there are none. */
    readonly devices?: readonly ControlledDevice[];
}
export interface Confirmation {
    readonly terminalId: string;
    /** The medium's tolerance between a reading's time and the proposal's timestamp. */
    readonly clockToleranceMs: number;
}
export interface ReasonedAct {
    readonly terminalId: string;
    readonly reason: string;
}
export interface TerminalName {
    readonly terminalId: string;
}
export interface Renewal {
    readonly terminalId: string;
    /** Serial of the requested certificate: the operator says which one is meant. */
    readonly certificateSerial: string;
}
export interface ConcentratorChange {
    readonly terminalId: string;
    /** All that may report from now on; those left out end their term. */
    readonly concentrators: readonly string[];
}
export interface DeviceChange {
    readonly terminalId: string;
    /** All that it controls from now on. */
    readonly devices: readonly ControlledDevice[];
}
export interface TerminalFilter extends PageRequest {
    readonly mspId: string;
    readonly state: TerminalState;
    readonly feeder?: string;
}
export interface RenewalFilter extends PageRequest {
    readonly mspId: string;
}

export type RegistrationFault =
    | { readonly code: 'NOT_A_TERMINAL'; readonly mspId: string }
    | { readonly code: 'NOT_THE_TERMINAL'; readonly terminalId: string; readonly callerTerminalId: string }
    | { readonly code: 'TERMINAL_UNKNOWN'; readonly terminalId: string }
    | { readonly code: 'TERMINAL_EXISTS'; readonly terminalId: string; readonly state: TerminalState }
    | { readonly code: 'TERMINAL_NOT_CONFIRMED'; readonly terminalId: string }
    | { readonly code: 'TERMINAL_SUSPENDED'; readonly terminalId: string; readonly readingIndex?: number }
    | { readonly code: 'TERMINAL_RETIRED'; readonly terminalId: string; readonly readingIndex?: number }
    | {
          readonly code: 'FOREIGN_TERMINAL';
          readonly terminalId: string;
          readonly mspId: string;
          readonly callerMspId: string;
          readonly readingIndex?: number;
      }
    | {
          readonly code: 'ACT_NOT_ALLOWED';
          readonly terminalId: string;
          readonly act: RegistrationAct;
          readonly state: TerminalState;
      }
    | { readonly code: 'CERTIFICATE_UNREADABLE' }
    | { readonly code: 'CERTIFICATE_UNKNOWN'; readonly terminalId: string; readonly certificateSerial: string }
    | { readonly code: 'CERTIFICATE_REPLACED'; readonly terminalId: string; readonly certificateSerial: string }
    | { readonly code: 'CERTIFICATE_NOT_NEW'; readonly terminalId: string; readonly certificateSerial: string }
    | { readonly code: 'KEY_NOT_REPLACED'; readonly terminalId: string }
    | { readonly code: 'RENEWAL_UNKNOWN'; readonly terminalId: string; readonly certificateSerial: string }
    | { readonly code: 'TOO_MANY_CONCENTRATORS'; readonly terminalId: string; readonly limit: number };

export const registrationLimits = {
    /** Concentrators that may report at the same time. */
    concentrators: 4,
    /** Terms in a terminal's whole life: a query reads the batches of each. */
    concentratorTerms: 32,
    /** Devices of one terminal: a station's terminal has some, and each of its readings reads the record. */
    devices: 16,
    clockToleranceMs: { min: 1, max: 3_600_000 },
} as const;

export const registrationContract = 'registration';
export const registrationCalls = {
    /** By the terminal itself; public key and serial are read from its certificate. May be repeated until confirmed. */
    requestAccess: (input: AccessRequest): Call => submitCallOf(registrationContract, 'RequestAccess', input),
    /** By an operator of the terminal's organisation, as all acts below but `requestRenewal`. */
    confirm: (input: Confirmation): Call => submitCallOf(registrationContract, 'Confirm', input),
    suspend: (input: ReasonedAct): Call => submitCallOf(registrationContract, 'Suspend', input),
    resume: (input: TerminalName): Call => submitCallOf(registrationContract, 'Resume', input),
    retire: (input: ReasonedAct): Call => submitCallOf(registrationContract, 'Retire', input),
    /** By the terminal with its NEW certificate: it shows that it holds the new key. */
    requestRenewal: (input: TerminalName): Call => submitCallOf(registrationContract, 'RequestRenewal', input),
    /** By the operator: from its commit on, every act of the old certificate is refused. */
    renew: (input: Renewal): Call => submitCallOf(registrationContract, 'Renew', input),
    changeConcentrators: (input: ConcentratorChange): Call =>
        submitCallOf(registrationContract, 'ChangeConcentrators', input),
    changeDevices: (input: DeviceChange): Call => submitCallOf(registrationContract, 'ChangeDevices', input),
    /** Answers a TerminalRecord. */
    queryTerminal: (terminalId: string): Call => evaluateCallOf(registrationContract, 'QueryTerminal', { terminalId }),
    /** Answers a Page<TerminalSummary>. */
    listTerminals: (input: TerminalFilter): Call => evaluateCallOf(registrationContract, 'ListTerminals', input),
    /** Answers a Page<RenewalRecord>: renewals that wait for their operator. */
    listRenewals: (input: RenewalFilter): Call => evaluateCallOf(registrationContract, 'ListRenewals', input),
} as const;

export const registrationEvents = {
    requested: 'registration.requested',
    confirmed: 'registration.confirmed',
    suspended: 'registration.suspended',
    resumed: 'registration.resumed',
    retired: 'registration.retired',
    renewalRequested: 'registration.renewal-requested',
    renewed: 'registration.renewed',
    concentratorsChanged: 'registration.concentrators-changed',
    devicesChanged: 'registration.devices-changed',
} as const;
export type RegistrationEventName = (typeof registrationEvents)[keyof typeof registrationEvents];

/** Payload of every registration event: what changed, and the state it led to. */
export interface RegistrationNotice extends TerminalSummary {
    readonly lastAct: ActRecord;
}
export type RegistrationEventPayloads = Readonly<Record<RegistrationEventName, RegistrationNotice>>;
