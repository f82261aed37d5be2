import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './registration-api';

// Decorated classes: they describe inputs and records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class AccessLocation implements api.AccessLocation {
    @Property('site', 'string')
    readonly site!: string;
    @Property('feeder', 'string')
    readonly feeder!: string;
    @Property('bus', 'string')
    readonly bus!: string;
    @Property('medium', 'string')
    readonly medium!: string;
}

@LedgerObject()
export class ConcentratorTerm implements api.ConcentratorTerm {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('sinceMs', 'number')
    readonly sinceMs!: number;
    @Property('untilMs', 'number')
    readonly untilMs!: number | null;
}

@LedgerObject()
export class ControlledDevice implements api.ControlledDevice {
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('command', 'string')
    readonly command!: api.CommandType;
    @Property('sections', 'string[]')
    readonly sections!: string[];
}

@LedgerObject()
export class TerminalCertificate implements api.TerminalCertificate {
    @Property('serial', 'string')
    readonly serial!: string;
    @Property('publicKey', 'string')
    readonly publicKey!: string;
}

@LedgerObject()
export class ActRecord implements api.ActRecord {
    @Property('act', 'string')
    readonly act!: api.RegistrationAct;
    @Property('byMspId', 'string')
    readonly byMspId!: string;
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
    @Property('reason', 'string')
    readonly reason!: string | null;
}

@LedgerObject()
export class TerminalRecord implements api.TerminalRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 2;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('onChainId', 'string')
    readonly onChainId!: string;
    @Property('kind', 'string')
    readonly kind!: api.TerminalKind;
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('location', 'AccessLocation')
    readonly location!: AccessLocation;
    @Property('state', 'string')
    readonly state!: api.TerminalState;
    @Property('certificate', 'TerminalCertificate')
    readonly certificate!: TerminalCertificate;
    @Property('replacedSerials', 'string[]')
    readonly replacedSerials!: string[];
    @Property('concentrators', 'ConcentratorTerm[]')
    readonly concentrators!: ConcentratorTerm[];
    @Property('devices', 'ControlledDevice[]')
    readonly devices!: ControlledDevice[];
    @Property('clockToleranceMs', 'number')
    readonly clockToleranceMs!: number | null;
    @Property('lastAct', 'ActRecord')
    readonly lastAct!: ActRecord;
}

@LedgerObject()
export class TerminalSummary implements api.TerminalSummary {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('onChainId', 'string')
    readonly onChainId!: string;
    @Property('kind', 'string')
    readonly kind!: api.TerminalKind;
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('state', 'string')
    readonly state!: api.TerminalState;
    @Property('location', 'AccessLocation')
    readonly location!: AccessLocation;
    @Property('certificateSerial', 'string')
    readonly certificateSerial!: string;
}

@LedgerObject()
export class RenewalRecord implements api.RenewalRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('certificate', 'TerminalCertificate')
    readonly certificate!: TerminalCertificate;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class TerminalPage {
    @Property('items', 'TerminalSummary[]')
    readonly items!: TerminalSummary[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class RenewalPage {
    @Property('items', 'RenewalRecord[]')
    readonly items!: RenewalRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
