import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './details-api';
import type { FindingName } from './finding-api';

// Decorated classes: they describe inputs and records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class Details implements api.Details {
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
    @Property('details', 'Details')
    readonly details!: Details;
}

@LedgerObject()
export class DetailsRecord implements api.DetailsRecord<FindingName> {
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
export class DetailsCheck implements api.DetailsCheck<FindingName> {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('findingId', 'string')
    readonly findingId!: string;
    @Property('digest', 'string')
    readonly digest!: string;
    @Property('matches', 'boolean')
    readonly matches!: boolean;
}

@LedgerObject()
export class TestName implements api.TestName {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('testId', 'string')
    readonly testId!: string;
}

@LedgerObject()
export class ShownTestDetails {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('testId', 'string')
    readonly testId!: string;
    @Property('details', 'Details')
    readonly details!: Details;
}

@LedgerObject()
export class TestDetailsRecord implements api.DetailsRecord<api.TestName> {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('testId', 'string')
    readonly testId!: string;
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
export class TestDetailsCheck implements api.DetailsCheck<api.TestName> {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('testId', 'string')
    readonly testId!: string;
    @Property('digest', 'string')
    readonly digest!: string;
    @Property('matches', 'boolean')
    readonly matches!: boolean;
}
