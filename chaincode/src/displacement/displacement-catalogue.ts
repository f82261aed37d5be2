import type { FaultEntries } from '../faults/fault-entry';
import type { DisplacementFault } from './displacement-api';

/** What the faults of displacements mean, and what to do. */
export const displacementCatalogue: FaultEntries<DisplacementFault['code']> = {
    DEVICE_UNKNOWN: {
        meaning: 'The terminal’s registration has no device of this id.',
        action: 'Read its devices with QueryTerminal; an operator changes them with ChangeDevices.',
        says: (f) => `The terminal ${f.terminalId} has no device ${f.deviceId}.`,
    },
    POSITION_NOT_FITTING: {
        meaning: 'The position is of another type than the device: single or double point, or step position.',
        action: 'Report the type that the registration gives the device.',
        says: (f) => `The device ${f.deviceId} of ${f.terminalId} reports ${f.needed}, not ${f.type}.`,
    },
    DISPLACEMENT_FROM_FUTURE: {
        meaning: 'The time of the displacement lies after the proposal’s timestamp by more than the tolerance.',
        action: 'Compare the clocks of the terminal and of the client that sends for it.',
        says: (f) =>
            `The displacement of ${f.terminalId} is ${f.aheadMs} ms ahead of its transaction, tolerated are ` +
            `${f.clockToleranceMs} ms.`,
    },
};
