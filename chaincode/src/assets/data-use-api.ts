import { evaluateCallOf, submitCallOf, type Call, type PageRequest } from '../calls/call-api';

export const dataUseStates = ['charged', 'disputed', 'settled', 'cancelled'] as const;
export type DataUseState = (typeof dataUseStates)[number];
export const dataUseActs = ['settle', 'dispute', 'cancel'] as const;
export type DataUseAct = (typeof dataUseActs)[number];

/** Which side of a use an organisation is on: it owns the asset whose data was used, or it used them. */
export const dataUseSides = ['owner', 'consumer'] as const;
export type DataUseSide = (typeof dataUseSides)[number];

export interface DataUseCharge {
    readonly assetId: string;
    /** Unique for the asset: the owner's own number of the use. */
    readonly useId: string;
    readonly consumerMspId: string;
    /** The time of the data that were used. */
    readonly fromMs: number;
    readonly toMs: number;
    readonly readings: number;
    /** In the smallest unit of the currency. */
    readonly amount: number;
    /** ISO 4217. */
    readonly currency: string;
}
export interface DataUseName {
    readonly assetId: string;
    readonly useId: string;
}
export interface DataUseSettlement extends DataUseName {
    /** The consumer's reference of the payment. */
    readonly payment: string;
}
export interface DataUseReason extends DataUseName {
    readonly reason: string;
}
export interface DataUseFilter extends PageRequest {
    readonly mspId: string;
    readonly side: DataUseSide;
    readonly state: DataUseState;
}

/** The ledger record of one use of an asset's data, and the payload of its events. */
export interface DataUseRecord extends DataUseCharge {
    readonly schemaVersion: 1;
    readonly ownerMspId: string;
    readonly state: DataUseState;
    readonly payment: string | null;
    readonly reason: string | null;
    /** Who did the newest act, in which transaction. */
    readonly byMspId: string;
    readonly byName: string;
    readonly transactionId: string;
    readonly transactionTimeMs: number;
}

export type DataUseFault =
    | { readonly code: 'DATA_USE_UNKNOWN'; readonly assetId: string; readonly useId: string }
    | { readonly code: 'DATA_USE_EXISTS'; readonly assetId: string; readonly useId: string }
    | {
          readonly code: 'DATA_USE_NOT_ALLOWED';
          readonly assetId: string;
          readonly useId: string;
          readonly act: DataUseAct;
          readonly state: DataUseState;
      }
    | {
          readonly code: 'NOT_A_PARTY';
          readonly assetId: string;
          readonly useId: string;
          readonly partyMspId: string;
          readonly callerMspId: string;
      };

export const dataUseLimits = { readings: 1_000_000_000, amount: 1_000_000_000_000 } as const;

const contract = 'assets';
export const dataUseCalls = {
    /** By an operator of the asset's owner. */
    chargeDataUse: (input: DataUseCharge): Call => submitCallOf(contract, 'ChargeDataUse', input),
    /** By an operator of the consumer, as the next. */
    settleDataUse: (input: DataUseSettlement): Call => submitCallOf(contract, 'SettleDataUse', input),
    disputeDataUse: (input: DataUseReason): Call => submitCallOf(contract, 'DisputeDataUse', input),
    /** By an operator of the organisation that charged. */
    cancelDataUse: (input: DataUseReason): Call => submitCallOf(contract, 'CancelDataUse', input),
    /** Answers a DataUseRecord. */
    queryDataUse: (input: DataUseName): Call => evaluateCallOf(contract, 'QueryDataUse', input),
    /** Answers a Page<DataUseRecord>: what an organisation is owed, or owes. */
    listDataUses: (input: DataUseFilter): Call => evaluateCallOf(contract, 'ListDataUses', input),
} as const;
