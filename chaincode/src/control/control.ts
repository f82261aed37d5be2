import { Object as LedgerObject, Property } from 'fabric-contract-api';
import { Person } from '../authority/authority';
import { Position } from '../displacement/displacement';
import type { TerminalState } from '../registration/registration-api';
import { ControlledDevice } from '../registration/terminal';
import type * as api from './control-api';

// Decorated classes: they describe records and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class ControlCommand {
    @Property('type', 'string')
    readonly type!: api.ControlCommand['type'];
    @Property('value', 'string')
    readonly value!: api.ControlCommand['value'];
}

@LedgerObject()
export class StepRecord implements api.StepRecord {
    @Property('step', 'string')
    readonly step!: api.ControlStep;
    @Property('byMspId', 'string')
    readonly byMspId!: string;
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('reason', 'string')
    readonly reason!: string | null;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class OperationOutcome {
    @Property('position', 'Position')
    readonly position!: Position;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('soe', 'number')
    readonly soe!: number;
}

/** An operation; answers tell its state in effect, records the state that the newest step led to. */
@LedgerObject()
export class EffectiveOperation {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('operationId', 'string')
    readonly operationId!: string;
    @Property('command', 'ControlCommand')
    readonly command!: ControlCommand;
    @Property('state', 'string')
    readonly state!: api.EffectiveOperation['state'];
    @Property('selectedBy', 'Person')
    readonly selectedBy!: Person;
    @Property('certificateSerial', 'string')
    readonly certificateSerial!: string;
    @Property('expiresAtMs', 'number')
    readonly expiresAtMs!: number | null;
    @Property('lastMs', 'number')
    readonly lastMs!: number;
    @Property('clockToleranceMs', 'number')
    readonly clockToleranceMs!: number;
    @Property('outcome', 'OperationOutcome')
    readonly outcome!: OperationOutcome | null;
    @Property('lastStep', 'StepRecord')
    readonly lastStep!: StepRecord;
}

@LedgerObject()
export class DeviceTag implements api.DeviceTag {
    @Property('kind', 'string')
    readonly kind!: api.TagKind;
    @Property('placedBy', 'Person')
    readonly placedBy!: Person;
    @Property('reason', 'string')
    readonly reason!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class SafetyAct implements api.SafetyAct {
    @Property('act', 'string')
    readonly act!: api.SafetyAct['act'];
    @Property('by', 'Person')
    readonly by!: Person;
    @Property('reason', 'string')
    readonly reason!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class TagRecord implements api.TagRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('tags', 'DeviceTag[]')
    readonly tags!: DeviceTag[];
    @Property('lastAct', 'SafetyAct')
    readonly lastAct!: SafetyAct;
}

@LedgerObject()
export class PlacedEarth implements api.PlacedEarth {
    @Property('earthId', 'string')
    readonly earthId!: string;
    @Property('placedBy', 'Person')
    readonly placedBy!: Person;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class EarthRecord implements api.EarthRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('section', 'string')
    readonly section!: string;
    @Property('earths', 'PlacedEarth[]')
    readonly earths!: PlacedEarth[];
    @Property('lastAct', 'SafetyAct')
    readonly lastAct!: SafetyAct;
}

@LedgerObject()
export class DeviceAnswer {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('terminalState', 'string')
    readonly terminalState!: TerminalState;
    @Property('device', 'ControlledDevice')
    readonly device!: ControlledDevice;
    @Property('operation', 'EffectiveOperation')
    readonly operation!: EffectiveOperation | null;
    @Property('tags', 'DeviceTag[]')
    readonly tags!: DeviceTag[];
    @Property('earthedSections', 'string[]')
    readonly earthedSections!: string[];
}

@LedgerObject()
export class OperationPage {
    @Property('items', 'EffectiveOperation[]')
    readonly items!: EffectiveOperation[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class TagPage {
    @Property('items', 'TagRecord[]')
    readonly items!: TagRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class EarthPage {
    @Property('items', 'EarthRecord[]')
    readonly items!: EarthRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
