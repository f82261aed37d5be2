import { authorityCatalogue } from '../authority/authority-catalogue';
import { controlCatalogue } from '../control/control-catalogue';
import { displacementCatalogue } from '../displacement/displacement-catalogue';
import { acquisitionCatalogue } from '../acquisition/acquisition-catalogue';
import { anchorsCatalogue } from '../anchors/anchors-catalogue';
import { assetsCatalogue } from '../assets/assets-catalogue';
import { signedReadingCatalogue } from '../measurement/signed-reading-catalogue';
import { oraclesCatalogue } from '../oracles/oracles-catalogue';
import { privateDataCatalogue } from '../private-data/private-data-catalogue';
import { signatureCatalogue } from '../signatures/signature-catalogue';
import { supervisionCatalogue } from '../supervision/supervision-catalogue';
import { atReading } from './at-reading';
import type { FaultCode } from './chaincode-fault';
import type { FaultEntry } from './fault-entry';

/** Every fault of the chaincode: a code without an entry does not compile. docs/errors.md is generated from it. */
export const faultCatalogue: { readonly [Code in FaultCode]: FaultEntry<Code> } = {
    MALFORMED_INPUT: {
        meaning: 'The argument is not the one JSON object that the transaction takes.',
        action: 'Build the call with the functions of the domain’s -api.ts file, or correct the field that is named.',
        says: (f) => `${f.path === '' ? 'The argument' : `The field ${f.path}`} was refused: ${f.reason}.`,
    },
    UNKNOWN_TRANSACTION: {
        meaning: 'The contract has no transaction of this name.',
        action: 'Ask org.hyperledger.fabric:GetMetadata for the names.',
        says: (f) => `The contract ${f.contract} has no such transaction.`,
    },
    BOOKMARK_UNKNOWN: {
        meaning: 'The bookmark is not one that this query answered.',
        action: 'Start again with an empty bookmark.',
        says: () => 'The bookmark does not belong to this query.',
    },
    TRANSACTION_TIME_UNUSABLE: {
        meaning: 'The proposal carries no timestamp, or one outside the years 1970 to 9999.',
        action: 'Set the clock of the client that builds proposals.',
        says: () => 'The timestamp of the proposal cannot be used.',
    },
    RECORD_UNREADABLE: {
        meaning: 'A ledger record was written by a newer version of the chaincode, or is damaged.',
        action: 'Run the chaincode version that wrote it, or compare the peers’ states.',
        says: (f) =>
            `The ${f.record} record has schema version ${String(f.schemaVersion)}, which this version cannot read.`,
    },
    ROLES_ALREADY_ASSIGNED: {
        meaning: 'Which organisation may hold which role is written once.',
        action: 'Read it with QueryRoles.',
        says: (f) => `The roles were assigned in transaction ${f.transactionId}.`,
    },
    ROLES_NOT_ASSIGNED: {
        meaning: 'No record says yet which organisation may hold which role.',
        action: 'Let an administrator call AssignRoles once.',
        says: () => 'The roles are not assigned yet.',
    },
    ADMIN_REQUIRED: {
        meaning: 'Only an administrator (NodeOU admin) may assign the roles.',
        action: 'Call with the administrator identity of a member organisation.',
        says: (f) => `The caller from ${f.mspId} is not an administrator.`,
    },
    ROLE_REQUIRED: {
        meaning: 'The act needs a role that the caller’s certificate does not carry.',
        action: 'Call with an identity whose certificate carries the attribute role.',
        says: (f) => `The act needs the role ${f.role}.`,
    },
    ROLE_NOT_HELD_HERE: {
        meaning: 'The certificate carries the role, but its organisation may not hold it.',
        action: 'Call with an identity of an organisation that QueryRoles lists for the role.',
        says: (f) => `${f.mspId} may not hold the role ${f.role}.`,
    },
    NOT_A_TERMINAL: {
        meaning: 'The act is a terminal’s, and the certificate names none (attribute terminalId).',
        action: 'Call with a terminal’s identity.',
        says: (f) => `The caller from ${f.mspId} is not a terminal.`,
    },
    NOT_THE_TERMINAL: {
        meaning: 'A terminal acted in the name of another.',
        action: 'Call with the identity of the terminal that the input names.',
        says: (f) => `${f.callerTerminalId} may not act as ${f.terminalId}.`,
    },
    TERMINAL_UNKNOWN: {
        meaning: 'No terminal of this id ever requested access.',
        action: 'Check the id, or let the terminal call RequestAccess.',
        says: (f) => `The terminal ${f.terminalId} is unknown.`,
    },
    TERMINAL_EXISTS: {
        meaning: 'The terminal was confirmed before; access is requested once.',
        action: 'To change its certificate call RequestRenewal; a retired id is not used again.',
        says: (f) => `The terminal ${f.terminalId} exists and is ${f.state}.`,
    },
    TERMINAL_NOT_CONFIRMED: {
        meaning: 'The terminal’s request waits for an operator.',
        action: 'Let an operator of its organisation call Confirm.',
        says: (f) => `The terminal ${f.terminalId} is not confirmed yet.`,
    },
    TERMINAL_SUSPENDED: {
        meaning: 'An operator suspended the terminal.',
        action: 'Let an operator of its organisation call Resume.',
        says: (f) => `The terminal ${f.terminalId} is suspended${atReading(f.readingIndex)}.`,
    },
    TERMINAL_RETIRED: {
        meaning: 'The terminal was retired, which is final.',
        action: 'Register its successor under a new id.',
        says: (f) => `The terminal ${f.terminalId} is retired${atReading(f.readingIndex)}.`,
    },
    FOREIGN_TERMINAL: {
        meaning: 'The terminal belongs to another organisation than the caller.',
        action: 'Call with an identity of the terminal’s organisation.',
        says: (f) =>
            `The terminal ${f.terminalId} belongs to ${f.mspId}, not to ${f.callerMspId}${atReading(f.readingIndex)}.`,
    },
    ACT_NOT_ALLOWED: {
        meaning: 'The registration’s state does not allow the act.',
        action: 'Read the state with QueryTerminal; the table of states says which acts lead out of it.',
        says: (f) => `The terminal ${f.terminalId} is ${f.state}, which does not allow the act ${f.act}.`,
    },
    CERTIFICATE_UNREADABLE: {
        meaning: 'The caller’s certificate could not be read as X.509.',
        action: 'Issue the certificate anew.',
        says: () => 'The certificate of the caller cannot be read.',
    },
    CERTIFICATE_UNKNOWN: {
        meaning: 'The certificate names a registered terminal but is not the registered one.',
        action: 'If it is the terminal’s new certificate, call RequestRenewal with it and let an operator call Renew.',
        says: (f) => `The certificate ${f.certificateSerial} is not registered for ${f.terminalId}.`,
    },
    CERTIFICATE_REPLACED: {
        meaning: 'The certificate was replaced by a newer one; its acts are refused from then on.',
        action: 'Use the terminal’s new certificate. If nobody should hold the old key any more, look into who does.',
        says: (f) => `The certificate ${f.certificateSerial} of ${f.terminalId} was replaced.`,
    },
    CERTIFICATE_NOT_NEW: {
        meaning: 'A renewal was requested with the certificate that is registered already.',
        action: 'Call RequestRenewal with the new certificate.',
        says: (f) => `The certificate ${f.certificateSerial} is the registered one of ${f.terminalId}.`,
    },
    KEY_NOT_REPLACED: {
        meaning: 'A renewal replaces key and certificate; this certificate has the old key.',
        action: 'Let the terminal make a new key pair and have that certified.',
        says: (f) => `The new certificate of ${f.terminalId} has the key of the old one.`,
    },
    RENEWAL_UNKNOWN: {
        meaning: 'No renewal with this certificate waits for the operator.',
        action: 'Read the waiting ones with ListRenewals.',
        says: (f) => `No renewal of ${f.terminalId} with the certificate ${f.certificateSerial} was requested.`,
    },
    TOO_MANY_CONCENTRATORS: {
        meaning: 'The terminal changed its concentrators so often that its queries would become too dear.',
        action: 'Retire it and register its successor under a new id.',
        says: (f) => `The terminal ${f.terminalId} cannot have more than ${f.limit} terms of concentrators.`,
    },
    NOT_ITS_CONCENTRATOR: {
        meaning: 'A terminal reported for another that does not name it as a concentrator, or no longer.',
        action: 'Let the operator call ChangeConcentrators, or let the right concentrator report.',
        says: (f) => `${f.reporter} may not report for ${f.terminalId}${atReading(f.readingIndex)}.`,
    },
    READING_TYPE_UNKNOWN: {
        meaning: 'The type of the reading is not in the table of types.',
        action: 'Use a type of readingUnits in measurement-api.ts.',
        says: (f) => `The type “${f.type}” is unknown${atReading(f.readingIndex)}.`,
    },
    READING_UNIT_UNKNOWN: {
        meaning: 'The unit is not one of the type’s units.',
        action: 'Use a unit that readingUnits in measurement-api.ts lists for the type.',
        says: (f) => `The unit “${f.unit}” does not belong to the type ${f.type}${atReading(f.readingIndex)}.`,
    },
    READING_FROM_FUTURE: {
        meaning: 'The reading’s time lies after the proposal’s timestamp by more than the terminal’s tolerance.',
        action: 'Compare the clocks of the terminal and of the client that sends for it.',
        says: (f) =>
            `The reading of ${f.terminalId} is ${f.aheadMs} ms ahead of its transaction, tolerated are ` +
            `${f.clockToleranceMs} ms${atReading(f.readingIndex)}.`,
    },
    TIME_WENT_BACK: {
        meaning:
            'The proposal’s timestamp lies before the newest act on the record by more than the clocks may differ.',
        action: 'Compare the clocks of the two parties; the one that is wrong is to be set.',
        says: (f) =>
            `The transaction’s time ${f.nowMs} lies ${f.lastMs - f.nowMs} ms before the newest act on the record, ` +
            `tolerated are ${f.toleranceMs} ms.`,
    },
    ...signatureCatalogue,
    ...privateDataCatalogue,
    ...authorityCatalogue,
    ...displacementCatalogue,
    ...controlCatalogue,
    ...signedReadingCatalogue,
    ...acquisitionCatalogue,
    ...assetsCatalogue,
    ...supervisionCatalogue,
    ...anchorsCatalogue,
    ...oraclesCatalogue,
};
