import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './registration-api';
import { AccessLocation, ControlledDevice } from './terminal';

// Decorated classes: they describe what the transactions take in the contract's metadata, and are never instantiated.

@LedgerObject()
export class AccessRequest implements api.AccessRequest {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('kind', 'string')
    readonly kind!: api.TerminalKind;
    @Property('location', 'AccessLocation')
    readonly location!: AccessLocation;
    @Property('concentrators', 'string[]')
    readonly concentrators!: string[];
    @Property('devices', 'ControlledDevice[]')
    readonly devices!: ControlledDevice[];
}

@LedgerObject()
export class Confirmation implements api.Confirmation {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('clockToleranceMs', 'number')
    readonly clockToleranceMs!: number;
}

@LedgerObject()
export class ReasonedAct implements api.ReasonedAct {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class TerminalName implements api.TerminalName {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
}

@LedgerObject()
export class Renewal implements api.Renewal {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('certificateSerial', 'string')
    readonly certificateSerial!: string;
}

@LedgerObject()
export class ConcentratorChange implements api.ConcentratorChange {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('concentrators', 'string[]')
    readonly concentrators!: string[];
}

@LedgerObject()
export class DeviceChange implements api.DeviceChange {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('devices', 'ControlledDevice[]')
    readonly devices!: ControlledDevice[];
}

@LedgerObject()
export class TerminalFilter implements api.TerminalFilter {
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('state', 'string')
    readonly state!: api.TerminalState;
    @Property('feeder', 'string')
    readonly feeder!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class RenewalFilter implements api.RenewalFilter {
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
