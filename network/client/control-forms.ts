import { authorityCalls, authorityContract } from '../../chaincode/src/authority/authority-api';
import type { Call } from '../../chaincode/src/calls/call-api';
import {
    controlCalls,
    controlContract,
    tagKinds,
    type ControlCommand,
    type DeviceName,
    type EarthAct,
    type TagAct,
    type TagKind,
} from '../../chaincode/src/control/control-api';
import {
    displacementCalls,
    displacementContract,
    doublePoints,
    pointQualities,
    transmissionCauseNames,
    type PointQuality,
    type Position,
    type TransmissionCause,
} from '../../chaincode/src/displacement/displacement-api';
import type { CommandType } from '../../chaincode/src/registration/registration-api';
import {
    form,
    needed,
    numberOf,
    pageOf,
    pageOptions as page,
    timeOf,
    type CallForm,
    type CallOptions,
    type Caller,
} from './call-form';

const terminal = { terminal: "the terminal's id" };
const device = { ...terminal, 'device?': "the device's id, Q0" };
const operation = { ...device, operation: 'id of the transaction that selected' };
const type = { 'type?': 'single, double, step; double' };
const position = { ...type, position: `${doublePoints.join(', ')}, or a step's number` };
const event = { soe: 'number of the event: one more than the last', 'time?': 'ISO 8601 or ms since 1970; now' };
const reason = { reason: 'why' };

/** Forms of displacement, remote control and dispatch authority. */
export const controlForms: Readonly<Record<string, CallForm>> = {
    ReportDisplacement: form(displacementContract, 'terminal', {
        options: {
            ...device,
            ...position,
            ...event,
            'cause?': `${transmissionCauseNames.join(', ')}; spontaneous`,
            'quality?': `${pointQualities.join(', ')}; valid`,
        },
        build: (options, { nowMs }) =>
            displacementCalls.reportDisplacement({
                ...deviceOf(options),
                ...eventOf(options, nowMs),
                cause: (options['cause'] ?? 'spontaneous') as TransmissionCause,
                quality: (options['quality'] ?? 'valid') as PointQuality,
            }),
    }),
    QueryDisplacements: form(displacementContract, 'reader', {
        options: { ...terminal, 'from-soe?': 'first SOE number', ...page },
        build: (options) =>
            displacementCalls.queryDisplacements({
                terminalId: needed(options, 'terminal'),
                ...(options['from-soe'] !== undefined && { fromSoe: numberOf(options, 'from-soe') }),
                ...pageOf(options),
            }),
    }),
    Select: form(controlContract, 'dispatcher', {
        options: { ...device, ...type, command: 'off (open), on (close), lower, higher' },
        build: (options) => {
            const command = { type: typeOf(options), value: needed(options, 'command') } as ControlCommand;
            return controlCalls.select({ ...deviceOf(options), command });
        },
    }),
    ConfirmSelection: named('terminal', controlCalls.confirmSelection),
    RefuseSelection: reasoned('terminal', controlCalls.refuseSelection),
    Operate: named('dispatcher', controlCalls.operate),
    Cancel: reasoned('dispatcher', controlCalls.cancel),
    ReportOutcome: form(controlContract, 'terminal', {
        options: { ...operation, ...position, 'reached?': 'yes, no; yes', ...event },
        build: (options, { nowMs }) =>
            controlCalls.reportOutcome({
                ...operationOf(options),
                ...eventOf(options, nowMs),
                reached: options['reached'] !== 'no',
            }),
    }),
    Tag: tagged(controlCalls.tag),
    Untag: tagged(controlCalls.untag),
    PlaceEarth: earthed(controlCalls.placeEarth),
    RemoveEarth: earthed(controlCalls.removeEarth),
    QueryOperation: form(controlContract, 'reader', {
        options: device,
        build: (options) => controlCalls.queryOperation(deviceOf(options)),
    }),
    QueryDevice: form(controlContract, 'reader', {
        options: device,
        build: (options) => controlCalls.queryDevice(deviceOf(options)),
    }),
    QueryOperationHistory: form(controlContract, 'reader', {
        options: { ...device, ...page },
        build: (options) => controlCalls.queryOperationHistory({ ...deviceOf(options), ...pageOf(options) }),
    }),
    QueryTagHistory: form(controlContract, 'reader', {
        options: { ...device, ...page },
        build: (options) => controlCalls.queryTagHistory({ ...deviceOf(options), ...pageOf(options) }),
    }),
    QueryEarthHistory: form(controlContract, 'reader', {
        options: { section: "the section's name", ...page },
        build: (options) => controlCalls.queryEarthHistory({ section: needed(options, 'section'), ...pageOf(options) }),
    }),
    ProposeAuthority: form(authorityContract, 'operator', {
        options: { holder: 'MSP id that is to hold dispatch authority', ...reason },
        build: (options) =>
            authorityCalls.proposeAuthority({ holder: needed(options, 'holder'), reason: needed(options, 'reason') }),
    }),
    ApproveAuthority: form(authorityContract, 'operator', {
        options: { organization: 'MSP id of the proposing organisation', proposal: 'id of its transaction' },
        build: (options) =>
            authorityCalls.approveAuthority({
                proposedBy: needed(options, 'organization'),
                proposalId: needed(options, 'proposal'),
            }),
    }),
    QueryAuthority: form(authorityContract, 'reader', { options: {}, build: () => authorityCalls.queryAuthority() }),
    QueryAuthorityHistory: form(authorityContract, 'reader', {
        options: page,
        build: (options) => authorityCalls.queryAuthorityHistory(pageOf(options)),
    }),
    ListAuthorityProposals: form(authorityContract, 'reader', {
        options: page,
        build: (options) => authorityCalls.listAuthorityProposals(pageOf(options)),
    }),
};

type OperationOptions = ReturnType<typeof operationOf>;

function named(caller: Caller, build: (input: OperationOptions) => Call): CallForm {
    return form(controlContract, caller, { options: operation, build: (options) => build(operationOf(options)) });
}

function reasoned(caller: Caller, build: (input: OperationOptions & { reason: string }) => Call): CallForm {
    return form(controlContract, caller, {
        options: { ...operation, ...reason },
        build: (options) => build({ ...operationOf(options), reason: needed(options, 'reason') }),
    });
}

function tagged(build: (input: TagAct) => Call): CallForm {
    return form(controlContract, 'operator', {
        options: { ...device, 'kind?': `${tagKinds.join(', ')}; hold`, ...reason },
        build: (options) => {
            const kind = (options['kind'] ?? 'hold') as TagKind;
            return build({ ...deviceOf(options), kind, reason: needed(options, 'reason') });
        },
    });
}

function earthed(build: (input: EarthAct) => Call): CallForm {
    return form(controlContract, 'operator', {
        options: {
            ...device,
            section: 'one of the two that QueryDevice tells',
            earth: 'number of the earth',
            ...reason,
        },
        build: (options) =>
            build({
                ...deviceOf(options),
                section: needed(options, 'section'),
                earthId: needed(options, 'earth'),
                reason: needed(options, 'reason'),
            }),
    });
}

function deviceOf(options: CallOptions): DeviceName {
    return { terminalId: needed(options, 'terminal'), deviceId: options['device'] ?? 'Q0' };
}

function operationOf(options: CallOptions): DeviceName & { readonly operationId: string } {
    return { ...deviceOf(options), operationId: needed(options, 'operation') };
}

function typeOf(options: CallOptions): CommandType {
    return (options['type'] ?? 'double') as CommandType;
}

function eventOf(
    options: CallOptions,
    nowMs: number,
): { readonly position: Position; readonly timeMs: number; readonly soe: number } {
    const kind = typeOf(options);
    const stands =
        kind === 'step'
            ? { type: kind, step: numberOf(options, 'position') }
            : ({ type: kind, state: needed(options, 'position') } as Position);
    const timeMs = options['time'] === undefined ? Math.floor(nowMs) : timeOf(options['time']);
    return { position: stands, timeMs, soe: numberOf(options, 'soe') };
}
