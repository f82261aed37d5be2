import { Object as LedgerObject, Property } from 'fabric-contract-api';
import { Position } from '../displacement/displacement';
import { ControlCommand } from './control';
import type * as api from './control-api';

// Decorated classes: they describe what the transactions take in the contract's metadata, and are never instantiated.

@LedgerObject()
export class DeviceName implements api.DeviceName {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
}

@LedgerObject()
export class Selection {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('command', 'ControlCommand')
    readonly command!: ControlCommand;
}

@LedgerObject()
export class OperationName implements api.OperationName {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('operationId', 'string')
    readonly operationId!: string;
}

@LedgerObject()
export class ReasonedStep implements api.ReasonedStep {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('operationId', 'string')
    readonly operationId!: string;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class OutcomeReport {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('operationId', 'string')
    readonly operationId!: string;
    @Property('reached', 'boolean')
    readonly reached!: boolean;
    @Property('position', 'Position')
    readonly position!: Position;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('soe', 'number')
    readonly soe!: number;
}

@LedgerObject()
export class TagAct implements api.TagAct {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('kind', 'string')
    readonly kind!: api.TagKind;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class EarthAct implements api.EarthAct {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('section', 'string')
    readonly section!: string;
    @Property('earthId', 'string')
    readonly earthId!: string;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class DeviceHistoryFilter implements api.DeviceHistoryFilter {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class SectionHistoryFilter implements api.SectionHistoryFilter {
    @Property('section', 'string')
    readonly section!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
