import type { Caller } from '../caller/caller';
import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type { ControlledDevice, RegistrationFault, TerminalRecord } from '../registration/registration-api';
import { judgeServing } from '../registration/registration-rules';
import type {
    ControlCommand,
    ControlFault,
    ControlState,
    ControlStep,
    EarthRecord,
    EffectiveOperation,
    OperationName,
    OperationOutcome,
    OperationRecord,
    OutcomeReport,
    StepRecord,
    StoredControlState,
    TagRecord,
} from './control-api';
import { controlStates, nextControlState } from './control-states';

/** Who takes a step, and the transaction by which. */
export interface StepTaker {
    readonly caller: Pick<Caller, 'mspId' | 'certificate'>;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** What a selection is made of, once it is certain that the device exists. */
export interface NewSelection {
    readonly terminalId: string;
    readonly device: ControlledDevice;
    readonly command: ControlCommand;
    readonly clockToleranceMs: number;
}

type StepFault = ControlFault | TimeFault;

/** The state in effect: a record whose time is over is expired, though nobody has written that. */
export function effectiveState(operation: OperationRecord | undefined, nowMs: number): ControlState {
    if (operation === undefined) {
        return 'idle';
    }
    const { state, expiresAtMs } = operation;
    const isOver = expiresAtMs !== null && Math.max(nowMs, operation.lastMs) > expiresAtMs;
    return isOver ? (nextControlState(state, 'expire') ?? state) : state;
}

/** An operation as queries answer it. */
export function effectiveOperation(operation: OperationRecord, nowMs: number): EffectiveOperation {
    const state = effectiveState(operation, nowMs);
    return { ...operation, state: state === 'idle' ? operation.state : state };
}

/** Selects a device that no operation holds any more. */
export function decideSelect(
    former: OperationRecord | undefined,
    selection: NewSelection,
    taker: StepTaker,
): OperationRecord | StepFault {
    const { terminalId, device, command, clockToleranceMs } = selection;
    const { deviceId } = device;
    if (device.command !== command.type) {
        return { code: 'COMMAND_NOT_FITTING', terminalId, deviceId, type: command.type, needed: device.command };
    }
    const judged = laterOf(taker.transactionTimeMs, former?.lastMs ?? 0, clockToleranceMs);
    if ('code' in judged) {
        return judged;
    }
    const state = effectiveState(former, judged.nowMs);
    if (nextControlState(state, 'select') === undefined && former !== undefined) {
        const { operationId, expiresAtMs } = former;
        return { code: 'DEVICE_BUSY', operationId, state, expiresAtMs: expiresAtMs ?? 0 };
    }
    const { mspId, certificate } = taker.caller;
    return {
        schemaVersion: 1,
        operationId: taker.transactionId,
        terminalId,
        deviceId,
        command,
        ...entered('selected', judged.nowMs),
        selectedBy: { mspId, name: certificate.commonName },
        certificateSerial: certificate.serial,
        clockToleranceMs,
        outcome: null,
        lastStep: stepRecordOf('select', taker, null),
    };
}

/** A step after the selection: allowed by the table, in time, of the operation that is meant. */
export function decideStep(
    operation: OperationRecord | undefined,
    step: Exclude<ControlStep, 'select'>,
    name: OperationName,
    taker: StepTaker,
    said: { readonly reason?: string; readonly outcome?: OperationOutcome } = {},
): OperationRecord | StepFault {
    const { terminalId, deviceId, operationId } = name;
    if (operation?.operationId !== operationId) {
        return { code: 'OPERATION_UNKNOWN', terminalId, deviceId, operationId };
    }
    const judged = laterOf(taker.transactionTimeMs, operation.lastMs, operation.clockToleranceMs);
    if ('code' in judged) {
        return judged;
    }
    const state = effectiveState(operation, judged.nowMs);
    if (state === 'expired') {
        return {
            code: 'OPERATION_EXPIRED',
            operationId,
            state: operation.state,
            expiredAtMs: operation.expiresAtMs ?? 0,
        };
    }
    const next = nextControlState(state, step);
    if (next === undefined) {
        return { code: 'STEP_NOT_ALLOWED', operationId, step, state };
    }
    if (step === 'operate' && !isSelector(operation, taker)) {
        return { code: 'SELECTED_BY_ANOTHER', operationId, selectedBy: operation.selectedBy.name };
    }
    return {
        ...operation,
        ...entered(next as StoredControlState, judged.nowMs),
        outcome: said.outcome ?? operation.outcome,
        lastStep: stepRecordOf(step, taker, said.reason ?? null),
    };
}

/** What the terminal says of the outcome must agree with the position that it tells. A tap changer's may be any. */
export function judgeOutcome(command: ControlCommand, report: OutcomeReport): ControlFault | undefined {
    const { position, reached, operationId } = report;
    const stands = position.type === 'step' ? undefined : position.state === command.value;
    return stands === undefined || stands === reached
        ? undefined
        : { code: 'OUTCOME_CONTRADICTORY', operationId, reached };
}

/** Sections that must be free of earths for the command: both of a switch that it closes. */
export function sectionsToJoin(device: ControlledDevice, command: ControlCommand): readonly string[] {
    return command.value === 'on' ? device.sections : [];
}

/** Tells why a device must not be moved: its terminal, its tags, the earths on what it would join. */
export function judgeInterlocks(
    terminal: TerminalRecord,
    device: ControlledDevice,
    tags: TagRecord | undefined,
    earths: readonly (EarthRecord | undefined)[],
): ControlFault | RegistrationFault | undefined {
    const { terminalId } = terminal;
    const { deviceId } = device;
    const fault = judgeServing(terminal);
    if (fault !== undefined) {
        return fault;
    }
    const tag = tags?.tags.find(({ kind }) => kind === 'lockout') ?? tags?.tags[0];
    if (tag !== undefined) {
        const code = tag.kind === 'lockout' ? 'DEVICE_LOCKED_OUT' : 'DEVICE_TAGGED';
        return { code, terminalId, deviceId, reason: tag.reason };
    }
    const earthed = earths.find((record) => record !== undefined && record.earths.length > 0);
    const earthId = earthed?.earths[0]?.earthId;
    return earthed === undefined || earthId === undefined
        ? undefined
        : { code: 'SECTION_EARTHED', section: earthed.section, earthId };
}

function entered(state: StoredControlState, nowMs: number): Pick<OperationRecord, 'state' | 'expiresAtMs' | 'lastMs'> {
    const { expiresAfterMs } = controlStates[state];
    return { state, lastMs: nowMs, expiresAtMs: expiresAfterMs === null ? null : nowMs + expiresAfterMs };
}

function isSelector(operation: OperationRecord, { caller }: StepTaker): boolean {
    return operation.selectedBy.mspId === caller.mspId && operation.certificateSerial === caller.certificate.serial;
}

function stepRecordOf(step: ControlStep, taker: StepTaker, reason: string | null): StepRecord {
    const { caller, transactionId, transactionTimeMs } = taker;
    const { mspId: byMspId, certificate } = caller;
    return { step, byMspId, byName: certificate.commonName, reason, transactionId, transactionTimeMs };
}
