import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type { RoleHolders } from '../roles/roles-api';
import { judgeParty } from './asset-rules';
import { dataUseTable } from './asset-states';
import { assetLimits, type AssetFault, type AssetRecord } from './assets-api';
import type { DataUseAct, DataUseCharge, DataUseName, DataUseRecord } from './data-use-api';

export type DataUseActor = Pick<DataUseRecord, 'byMspId' | 'byName' | 'transactionId' | 'transactionTimeMs'>;

/** A use that the asset's owner charges. A decommissioned asset's data were used before: they can be charged. */
export function decideCharge(
    asset: AssetRecord | undefined,
    existing: DataUseRecord | undefined,
    charge: DataUseCharge,
    holders: RoleHolders,
    actor: DataUseActor,
): DataUseRecord | AssetFault {
    const { assetId, useId, consumerMspId } = charge;
    if (asset === undefined) {
        return { code: 'ASSET_UNKNOWN', assetId };
    }
    const { ownerMspId } = asset.accounting;
    if (ownerMspId !== actor.byMspId) {
        return { code: 'FOREIGN_ASSET', assetId, ownerMspId, callerMspId: actor.byMspId };
    }
    if (existing !== undefined) {
        return { code: 'DATA_USE_EXISTS', assetId, useId };
    }
    return (
        judgeParty(asset, consumerMspId, holders) ?? {
            schemaVersion: 1,
            ...charge,
            ownerMspId,
            state: 'charged',
            payment: null,
            reason: null,
            ...actor,
        }
    );
}

/** What the two parties do with it, by the table; `ownerMspId` is who charged, whoever owns the asset now. */
export function decideDataUseAct(
    use: DataUseRecord | undefined,
    { assetId, useId }: DataUseName,
    act: DataUseAct,
    actor: DataUseActor,
    said: Partial<Pick<DataUseRecord, 'payment' | 'reason'>>,
): DataUseRecord | AssetFault | TimeFault {
    if (use === undefined) {
        return { code: 'DATA_USE_UNKNOWN', assetId, useId };
    }
    const { by, from, to } = dataUseTable[act];
    const partyMspId = by === 'owner' ? use.ownerMspId : use.consumerMspId;
    if (partyMspId !== actor.byMspId) {
        return { code: 'NOT_A_PARTY', assetId, useId, partyMspId, callerMspId: actor.byMspId };
    }
    if (!from.includes(use.state)) {
        return { code: 'DATA_USE_NOT_ALLOWED', assetId, useId, act, state: use.state };
    }
    const time = laterOf(actor.transactionTimeMs, use.transactionTimeMs, assetLimits.clockToleranceMs);
    return 'code' in time ? time : { ...use, ...actor, ...said, transactionTimeMs: time.nowMs, state: to };
}
