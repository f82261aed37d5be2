import { position, soe, timeMs } from '../displacement/displacement-input';
import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import { identifier, label, oneOf, recordOf, truth, type Reader } from '../input/read-field';
import { commandTypes } from '../registration/registration-api';
import {
    stepCommands,
    switchCommands,
    tagKinds,
    type ControlCommand,
    type DeviceHistoryFilter,
    type DeviceName,
    type EarthAct,
    type OperationName,
    type OutcomeReport,
    type ReasonedStep,
    type SectionHistoryFilter,
    type Selection,
    type TagAct,
} from './control-api';

type CommandOf<Type> = Extract<ControlCommand, { readonly type: Type }>;

const switchCommand = recordOf<CommandOf<'single' | 'double'>>({
    type: oneOf(['single', 'double']),
    value: oneOf(switchCommands),
});
const stepCommand = recordOf<CommandOf<'step'>>({ type: oneOf(['step']), value: oneOf(stepCommands) });
const commandType = recordOf<{ readonly type: ControlCommand['type']; readonly value: unknown }>({
    type: oneOf(commandTypes),
    value: (value) => value,
});

/** A command, whose value depends on its type. */
const command: Reader<ControlCommand> = (value, path) => {
    const { type } = commandType(value, path);
    return type === 'step' ? stepCommand(value, path) : switchCommand(value, path);
};

const reason = label(inputLimits.reasonLength);
const device = { terminalId: identifier, deviceId: identifier };
const operation = { ...device, operationId: identifier };

/** Readers of what each transaction of the contract takes. */
export const controlInput = {
    deviceName: recordOf<DeviceName>(device),
    selection: recordOf<Selection>({ ...device, command }),
    operationName: recordOf<OperationName>(operation),
    reasonedStep: recordOf<ReasonedStep>({ ...operation, reason }),
    outcomeReport: recordOf<OutcomeReport>({ ...operation, reached: truth, position, timeMs, soe }),
    tagAct: recordOf<TagAct>({ ...device, kind: oneOf(tagKinds), reason }),
    earthAct: recordOf<EarthAct>({ ...device, section: identifier, earthId: identifier, reason }),
    deviceHistory: recordOf<DeviceHistoryFilter>({ ...device, ...pageFields }),
    sectionHistory: recordOf<SectionHistoryFilter>({ section: identifier, ...pageFields }),
} as const;
