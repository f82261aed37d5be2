import { Object as LedgerObject, Property } from 'fabric-contract-api';
import type { ReadingType } from '../measurement/measurement-api';
import type * as api from './assets-api';
import type * as use from './data-use-api';

// Decorated classes: they describe inputs and records in the contract's metadata, and are never instantiated.

@LedgerObject()
export class NameplateEntry implements api.NameplateEntry {
    @Property('name', 'string')
    readonly name!: string;
    @Property('value', 'string')
    readonly value!: string;
    @Property('unit', 'string')
    readonly unit!: string;
}

@LedgerObject()
export class MeasurementReference implements api.MeasurementReference {
    @Property('terminalId', 'string')
    readonly terminalId!: string;
    @Property('type', 'string')
    readonly type!: ReadingType;
}

@LedgerObject()
export class AssetRegistration implements api.AssetRegistration {
    @Property('assetId', 'string')
    readonly assetId!: string;
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
    @Property('measurements', 'MeasurementReference[]')
    readonly measurements!: MeasurementReference[];
}

@LedgerObject()
export class AssetName {
    @Property('assetId', 'string')
    readonly assetId!: string;
}

@LedgerObject()
export class AssetStateChange implements api.AssetStateChange {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('state', 'string')
    readonly state!: api.AssetState;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class MeasurementBinding implements api.MeasurementBinding {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('measurements', 'MeasurementReference[]')
    readonly measurements!: MeasurementReference[];
}

@LedgerObject()
export class TransferOffer implements api.TransferOffer {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('toMspId', 'string')
    readonly toMspId!: string;
}

@LedgerObject()
export class TransferAcceptance implements api.TransferAcceptance {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('offerTransactionId', 'string')
    readonly offerTransactionId!: string;
}

@LedgerObject()
export class AssetFilter implements api.AssetFilter {
    @Property('attribute', 'string')
    readonly attribute!: api.AssetAttribute;
    @Property('value', 'string')
    readonly value!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class TransferFilter implements api.TransferFilter {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}

@LedgerObject()
export class DataUseCharge implements use.DataUseCharge {
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
}

@LedgerObject()
export class DataUseName implements use.DataUseName {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('useId', 'string')
    readonly useId!: string;
}

@LedgerObject()
export class DataUseSettlement implements use.DataUseSettlement {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('useId', 'string')
    readonly useId!: string;
    @Property('payment', 'string')
    readonly payment!: string;
}

@LedgerObject()
export class DataUseReason implements use.DataUseReason {
    @Property('assetId', 'string')
    readonly assetId!: string;
    @Property('useId', 'string')
    readonly useId!: string;
    @Property('reason', 'string')
    readonly reason!: string;
}

@LedgerObject()
export class DataUseFilter implements use.DataUseFilter {
    @Property('mspId', 'string')
    readonly mspId!: string;
    @Property('side', 'string')
    readonly side!: use.DataUseSide;
    @Property('state', 'string')
    readonly state!: use.DataUseState;
    @Property('pageSize', 'number')
    readonly pageSize!: number;
    @Property('bookmark', 'string')
    readonly bookmark!: string;
}
