import type { Person } from '../authority/authority-api';
import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { Position } from '../displacement/displacement-api';
import type { CommandType, ControlledDevice, TerminalState } from '../registration/registration-api';
import type { ControlState, ControlStep, StoredControlState } from './control-states';

export type { ControlState, ControlStep, StoredControlState } from './control-states';

/** On closes, off opens: states of the single and double command (SCS, DCS of IEC 60870-5-101, 7.2.6.15 and .16). */
export const switchCommands = ['off', 'on'] as const;
/** Next step lower or higher: states of the regulating step command (RCS, 7.2.6.17). */
export const stepCommands = ['lower', 'higher'] as const;

export type ControlCommand =
    | { readonly type: 'single' | 'double'; readonly value: (typeof switchCommands)[number] }
    | { readonly type: 'step'; readonly value: (typeof stepCommands)[number] };

/** Who did the newest step of an operation, when, in which transaction. */
export interface StepRecord {
    readonly step: ControlStep;
    readonly byMspId: string;
    /** Common name of the certificate. */
    readonly byName: string;
    readonly reason: string | null;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** What came of an operation, as the terminal reports it. */
export interface OperationOutcome {
    readonly position: Position;
    /** When the device came to stand there, by the terminal's clock. */
    readonly timeMs: number;
    /** Under this number the same is kept as a displacement caused by a remote command. */
    readonly soe: number;
}

/** The ledger record of a device's newest operation, and the payload of its events; Fabric's history keeps each step. */
export interface OperationRecord {
    readonly schemaVersion: 1;
    /** Transaction that selected. */
    readonly operationId: string;
    readonly terminalId: string;
    readonly deviceId: string;
    readonly command: ControlCommand;
    readonly state: StoredControlState;
    /** Who selected, and alone may operate. */
    readonly selectedBy: Person;
    readonly certificateSerial: string;
    /** When the state ends by time; null for a final one. */
    readonly expiresAtMs: number | null;
    /** Latest time among its steps: the next one is judged by it or by its own time, whichever is later. */
    readonly lastMs: number;
    readonly clockToleranceMs: number;
    /** Null until the terminal has reported. */
    readonly outcome: OperationOutcome | null;
    readonly lastStep: StepRecord;
}

/** An operation as a query tells it: with the state that is in effect, `expired` among them. */
export interface EffectiveOperation extends Omit<OperationRecord, 'state'> {
    readonly state: Exclude<ControlState, 'idle'>;
}

/** Why a device must not be moved: its drive or protection is locked out, or somebody hung a hold tag on it. */
export const tagKinds = ['lockout', 'hold'] as const;
export type TagKind = (typeof tagKinds)[number];

export interface DeviceTag {
    readonly kind: TagKind;
    readonly reason: string;
    readonly placedBy: Person;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export const safetyActs = ['place', 'remove'] as const;
/** Who placed or removed what, when. */
export interface SafetyAct {
    readonly act: (typeof safetyActs)[number];
    readonly by: Person;
    readonly reason: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** The tags of one device, at most one of each kind. */
export interface TagRecord {
    readonly schemaVersion: 1;
    readonly terminalId: string;
    readonly deviceId: string;
    readonly tags: readonly DeviceTag[];
    readonly lastAct: SafetyAct;
}

/** One earth on a section: several crews may each place their own. */
export interface PlacedEarth {
    /** Number on the earthing device. */
    readonly earthId: string;
    readonly placedBy: Person;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** The earths on one section of the grid. */
export interface EarthRecord {
    readonly schemaVersion: 1;
    readonly section: string;
    readonly earths: readonly PlacedEarth[];
    readonly lastAct: SafetyAct;
}

/** All that select and operate look at. */
export interface DeviceAnswer {
    readonly terminalId: string;
    readonly terminalState: TerminalState;
    readonly device: ControlledDevice;
    readonly operation: EffectiveOperation | null;
    readonly tags: readonly DeviceTag[];
    /** Sections of the device on which an earth is placed. */
    readonly earthedSections: readonly string[];
}

export interface DeviceName {
    readonly terminalId: string;
    readonly deviceId: string;
}
export interface Selection extends DeviceName {
    readonly command: ControlCommand;
}
export interface OperationName extends DeviceName {
    readonly operationId: string;
}
export interface ReasonedStep extends OperationName {
    readonly reason: string;
}
export interface OutcomeReport extends OperationName, OperationOutcome {
    /** Whether the commanded position was reached. */
    readonly reached: boolean;
}
export interface TagAct extends DeviceName {
    readonly kind: TagKind;
    readonly reason: string;
}
export interface EarthAct extends DeviceName {
    /** One of the two sections of the device. */
    readonly section: string;
    readonly earthId: string;
    readonly reason: string;
}
export interface DeviceHistoryFilter extends DeviceName, PageRequest {}
export interface SectionHistoryFilter extends PageRequest {
    readonly section: string;
}

export type ControlFault =
    | {
          readonly code: 'COMMAND_NOT_FITTING';
          readonly terminalId: string;
          readonly deviceId: string;
          readonly type: CommandType;
          readonly needed: CommandType;
      }
    | {
          readonly code: 'DEVICE_BUSY';
          readonly operationId: string;
          readonly state: ControlState;
          readonly expiresAtMs: number;
      }
    | {
          readonly code: 'OPERATION_UNKNOWN';
          readonly terminalId: string;
          readonly deviceId: string;
          readonly operationId: string;
      }
    | {
          readonly code: 'STEP_NOT_ALLOWED';
          readonly operationId: string;
          readonly step: ControlStep;
          readonly state: ControlState;
      }
    | {
          readonly code: 'OPERATION_EXPIRED';
          readonly operationId: string;
          readonly state: StoredControlState;
          readonly expiredAtMs: number;
      }
    | { readonly code: 'SELECTED_BY_ANOTHER'; readonly operationId: string; readonly selectedBy: string }
    | { readonly code: 'OUTCOME_CONTRADICTORY'; readonly operationId: string; readonly reached: boolean }
    | {
          readonly code: 'DEVICE_LOCKED_OUT';
          readonly terminalId: string;
          readonly deviceId: string;
          readonly reason: string;
      }
    | {
          readonly code: 'DEVICE_TAGGED';
          readonly terminalId: string;
          readonly deviceId: string;
          readonly reason: string;
      }
    | { readonly code: 'SECTION_EARTHED'; readonly section: string; readonly earthId: string }
    | { readonly code: 'TAG_EXISTS'; readonly deviceId: string; readonly kind: TagKind }
    | { readonly code: 'TAG_UNKNOWN'; readonly deviceId: string; readonly kind: TagKind }
    | { readonly code: 'SECTION_UNKNOWN'; readonly deviceId: string; readonly section: string }
    | { readonly code: 'EARTH_EXISTS'; readonly section: string; readonly earthId: string }
    | { readonly code: 'EARTH_UNKNOWN'; readonly section: string; readonly earthId: string }
    | { readonly code: 'EARTH_OF_OTHERS'; readonly section: string; readonly earthId: string; readonly mspId: string }
    | { readonly code: 'TOO_MANY_EARTHS'; readonly section: string; readonly limit: number };

export const controlLimits = {
    /** Earths on one section. */
    earths: 16,
} as const;

export const controlContract = 'control';
export const controlCalls = {
    /** By a dispatcher of the organisation that holds dispatch authority, as `operate` and `cancel`. */
    select: (input: Selection): Call => submitCallOf(controlContract, 'Select', input),
    /** By the terminal itself, as `refuseSelection` and `reportOutcome`. */
    confirmSelection: (input: OperationName): Call => submitCallOf(controlContract, 'ConfirmSelection', input),
    refuseSelection: (input: ReasonedStep): Call => submitCallOf(controlContract, 'RefuseSelection', input),
    /** By the dispatcher who selected. */
    operate: (input: OperationName): Call => submitCallOf(controlContract, 'Operate', input),
    /** By any dispatcher of the holder. */
    cancel: (input: ReasonedStep): Call => submitCallOf(controlContract, 'Cancel', input),
    reportOutcome: (input: OutcomeReport): Call => submitCallOf(controlContract, 'ReportOutcome', input),
    /** By an operator of the terminal's organisation, or a dispatcher of the holder; as `untag`. */
    tag: (input: TagAct): Call => submitCallOf(controlContract, 'Tag', input),
    untag: (input: TagAct): Call => submitCallOf(controlContract, 'Untag', input),
    /** By an operator of the terminal's organisation. */
    placeEarth: (input: EarthAct): Call => submitCallOf(controlContract, 'PlaceEarth', input),
    /** By an operator of the organisation that placed it. */
    removeEarth: (input: EarthAct): Call => submitCallOf(controlContract, 'RemoveEarth', input),
    /** Answers an EffectiveOperation: the newest of the device. */
    queryOperation: (input: DeviceName): Call => evaluateCallOf(controlContract, 'QueryOperation', input),
    /** Answers a DeviceAnswer: all that stands for or against moving the device. */
    queryDevice: (input: DeviceName): Call => evaluateCallOf(controlContract, 'QueryDevice', input),
    /**
     * Answers a Page<OperationRecord>, one item a step as it was written, newest first: who did what. Nobody writes that
     * an operation expired: the next one follows a state that was not final.
     */
    queryOperationHistory: (input: DeviceHistoryFilter): Call =>
        evaluateCallOf(controlContract, 'QueryOperationHistory', input),
    /** Answers a Page<TagRecord>, newest first. */
    queryTagHistory: (input: DeviceHistoryFilter): Call => evaluateCallOf(controlContract, 'QueryTagHistory', input),
    /** Answers a Page<EarthRecord>, newest first. */
    queryEarthHistory: (input: SectionHistoryFilter): Call =>
        evaluateCallOf(controlContract, 'QueryEarthHistory', input),
} as const;

/** States an operation's events tell of: each writing step raises one, named by the state that it led to. */
export type ControlEventName = `control.${StoredControlState}/${string}/${string}`;

/**
 * Name of the event of a step. It carries terminal and device, so that a terminal finds what is meant for it in
 * filtered blocks, which have no payloads, and evaluates `queryOperation`: a narrow radio carries no full block.
 */
export function controlEventName(state: StoredControlState, { terminalId, deviceId }: DeviceName): ControlEventName {
    return `control.${state}/${terminalId}/${deviceId}`;
}

/** What an event's name tells; undefined when it is not one of an operation's step. */
export function readControlEventName(name: string): (DeviceName & { readonly state: StoredControlState }) | undefined {
    const match = /^control\.([a-z-]+)\/([^/]+)\/([^/]+)$/.exec(name);
    const [, state = '', terminalId = '', deviceId = ''] = match ?? [];
    return (storedStates as readonly string[]).includes(state)
        ? { state: state as StoredControlState, terminalId, deviceId }
        : undefined;
}

const storedStates = [
    'selected',
    'confirmed',
    'operating',
    'reached',
    'not-reached',
    'refused',
    'cancelled',
] as const satisfies readonly StoredControlState[];

export const safetyEvents = {
    tagged: 'control.tagged',
    untagged: 'control.untagged',
    earthPlaced: 'control.earth-placed',
    earthRemoved: 'control.earth-removed',
} as const;
export interface SafetyEventPayloads {
    readonly 'control.tagged': TagRecord;
    readonly 'control.untagged': TagRecord;
    readonly 'control.earth-placed': EarthRecord;
    readonly 'control.earth-removed': EarthRecord;
}
/** Payload of every event of a step. */
export type ControlEventPayloads = Readonly<Record<ControlEventName, OperationRecord>> & SafetyEventPayloads;
