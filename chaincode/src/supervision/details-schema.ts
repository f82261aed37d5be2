import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './details-api';

// Decorated classes: they describe inputs and records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class FindingDetails implements api.FindingDetails {
    @Property('salt', 'string')
    readonly salt!: string;
    @Property('text', 'string')
    readonly text!: string;
}

@LedgerObject()
export class ShownDetails {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('details', 'FindingDetails')
    readonly details!: FindingDetails;
}

@LedgerObject()
export class DetailsRecord implements api.DetailsRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('digest', 'string')
    readonly digest!: string;
    @Property('byMspId', 'string')
    readonly byMspId!: string;
    @Property('byName', 'string')
    readonly byName!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class DetailsCheck implements api.DetailsCheck {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('digest', 'string')
    readonly digest!: string;
    @Property('matches', 'boolean')
    readonly matches!: boolean;
}
