import type { FaultEntries } from '../faults/fault-entry';
import type { ControlFault } from './control-api';

/** What the faults of remote control mean, and what to do. */
export const controlCatalogue: FaultEntries<ControlFault['code']> = {
    COMMAND_NOT_FITTING: {
        meaning: 'The command is of another type than the device: single, double or step.',
        action: 'Use the type that the registration gives the device; QueryDevice tells it.',
        says: (f) => `The device ${f.deviceId} of ${f.terminalId} takes ${f.needed} commands, not ${f.type}.`,
    },
    DEVICE_BUSY: {
        meaning: 'The device is selected already: one selection at a time.',
        action: 'Wait until that operation ends or expires, or cancel it.',
        says: (f) => `The operation ${f.operationId} is ${f.state} and holds the device until ${f.expiresAtMs}.`,
    },
    OPERATION_UNKNOWN: {
        meaning: 'The device’s newest operation is not the one that is named, or there is none.',
        action: 'Read the newest with QueryOperation.',
        says: (f) => `${f.operationId} is not the newest operation of ${f.deviceId} of ${f.terminalId}.`,
    },
    STEP_NOT_ALLOWED: {
        meaning: 'The operation’s state does not allow the step.',
        action: 'Read the state with QueryOperation; docs/control-states.md says which steps lead out of it.',
        says: (f) => `The operation ${f.operationId} is ${f.state}, which does not allow the step ${f.step}.`,
    },
    OPERATION_EXPIRED: {
        meaning: 'The step came too late: the operation had expired.',
        action: 'Select again. A terminal that moved the device all the same reports a displacement.',
        says: (f) => `The operation ${f.operationId} was ${f.state} and expired at ${f.expiredAtMs}.`,
    },
    SELECTED_BY_ANOTHER: {
        meaning: 'Only the dispatcher who selected may operate.',
        action: 'Let that dispatcher operate, or cancel and select yourself.',
        says: (f) => `The operation ${f.operationId} was selected by ${f.selectedBy}.`,
    },
    OUTCOME_CONTRADICTORY: {
        meaning: 'The terminal says whether the position was reached, and tells a position that says otherwise.',
        action: 'Look into the terminal: reached means that the position is the commanded one.',
        says: (f) => `The outcome of ${f.operationId} says ${f.reached ? '' : 'not '}reached, its position otherwise.`,
    },
    DEVICE_LOCKED_OUT: {
        meaning: 'The device’s drive or protection is locked out.',
        action: 'Look into its cause on the spot; then let an operator call Untag.',
        says: (f) => `The device ${f.deviceId} of ${f.terminalId} is locked out: ${f.reason}.`,
    },
    DEVICE_TAGGED: {
        meaning: 'Somebody hung a hold tag on the device.',
        action: 'Ask who placed it, QueryTagHistory tells; then let an operator call Untag.',
        says: (f) => `The device ${f.deviceId} of ${f.terminalId} has a hold tag: ${f.reason}.`,
    },
    SECTION_EARTHED: {
        meaning: 'The switch would close onto an earthed section.',
        action: 'Have the earth removed on the spot, and RemoveEarth called by those who placed it.',
        says: (f) => `The section ${f.section} is earthed by ${f.earthId}.`,
    },
    TAG_EXISTS: {
        meaning: 'The device has a tag of this kind already.',
        action: 'Nothing: it cannot be operated. QueryTagHistory tells who placed it.',
        says: (f) => `The device ${f.deviceId} has a tag ${f.kind} already.`,
    },
    TAG_UNKNOWN: {
        meaning: 'The device has no tag of this kind.',
        action: 'Read its tags with QueryDevice.',
        says: (f) => `The device ${f.deviceId} has no tag ${f.kind}.`,
    },
    SECTION_UNKNOWN: {
        meaning: 'The device does not separate this section.',
        action: 'Name one of the two sections that QueryDevice tells.',
        says: (f) => `The section ${f.section} is none of the device ${f.deviceId}.`,
    },
    EARTH_EXISTS: {
        meaning: 'The section has an earth of this number already.',
        action: 'Give the number of the earthing device that was placed.',
        says: (f) => `The earth ${f.earthId} is on the section ${f.section} already.`,
    },
    EARTH_UNKNOWN: {
        meaning: 'The section has no earth of this number.',
        action: 'Read what was placed with QueryEarthHistory.',
        says: (f) => `The section ${f.section} has no earth ${f.earthId}.`,
    },
    EARTH_OF_OTHERS: {
        meaning: 'An earth is removed by the organisation that placed it: its crew relies on it.',
        action: 'Ask that organisation.',
        says: (f) => `The earth ${f.earthId} on the section ${f.section} was placed by ${f.mspId}.`,
    },
    TOO_MANY_EARTHS: {
        meaning: 'More earths were placed on one section than a record keeps.',
        action: 'Look into who places them.',
        says: (f) => `The section ${f.section} cannot have more than ${f.limit} earths.`,
    },
};
