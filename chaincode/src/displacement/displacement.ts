import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './displacement-api';

// Decorated classes: they describe inputs and answers in the contract's metadata, and are never instantiated.

/** `state` of a single or double point, `step` of a tap changer. */
@LedgerObject()
export class Position {
    @Property('type', 'string')
    readonly type!: api.Position['type'];
    @Property('state', 'string')
    readonly state!: string;
    @Property('step', 'number')
    readonly step!: number;
}

@LedgerObject()
export class DisplacementInput {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('position', 'Position')
    readonly position!: Position;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('cause', 'string')
    readonly cause!: api.TransmissionCause;
    @Property('quality', 'string')
    readonly quality!: api.PointQuality;
    @Property('soe', 'number')
    readonly soe!: number;
}

@LedgerObject()
export class DisplacementRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('deviceId', 'string')
    readonly deviceId!: string;
    @Property('position', 'Position')
    readonly position!: Position;
    @Property('timeMs', 'number')
    readonly timeMs!: number;
    @Property('cause', 'string')
    readonly cause!: api.TransmissionCause;
    @Property('quality', 'string')
    readonly quality!: api.PointQuality;
    @Property('soe', 'number')
    readonly soe!: number;
    @Property('late', 'boolean')
    readonly late!: boolean;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class JudgedDisplacement {
    @Property('displacement', 'DisplacementRecord')
    readonly displacement!: DisplacementRecord;
    @Property('copies', 'number')
    readonly copies!: number;
    @Property('contradicted', 'boolean')
    readonly contradicted!: boolean;
    @Property('missingBefore', 'number')
    readonly missingBefore!: number;
    @Property('outOfOrder', 'boolean')
    readonly outOfOrder!: boolean;
}

@LedgerObject()
export class DisplacementFilter implements api.DisplacementFilter {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('fromSoe', 'number')
    readonly fromSoe!: number;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class DisplacementPage {
    @Property('items', 'JudgedDisplacement[]')
    readonly items!: JudgedDisplacement[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
