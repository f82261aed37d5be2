import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';
import type { ReadingType } from '../measurement/measurement-api';
import type { DataUseFault, DataUseRecord } from './data-use-api';

/** What a resource of the grid is: plant, or the data that it yields. */
export const assetTypes = [
    'breaker',
    'load-switch',
    'transformer',
    'line-section',
    'busbar',
    'terminal',
    'meter',
    'data-set',
] as const;
export type AssetType = (typeof assetTypes)[number];

export const assetStates = ['planned', 'in-service', 'out-of-service', 'decommissioned'] as const;
export type AssetState = (typeof assetStates)[number];

export const assetActs = ['register', 'change-state', 'bind', 'offer', 'withdraw', 'accept'] as const;
export type AssetAct = (typeof assetActs)[number];

/** One figure or word of a nameplate; `unit` is '' where there is none. */
export interface NameplateEntry {
    readonly name: string;
    readonly value: string;
    readonly unit: string;
}

/** What never changes: identity, type, nameplate. */
export interface StaticAttributes {
    readonly type: AssetType;
    readonly name: string;
    readonly manufacturer: string;
    readonly model: string;
    readonly serialNumber: string;
    readonly nameplate: readonly NameplateEntry[];
}

/** Where the asset's measurements lie: a terminal, and one type of its readings. */
export interface MeasurementReference {
    readonly terminalId: string;
    readonly type: ReadingType;
}

/** What operation changes: the state, and the references to its measurements. */
export interface DynamicAttributes {
    readonly state: AssetState;
    readonly sinceMs: number;
    readonly measurements: readonly MeasurementReference[];
}

/** What is accounted for: whose it is, since when, after how many transfers. Uses of its data are records of their own. */
export interface AccountingAttributes {
    readonly ownerMspId: string;
    readonly sinceMs: number;
    readonly transfers: number;
    /** The organisation that may accept it; null while it is not offered. */
    readonly offeredToMspId: string | null;
}

export interface AssetActRecord {
    readonly act: AssetAct;
    readonly byMspId: string;
    /** Common name of the certificate. */
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
    readonly reason: string | null;
}

/** The unified resource paradigm of seed 001 (2.5.2): one format for every asset. */
export interface AssetRecord {
    readonly schemaVersion: 1;
    readonly assetId: string;
    readonly static: StaticAttributes;
    readonly dynamic: DynamicAttributes;
    readonly accounting: AccountingAttributes;
    readonly lastAct: AssetActRecord;
}

/** Index entry, and what lists tell of each. */
export interface AssetSummary {
    readonly schemaVersion: 1;
    readonly assetId: string;
    readonly type: AssetType;
    readonly name: string;
    readonly state: AssetState;
    readonly ownerMspId: string;
}

/** A completed transfer; the payload of its event. */
export interface TransferRecord {
    readonly schemaVersion: 1;
    readonly assetId: string;
    /** 1 for the first. */
    readonly number: number;
    readonly fromMspId: string;
    readonly toMspId: string;
    /** Who offered, and who accepted. */
    readonly offeredByName: string;
    readonly offerTransactionId: string;
    readonly acceptedByName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

/** A static, two dynamic and an accounting attribute by which assets are found. */
export const assetAttributes = ['type', 'state', 'terminal', 'owner'] as const;
export type AssetAttribute = (typeof assetAttributes)[number];

export interface AssetRegistration extends StaticAttributes {
    readonly assetId: string;
    readonly measurements: readonly MeasurementReference[];
}
export interface AssetStateChange {
    readonly assetId: string;
    readonly state: AssetState;
    readonly reason: string;
}
export interface MeasurementBinding {
    readonly assetId: string;
    /** All of them from now on. */
    readonly measurements: readonly MeasurementReference[];
}
export interface TransferOffer {
    readonly assetId: string;
    readonly toMspId: string;
}
export interface TransferAcceptance {
    readonly assetId: string;
    /** Id of the transaction that offered: which offer is meant. */
    readonly offerTransactionId: string;
}
export interface AssetFilter extends PageRequest {
    readonly attribute: AssetAttribute;
    readonly value: string;
}
export interface TransferFilter extends PageRequest {
    readonly assetId: string;
}

export type AssetFault =
    | { readonly code: 'ASSET_UNKNOWN'; readonly assetId: string }
    | { readonly code: 'ASSET_EXISTS'; readonly assetId: string }
    | {
          readonly code: 'FOREIGN_ASSET';
          readonly assetId: string;
          readonly ownerMspId: string;
          readonly callerMspId: string;
      }
    | {
          readonly code: 'ASSET_STATE_NOT_ALLOWED';
          readonly assetId: string;
          readonly from: AssetState;
          readonly to: AssetState;
      }
    | { readonly code: 'ASSET_DECOMMISSIONED'; readonly assetId: string }
    | { readonly code: 'PARTY_UNKNOWN'; readonly mspId: string }
    | { readonly code: 'PARTY_IS_OWNER'; readonly assetId: string; readonly mspId: string }
    | { readonly code: 'TRANSFER_NOT_OFFERED'; readonly assetId: string }
    | { readonly code: 'TRANSFER_OFFERED'; readonly assetId: string; readonly toMspId: string }
    | {
          readonly code: 'NOT_THE_RECIPIENT';
          readonly assetId: string;
          readonly toMspId: string;
          readonly callerMspId: string;
      }
    | DataUseFault;

export const assetLimits = {
    nameplateEntries: 40,
    measurements: 20,
    /** By how much a transaction's time may lie before the record's newest act. */
    clockToleranceMs: 60_000,
} as const;

export const assetsContract = 'assets';
export const assetsCalls = {
    /** By an operator, whose organisation becomes the owner. The measurements' terminals must be registered. */
    registerAsset: (input: AssetRegistration): Call => submitCallOf(assetsContract, 'RegisterAsset', input),
    /** By an operator of the owner, as the next two. */
    changeAssetState: (input: AssetStateChange): Call => submitCallOf(assetsContract, 'ChangeAssetState', input),
    bindMeasurements: (input: MeasurementBinding): Call => submitCallOf(assetsContract, 'BindMeasurements', input),
    offerTransfer: (input: TransferOffer): Call => submitCallOf(assetsContract, 'OfferTransfer', input),
    /** By an operator of the owner, or of the organisation that does not want it. */
    withdrawTransfer: (assetId: string): Call => submitCallOf(assetsContract, 'WithdrawTransfer', { assetId }),
    /** By an operator of the organisation it was offered to, which becomes the owner. */
    acceptTransfer: (input: TransferAcceptance): Call => submitCallOf(assetsContract, 'AcceptTransfer', input),
    /** Answers an AssetRecord. */
    queryAsset: (assetId: string): Call => evaluateCallOf(assetsContract, 'QueryAsset', { assetId }),
    /** Answers a Page<AssetSummary>, from the index of the attribute. */
    findAssets: (input: AssetFilter): Call => evaluateCallOf(assetsContract, 'FindAssets', input),
    /** Answers a Page<TransferRecord>, oldest first. */
    listTransfers: (input: TransferFilter): Call => evaluateCallOf(assetsContract, 'ListTransfers', input),
} as const;

export const assetsEvents = {
    registered: 'assets.registered',
    changed: 'assets.changed',
    bound: 'assets.bound',
    offered: 'assets.offered',
    withdrawn: 'assets.withdrawn',
    transferred: 'assets.transferred',
    charged: 'assets.data-use-charged',
    settled: 'assets.data-use-settled',
    disputed: 'assets.data-use-disputed',
    cancelled: 'assets.data-use-cancelled',
} as const;
export interface AssetsEventPayloads {
    readonly 'assets.registered': AssetRecord;
    readonly 'assets.changed': AssetRecord;
    readonly 'assets.bound': AssetRecord;
    readonly 'assets.offered': AssetRecord;
    readonly 'assets.withdrawn': AssetRecord;
    readonly 'assets.transferred': TransferRecord;
    readonly 'assets.data-use-charged': DataUseRecord;
    readonly 'assets.data-use-settled': DataUseRecord;
    readonly 'assets.data-use-disputed': DataUseRecord;
    readonly 'assets.data-use-cancelled': DataUseRecord;
}
