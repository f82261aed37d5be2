import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import {
    distinctIdentifiers,
    identifier,
    label,
    listOf,
    malformed,
    oneOf,
    recordOf,
    wholeNumber,
    type Reader,
} from '../input/read-field';
import {
    commandTypes,
    registrationLimits,
    terminalKinds,
    terminalStates,
    type AccessLocation,
    type AccessRequest,
    type ConcentratorChange,
    type Confirmation,
    type ControlledDevice,
    type DeviceChange,
    type ReasonedAct,
    type Renewal,
    type RenewalFilter,
    type TerminalFilter,
    type TerminalName,
} from './registration-api';

const name = label(inputLimits.labelLength);
const location = recordOf<AccessLocation>({ site: name, feeder: name, bus: name, medium: name });
const concentrators = distinctIdentifiers({ min: 0, max: registrationLimits.concentrators });

const deviceFields = recordOf<ControlledDevice>({
    deviceId: identifier,
    command: oneOf(commandTypes),
    sections: distinctIdentifiers({ min: 0, max: 2 }),
});
/** A switch separates two sections, a tap changer none. */
const device: Reader<ControlledDevice> = (value, path) => {
    const read = deviceFields(value, path);
    const needed = read.command === 'step' ? 0 : 2;
    if (read.sections.length !== needed) {
        throw malformed(`${path}.sections`, read.sections.length < needed ? 'too-few' : 'too-many');
    }
    return read;
};
const deviceList = listOf(device, { min: 0, max: registrationLimits.devices });
const devices: Reader<readonly ControlledDevice[]> = (value, path) => {
    const read = deviceList(value, path);
    read.forEach(({ deviceId }, index) => {
        if (read.findIndex((other) => other.deviceId === deviceId) !== index) {
            throw malformed(`${path}[${index}].deviceId`, 'twice-the-same');
        }
    });
    return read;
};

/** Readers of what each transaction of the contract takes. */
export const registrationInput = {
    accessRequest: recordOf<AccessRequest>(
        { terminalId: identifier, kind: oneOf(terminalKinds), location, concentrators, devices },
        ['devices'],
    ),
    confirmation: recordOf<Confirmation>({
        terminalId: identifier,
        clockToleranceMs: wholeNumber(registrationLimits.clockToleranceMs),
    }),
    reasonedAct: recordOf<ReasonedAct>({ terminalId: identifier, reason: label(inputLimits.reasonLength) }),
    terminalName: recordOf<TerminalName>({ terminalId: identifier }),
    renewal: recordOf<Renewal>({ terminalId: identifier, certificateSerial: identifier }),
    concentratorChange: recordOf<ConcentratorChange>({ terminalId: identifier, concentrators }),
    deviceChange: recordOf<DeviceChange>({ terminalId: identifier, devices }),
    terminalFilter: recordOf<TerminalFilter>(
        { mspId: identifier, state: oneOf(terminalStates), feeder: name, ...pageFields },
        ['feeder'],
    ),
    renewalFilter: recordOf<RenewalFilter>({ mspId: identifier, ...pageFields }),
} as const;
