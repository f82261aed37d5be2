import type { Call } from '../../chaincode/src/calls/call-api';
import {
    measurementCalls,
    measurementContract,
    readingTypes,
    readingUnits,
    type Quality,
    type ReadingType,
} from '../../chaincode/src/measurement/measurement-api';
import { signedReadingCalls } from '../../chaincode/src/measurement/signed-reading-api';
import {
    registrationCalls,
    registrationContract,
    terminalStates,
    type TerminalState,
} from '../../chaincode/src/registration/registration-api';
import { rolesCalls, rolesContract } from '../../chaincode/src/roles/roles-api';
import { identityNames } from '../identities/identity';
import type { Network, Terminal } from '../topology/network-model';
import { acquisitionForms } from './acquisition/acquisition-forms';
import { assetForms } from './asset-forms';
import { documentForms } from './documents/document-forms';
import {
    form,
    jsonOnly,
    needed,
    numberOf,
    pageOf,
    pageOptions,
    timeOf,
    unusable,
    type CallForm,
    type CallOptions,
    type CallSurroundings,
    type Caller,
} from './call-form';
import { controlForms } from './control-forms';
import { devicesOf } from './devices-of';
import { oracleForms } from './oracles/oracle-forms';
import { supervisionForms } from './supervision-forms';

export type { CallForm, CallOptions, CallSurroundings } from './call-form';

/** A call made by hand, and the identity that makes it when none is named. */
export interface PreparedCall {
    readonly call: Call;
    readonly defaultIdentity: string;
}

const terminal = { terminal: "the terminal's id" };

const forms: Readonly<Record<string, CallForm>> = {
    Set: form(measurementContract, 'terminal', {
        options: {
            ...terminal,
            'type?': `${readingTypes.join(', ')}; voltage`,
            value: 'a number',
            'unit?': "the type's first unit",
            'quality?': 'valid, estimated, substituted, invalid; valid',
            'time?': 'ISO 8601 or ms since 1970; now',
        },
        build: (options, { nowMs }) => {
            const type = (options['type'] ?? 'voltage') as ReadingType;
            const units: readonly string[] = Object.hasOwn(readingUnits, type) ? readingUnits[type] : [];
            return measurementCalls.set({
                terminalId: needed(options, 'terminal'),
                timeMs: options['time'] === undefined ? Math.floor(nowMs) : timeOf(options['time']),
                type,
                value: numberOf(options, 'value'),
                unit: options['unit'] ?? units[0] ?? '',
                quality: (options['quality'] ?? 'valid') as Quality,
            });
        },
    }),
    SetBatch: jsonOnly(measurementContract, 'terminal', 'concentratorId and readings'),
    SetSigned: jsonOnly(measurementContract, 'reader', 'reading, sequence and signature'),
    SetSignedBatch: jsonOnly(measurementContract, 'reader', 'batch, sequence and signature'),
    QuerySigned: form(measurementContract, 'reader', {
        options: { ...terminal, sequence: "the terminal's number of the reading" },
        build: (options) =>
            signedReadingCalls.querySigned({
                terminalId: needed(options, 'terminal'),
                sequence: numberOf(options, 'sequence'),
            }),
    }),
    Query: form(measurementContract, 'reader', {
        options: terminal,
        build: (options) => measurementCalls.query(needed(options, 'terminal')),
    }),
    QueryHistory: form(measurementContract, 'reader', {
        options: { ...terminal, ...pageOptions },
        build: (options) =>
            measurementCalls.queryHistory({ terminalId: needed(options, 'terminal'), ...pageOf(options) }),
    }),
    QueryFeeder: form(measurementContract, 'reader', {
        options: { feeder: "the feeder's name", ...pageOptions },
        build: (options) => measurementCalls.queryFeeder({ feeder: needed(options, 'feeder'), ...pageOf(options) }),
    }),
    RequestAccess: form(registrationContract, 'terminal', {
        options: { terminal: 'a terminal of the topology: kind, location and devices are taken from there' },
        build: (options, { network }) => {
            const found = terminalOf(options, network);
            const { id, kind, site, feeder, bus, medium, concentrators } = found;
            const location = { site, feeder, bus, medium };
            const devices = devicesOf(found);
            return registrationCalls.requestAccess({ terminalId: id, kind, location, concentrators, devices });
        },
    }),
    Confirm: form(registrationContract, 'operator', {
        options: { ...terminal, 'tolerance?': "ms between a reading's time and its proposal's; its medium's" },
        build: (options, { network }) => {
            const { id, medium } = terminalOf(options, network);
            const ofMedium = network.media.find(({ name }) => name === medium)?.clockToleranceMs ?? 0;
            const given = options['tolerance'] === undefined ? ofMedium : numberOf(options, 'tolerance');
            return registrationCalls.confirm({ terminalId: id, clockToleranceMs: given });
        },
    }),
    Suspend: reasoned('Suspend', registrationCalls.suspend),
    Resume: form(registrationContract, 'operator', {
        options: terminal,
        build: (options) => registrationCalls.resume({ terminalId: needed(options, 'terminal') }),
    }),
    Retire: reasoned('Retire', registrationCalls.retire),
    RequestRenewal: form(registrationContract, 'terminal', {
        options: { terminal: "the terminal's id; a new key and certificate are issued and sign" },
        build: (options) => registrationCalls.requestRenewal({ terminalId: needed(options, 'terminal') }),
    }),
    Renew: form(registrationContract, 'operator', {
        options: { ...terminal, serial: 'serial number of the requested certificate; ListRenewals tells' },
        build: (options) =>
            registrationCalls.renew({
                terminalId: needed(options, 'terminal'),
                certificateSerial: needed(options, 'serial'),
            }),
    }),
    ChangeConcentrators: form(registrationContract, 'operator', {
        options: { ...terminal, concentrators: 'ids, comma between; empty for none' },
        build: (options) =>
            registrationCalls.changeConcentrators({
                terminalId: needed(options, 'terminal'),
                concentrators: needed(options, 'concentrators')
                    .split(',')
                    .map((id) => id.trim())
                    .filter((id) => id !== ''),
            }),
    }),
    ChangeDevices: jsonOnly(registrationContract, 'operator', 'terminalId and devices'),
    QueryTerminal: form(registrationContract, 'reader', {
        options: terminal,
        build: (options) => registrationCalls.queryTerminal(needed(options, 'terminal')),
    }),
    ListTerminals: form(registrationContract, 'reader', {
        options: {
            organization: "the organisation's MSP id",
            'state?': `${terminalStates.join(', ')}; registered`,
            'feeder?': 'only those of a feeder',
            ...pageOptions,
        },
        build: (options) =>
            registrationCalls.listTerminals({
                mspId: needed(options, 'organization'),
                state: (options['state'] ?? 'registered') as TerminalState,
                ...(options['feeder'] !== undefined && { feeder: options['feeder'] }),
                ...pageOf(options),
            }),
    }),
    ListRenewals: form(registrationContract, 'reader', {
        options: { organization: "the organisation's MSP id", ...pageOptions },
        build: (options) =>
            registrationCalls.listRenewals({ mspId: needed(options, 'organization'), ...pageOf(options) }),
    }),
    AssignRoles: form(rolesContract, 'admin', {
        options: {},
        build: (_, { network }) => rolesCalls.assignRoles(network.roleHolders),
    }),
    QueryRoles: form(rolesContract, 'reader', { options: {}, build: () => rolesCalls.queryRoles() }),
    ...acquisitionForms,
    ...controlForms,
    ...assetForms,
    ...supervisionForms,
    ...documentForms,
    ...oracleForms,
};

/** Every call that can be made by hand, by its transaction's name. */
export const callForms: Readonly<Record<string, CallForm>> = forms;

/**
 * A transaction's name with either its whole JSON argument or the options of its form → the call.
 * Throws ClientError CALL_UNUSABLE with what is wrong.
 */
export function prepareCall(
    given: { readonly transaction: string; readonly json?: string | undefined; readonly options: CallOptions },
    surroundings: CallSurroundings,
): PreparedCall {
    const found = Object.hasOwn(forms, given.transaction) ? forms[given.transaction] : undefined;
    if (found === undefined) {
        throw unusable(`There is no transaction ${given.transaction}; there are ${Object.keys(forms).join(', ')}`);
    }
    const call =
        given.json === undefined ? found.build(given.options, surroundings) : callOfJson(found, given, given.json);
    return { call, defaultIdentity: identityOf(found.caller, call, surroundings.network) };
}

function callOfJson(found: CallForm, given: { transaction: string; options: CallOptions }, json: string): Call {
    const [option] = Object.keys(given.options);
    if (option !== undefined) throw unusable(`Give either the JSON argument or --${option}, not both`);
    readObject(json);
    return { contract: found.contract, transaction: given.transaction, args: [json], readOnly: found.readOnly };
}

function readObject(json: string): Readonly<Record<string, unknown>> {
    try {
        const value: unknown = JSON.parse(json);
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
    } catch {
        // told below, with what was expected
    }
    throw unusable(`The argument is not a JSON object: ${json.slice(0, 60)}`);
}

/** Who makes the call by default: the terminal or oracle it speaks of, its operator, the dispatch centre's reader or admin. */
function identityOf(caller: Caller, call: Call, network: Network): string {
    if (caller === 'terminal' || caller === 'oracle') return subjectOf(call);
    const dispatch = network.organizations.find(({ role }) => role === 'dispatch')?.id ?? '';
    if (caller === 'dispatcher') return identityNames.dispatcher;
    if (caller === 'supervisor') return identityNames.supervisor;
    if (caller === 'operator') return identityNames.operator(ownerOf(subjectOf(call), network) ?? dispatch);
    return caller === 'reader' ? identityNames.reader(dispatch) : identityNames.admin(dispatch);
}

/** Id of the terminal, concentrator or oracle that a call speaks of. */
function subjectOf(call: Call): string {
    const input = readObject(call.args[0] ?? '{}');
    const named = input['terminalId'] ?? input['concentratorId'] ?? input['oracleId'];
    return typeof named === 'string' ? named : '';
}

/** Id of the organisation that a terminal of the topology belongs to. */
function ownerOf(terminalId: string, network: Network): string | undefined {
    const owner = network.terminals.find(({ id }) => id === terminalId)?.mspId;
    return network.organizations.find(({ mspId }) => mspId === owner)?.id;
}

function reasoned(name: string, build: (input: { terminalId: string; reason: string }) => Call): CallForm {
    return form(registrationContract, 'operator', {
        options: { ...terminal, reason: `why (${name.toLowerCase()})` },
        build: (options) => build({ terminalId: needed(options, 'terminal'), reason: needed(options, 'reason') }),
    });
}

function terminalOf(options: CallOptions, network: Network): Terminal {
    const id = needed(options, 'terminal');
    const found = network.terminals.find((candidate) => candidate.id === id);
    if (found === undefined) throw unusable(`The topology ${network.name} has no terminal ${id}`);
    return found;
}
