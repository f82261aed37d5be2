import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './anchors-api';

// Decorated classes: they describe inputs and records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class AnchorInput implements api.AnchorInput {
    @Property('name', 'string')
    readonly name!: string;
    @Property('sha256', 'string')
    readonly sha256!: string;
    @Property('sizeBytes', 'number')
    readonly sizeBytes!: number;
    @Property('place', 'string')
    readonly place!: string;
}

@LedgerObject()
export class AnchorName {
    @Property('name', 'string')
    readonly name!: string;
}

@LedgerObject()
export class DigestFilter implements api.DigestFilter {
    @Property('sha256', 'string')
    readonly sha256!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class AnchorRecord implements api.AnchorRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('name', 'string')
    readonly name!: string;
    @Property('sha256', 'string')
    readonly sha256!: string;
    @Property('sizeBytes', 'number')
    readonly sizeBytes!: number;
    @Property('place', 'string')
    readonly place!: string;
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
export class AnchorPage {
    @Property('items', 'AnchorRecord[]')
    readonly items!: AnchorRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
