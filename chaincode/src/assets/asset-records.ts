import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type * as api from './assets-api';
import { MeasurementReference, NameplateEntry } from './assets-input-schema';
import type * as use from './data-use-api';

// Decorated classes: they describe records and answers in the contract's metadata, and are never instantiated.

@LedgerObject()
export class StaticAttributes implements api.StaticAttributes {
    @Property('type', 'string')
    readonly type!: api.AssetType;
    @Property('name', 'string')
    readonly name!: string;
    @Property('manufacturer', 'string')
    readonly manufacturer!: string;
    @Property('model', 'string')
    readonly model!: string;
    @Property('serialNumber', 'string')
    readonly serialNumber!: string;
    @Property('nameplate', 'NameplateEntry[]')
    readonly nameplate!: NameplateEntry[];
}

@LedgerObject()
export class DynamicAttributes implements api.DynamicAttributes {
    @Property('state', 'string')
    readonly state!: api.AssetState;
    @Property('sinceMs', 'number')
    readonly sinceMs!: number;
    @Property('measurements', 'MeasurementReference[]')
    readonly measurements!: MeasurementReference[];
}

@LedgerObject()
export class AccountingAttributes implements api.AccountingAttributes {
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('sinceMs', 'number')
    readonly sinceMs!: number;
    @Property('transfers', 'number')
    readonly transfers!: number;
    @Property('offeredToMspId', 'string')
    readonly offeredToMspId!: string | null;
}

@LedgerObject()
export class AssetActRecord implements api.AssetActRecord {
    @Property('act', 'string')
    readonly act!: api.AssetAct;
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
export class AssetRecord implements api.AssetRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('static', 'StaticAttributes')
    readonly static!: StaticAttributes;
    @Property('dynamic', 'DynamicAttributes')
    readonly dynamic!: DynamicAttributes;
    @Property('accounting', 'AccountingAttributes')
    readonly accounting!: AccountingAttributes;
    @Property('lastAct', 'AssetActRecord')
    readonly lastAct!: AssetActRecord;
}

@LedgerObject()
export class AssetSummary implements api.AssetSummary {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('type', 'string')
    readonly type!: api.AssetType;
    @Property('name', 'string')
    readonly name!: string;
    @Property('state', 'string')
    readonly state!: api.AssetState;
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
}

@LedgerObject()
export class AssetPage {
    @Property('items', 'AssetSummary[]')
    readonly items!: AssetSummary[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class TransferRecord implements api.TransferRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('number', 'number')
    readonly number!: number;
    @Property('fromMspId', 'string')
    readonly fromMspId!: string;
    @Property('toMspId', 'string')
    readonly toMspId!: string;
    @Property('offeredByName', 'string')
    readonly offeredByName!: string;
    @Property('offerTransactionId', 'string')
    readonly offerTransactionId!: string;
    @Property('acceptedByName', 'string')
    readonly acceptedByName!: string;
    @Property('transactionId', 'string')
    readonly transactionId!: string;
    @Property('transactionTimeMs', 'number')
    readonly transactionTimeMs!: number;
}

@LedgerObject()
export class TransferPage {
    @Property('items', 'TransferRecord[]')
    readonly items!: TransferRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class DataUseRecord implements use.DataUseRecord {
    @Property('schemaVersion', 'number')
    readonly schemaVersion!: 1;
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('useId', 'string')
    readonly useId!: string;
    @Property('consumerMspId', 'string')
    readonly consumerMspId!: string;
    @Property('fromMs', 'number')
    readonly fromMs!: number;
    @Property('toMs', 'number')
    readonly toMs!: number;
    @Property('readings', 'number')
    readonly readings!: number;
    @Property('amount', 'number')
    readonly amount!: number;
    @Property('currency', 'string')
    readonly currency!: string;
    @Property('ownerMspId', 'string')
    readonly ownerMspId!: string;
    @Property('state', 'string')
    readonly state!: use.DataUseState;
    @Property('payment', 'string')
    readonly payment!: string | null;
    @Property('reason', 'string')
    readonly reason!: string | null;
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
export class DataUsePage {
    @Property('items', 'DataUseRecord[]')
    readonly items!: DataUseRecord[];
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
