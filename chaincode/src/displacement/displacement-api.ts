import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { CommandType } from '../registration/registration-api';

/** States of a single point information (SPI of IEC 60870-5-101, 7.2.6.1). On is closed, off is open. */
export const singlePoints = ['off', 'on'] as const;
/** States of a double point information (DPI, 7.2.6.2), in the order of their numbers 0 to 3. */
export const doublePoints = ['intermediate', 'off', 'on', 'indeterminate'] as const;
/** Value of a step position information (VTI, 7.2.6.5). */
export const stepRange = { min: -64, max: 63 } as const;

/** Where a switch or tap changer stands; its type is the type of the device's command. */
export type Position =
    | { readonly type: 'single'; readonly state: (typeof singlePoints)[number] }
    | { readonly type: 'double'; readonly state: (typeof doublePoints)[number] }
    | { readonly type: 'step'; readonly step: number };

/** Causes of transmission of IEC 60870-5-101, 7.2.3, by which a position may be reported, with their numbers. */
export const transmissionCauses = {
    'background-scan': 2,
    spontaneous: 3,
    initialized: 4,
    requested: 5,
    /** Return information caused by a remote command. */
    'remote-command': 11,
    /** Return information caused by a local command. */
    'local-command': 12,
    'station-interrogation': 20,
} as const;
export type TransmissionCause = keyof typeof transmissionCauses;
export const transmissionCauseNames = Object.keys(transmissionCauses) as readonly TransmissionCause[];

/** Quality of a point, after the bits BL, SB, NT and IV of IEC 60870-5-101, 7.2.6.1. */
export const pointQualities = ['valid', 'blocked', 'substituted', 'not-topical', 'invalid'] as const;
export type PointQuality = (typeof pointQualities)[number];

/** A change of position as its terminal reports it: M_SP_TB, M_DP_TB or M_ST_TB with a CP56Time2a. */
export interface DisplacementInput {
    readonly terminalId: string;
    readonly deviceId: string;
    readonly position: Position;
    /** When it happened, milliseconds since 1970, by the terminal's clock. */
    readonly timeMs: number;
    readonly cause: TransmissionCause;
    readonly quality: PointQuality;
    /** Sequence-of-events number: the terminal counts on by one with each event and never uses a number again. */
    readonly soe: number;
}

/** The record under (terminal, SOE number), and the payload of its event. */
export interface DisplacementRecord extends DisplacementInput {
    readonly schemaVersion: 1;
    /** Its time lies further back than the terminal's clock tolerance. */
    readonly late: boolean;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** A displacement as a query judges it, between the one before it by SOE number and itself. */
export interface JudgedDisplacement {
    /** The first that was reported under this number: what was heard is not changed by a later copy. */
    readonly displacement: DisplacementRecord;
    /** How often this number was reported. */
    readonly copies: number;
    /** A copy says something else than the first. */
    readonly contradicted: boolean;
    /** SOE numbers between the one before and this one of which the ledger has no report. */
    readonly missingBefore: number;
    /** Its time lies before that of a lower number. */
    readonly outOfOrder: boolean;
}

export interface DisplacementFilter extends PageRequest {
    readonly terminalId: string;
    /** First SOE number of the first page; from the terminal's first report on when it is left out. */
    readonly fromSoe?: number;
}

export type DisplacementFault =
    | { readonly code: 'DEVICE_UNKNOWN'; readonly terminalId: string; readonly deviceId: string }
    | {
          readonly code: 'POSITION_NOT_FITTING';
          readonly terminalId: string;
          readonly deviceId: string;
          readonly type: CommandType;
          readonly needed: CommandType;
      }
    | {
          readonly code: 'DISPLACEMENT_FROM_FUTURE';
          readonly terminalId: string;
          readonly aheadMs: number;
          readonly clockToleranceMs: number;
      };

export const displacementLimits = { soe: { min: 0, max: 999_999_999_999 } } as const;

export const displacementContract = 'displacement';
export const displacementCalls = {
    /** By the terminal itself. */
    reportDisplacement: (input: DisplacementInput): Call =>
        submitCallOf(displacementContract, 'ReportDisplacement', input),
    /** Answers a Page<JudgedDisplacement> in the order of SOE numbers. */
    queryDisplacements: (input: DisplacementFilter): Call =>
        evaluateCallOf(displacementContract, 'QueryDisplacements', input),
} as const;

export const displacementEvents = { reported: 'displacement.reported' } as const;
export interface DisplacementEventPayloads {
    readonly 'displacement.reported': DisplacementRecord;
}
