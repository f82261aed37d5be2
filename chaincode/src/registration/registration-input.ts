import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import { distinctIdentifiers, identifier, label, oneOf, recordOf, wholeNumber } from '../input/read-field';
import {
    registrationLimits,
    terminalKinds,
    terminalStates,
    type AccessLocation,
    type AccessRequest,
    type ConcentratorChange,
    type Confirmation,
    type ReasonedAct,
    type Renewal,
    type RenewalFilter,
    type TerminalFilter,
    type TerminalName,
} from './registration-api';

const name = label(inputLimits.labelLength);
const location = recordOf<AccessLocation>({ site: name, feeder: name, bus: name, medium: name });
const concentrators = distinctIdentifiers({ min: 0, max: registrationLimits.concentrators });

/** Readers of what each transaction of the contract takes. */
export const registrationInput = {
    accessRequest: recordOf<AccessRequest>({
        terminalId: identifier,
        kind: oneOf(terminalKinds),
        location,
        concentrators,
    }),
    confirmation: recordOf<Confirmation>({
        terminalId: identifier,
        clockToleranceMs: wholeNumber(registrationLimits.clockToleranceMs),
    }),
    reasonedAct: recordOf<ReasonedAct>({ terminalId: identifier, reason: label(inputLimits.reasonLength) }),
    terminalName: recordOf<TerminalName>({ terminalId: identifier }),
    renewal: recordOf<Renewal>({ terminalId: identifier, certificateSerial: identifier }),
    concentratorChange: recordOf<ConcentratorChange>({ terminalId: identifier, concentrators }),
    terminalFilter: recordOf<TerminalFilter>(
        { mspId: identifier, state: oneOf(terminalStates), feeder: name, ...pageFields },
        ['feeder'],
    ),
    renewalFilter: recordOf<RenewalFilter>({ mspId: identifier, ...pageFields }),
} as const;
