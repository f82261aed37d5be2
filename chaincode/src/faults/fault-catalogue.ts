import type { FaultCode, FaultOf } from './chaincode-fault';

/** What a code means to somebody who reads it in a log, and what to do about it. */
export interface FaultEntry<Code extends FaultCode> {
    readonly meaning: string;
    readonly action: string;
    /** What is wrong and where, with the fault's data: one sentence. */
    readonly says: (fault: FaultOf<Code>) => string;
}

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
        meaning: 'The proposal’s timestamp is earlier than the newest of the record, by more than clocks may differ.',
        action: 'Compare the clocks of this client and of the one that wrote the record.',
        says: (f) =>
            `The transaction is ${f.backMs} ms older than the newest ${f.record} record, tolerated are ` +
            `${f.clockToleranceMs} ms.`,
    },
    SIGNATURE_MALFORMED: {
        meaning: 'The signature has not the one form that is taken: 64 bytes r‖s in lower-case hex, with the lower s.',
        action: 'Sign with ReadingSigner of network/client, or normalise s.',
        says: (f) => `The signature of ${f.terminalId} has not the right form: ${f.reason}.`,
    },
    SIGNATURE_INVALID: {
        meaning: 'The signature is not that of the registered key over what was sent, on this channel.',
        action: 'Compare what was signed with what was forwarded; after a renewal, sign with the new key.',
        says: (f) => `The signature does not show that ${f.terminalId} said this.`,
    },
    TERMINAL_KEY_UNUSABLE: {
        meaning: 'The registered key is not an uncompressed point of the curve P-256.',
        action: 'Issue the terminal a certificate with a P-256 key, and renew its registration.',
        says: (f) => `The registered key of ${f.terminalId} cannot verify signatures.`,
    },
    REPLAYED: {
        meaning: 'Something was accepted under this sequence number of the signer before.',
        action: 'Nothing is lost if it is the same; for something new, count on and sign again.',
        says: (f) => `The number ${f.sequence} of ${f.terminalId} was used in transaction ${f.transactionId}.`,
    },
    SIGNED_READING_UNKNOWN: {
        meaning: 'No signed reading was accepted under this sequence number.',
        action: 'Check the terminal’s id and its count.',
        says: (f) => `The ledger holds no signed reading ${f.sequence} of ${f.terminalId}.`,
    },
    TASK_UNKNOWN: {
        meaning: 'No acquisition task of this id was defined.',
        action: 'Read the tasks with ListTasks.',
        says: (f) => `There is no task ${f.taskId}.`,
    },
    TASK_EXISTS: {
        meaning: 'A task of this id was defined before; a task does not change.',
        action: 'End it, and define its successor under a new id.',
        says: (f) => `The task ${f.taskId} exists.`,
    },
    TASK_ENDED: {
        meaning: 'The task was ended, so no round of it is opened any more.',
        action: 'Define its successor under a new id.',
        says: (f) => `The task ${f.taskId} has ended.`,
    },
    TASK_DRIVEN_OTHERWISE: {
        meaning:
            'A dispatcher opens the rounds of a time-driven task, a terminal’s event those of an event-driven one.',
        action: 'Call OpenRound for drive time, TriggerRound for the others.',
        says: (f) => `The rounds of ${f.taskId} are opened otherwise: its drive is ${f.drive}.`,
    },
    NOT_IN_TASK: {
        meaning: 'The terminal or concentrator does not report for this task, or not in this way.',
        action: 'Read with QueryTask who reports for itself and who through which concentrator.',
        says: (f) => `${f.terminalId} does not report so for the task ${f.taskId}${atReading(f.readingIndex)}.`,
    },
    NOT_A_TICK: {
        meaning: 'The time is not one of the task’s ticks.',
        action: 'Use startMs and a whole number of timeScaleMs more.',
        says: (f) => `${f.tickMs} is no tick of ${f.taskId}: they are ${f.startMs} and every ${f.timeScaleMs} ms more.`,
    },
    TICK_TOO_EARLY: {
        meaning: 'A round is opened at most one δ before its tick.',
        action: 'Open it later, or compare the clocks.',
        says: (f) => `The tick ${f.tickMs} of ${f.taskId} is ${f.aheadMs} ms ahead.`,
    },
    TICK_PASSED: {
        meaning: 'Tick + Δt is over: a round opened now could take no reading in time.',
        action: 'Open the next one; to open in time, begin earlier.',
        says: (f) => `The tick ${f.tickMs} of ${f.taskId} with its tolerance passed ${f.passedMs} ms ago.`,
    },
    EVENT_FROM_FUTURE: {
        meaning: 'The event’s time lies after the proposal’s timestamp by more than clocks may differ.',
        action: 'Compare the clocks of the terminal and of the client that sends for it.',
        says: (f) => `The event for ${f.taskId} is ${f.aheadMs} ms ahead of its transaction.`,
    },
    TRIGGER_NOT_MET: {
        meaning: 'What the terminal reported is not the event that opens a round of this task.',
        action: 'Send the value that crossed the limit, or no value for a protection trip.',
        says: (f) => `The value ${f.value ?? '(none)'} does not open a round of ${f.taskId}.`,
    },
    ROUND_EXISTS: {
        meaning: 'The round of this tick was opened before.',
        action: 'Go on as if it had been opened by this call.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} exists.`,
    },
    ROUND_UNKNOWN: {
        meaning: 'No round of this tick was opened.',
        action: 'Let a dispatcher open it, or read the open ones with ListOpenRounds.',
        says: (f) => `There is no round ${f.tickMs} of ${f.taskId}.`,
    },
    ROUND_NOT_DUE: {
        meaning: 'A round is sealed after tick + Δt.',
        action: 'Seal it later, or compare the clocks.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} is due in ${f.remainingMs} ms.`,
    },
    ROUND_SEALED: {
        meaning: 'The round is sealed, which is final.',
        action: 'Send the reading as an ordinary Set; the data block names it missing.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} is sealed.`,
    },
    ROUND_NOT_SEALED: {
        meaning: 'The round has no data block yet.',
        action: 'Ask again when it is sealed; QueryRound tells its state.',
        says: (f) => `The round ${f.tickMs} of ${f.taskId} is not sealed yet.`,
    },
    READING_OFF_TICK: {
        meaning: 'The value was measured further from the tick than the task’s Δt.',
        action: 'Report it for the tick it was measured at, or as an ordinary Set.',
        says: (f) =>
            `The reading of ${f.terminalId} is ${f.offMs} ms off the tick ${f.tickMs} of ${f.taskId}, tolerated are ` +
            `${f.toleranceMs} ms${atReading(f.readingIndex)}.`,
    },
    NOT_IN_BLOCK: {
        meaning: 'The data block of this round has no element of this terminal.',
        action: 'Its header tells whether the terminal was missing; QueryTask tells who reports.',
        says: (f) => `The data block of the round ${f.tickMs} of ${f.taskId} has no element of ${f.terminalId}.`,
    },
};

function atReading(index: number | undefined): string {
    return index === undefined ? '' : ` (reading ${index} of the batch)`;
}
