import type { TimeFault } from '../clock/clock-api';
import { laterOf } from '../clock/later-of';
import type { RoleHolders } from '../roles/roles-api';
import {
    assetLimits,
    type AssetActRecord,
    type AssetFault,
    type AssetRecord,
    type AssetRegistration,
    type AssetState,
    type TransferAcceptance,
    type TransferRecord,
} from './assets-api';
import { assetStateTable } from './asset-states';

/** A new asset: planned, and owned by the organisation that registers it. */
export function decideRegistration(
    existing: AssetRecord | undefined,
    input: AssetRegistration,
    act: AssetActRecord,
): AssetRecord | AssetFault {
    const { assetId, measurements, ...staticAttributes } = input;
    if (existing !== undefined) {
        return { code: 'ASSET_EXISTS', assetId };
    }
    const sinceMs = act.transactionTimeMs;
    return {
        schemaVersion: 1,
        assetId,
        static: staticAttributes,
        dynamic: { state: 'planned', sinceMs, measurements },
        accounting: { ownerMspId: act.byMspId, sinceMs, transfers: 0, offeredToMspId: null },
        lastAct: act,
    };
}

/** The asset with a new act on it, judged at the later of the two times; no act follows decommissioning. */
export function decideAct(
    asset: AssetRecord | undefined,
    assetId: string,
    act: AssetActRecord,
): AssetRecord | AssetFault | TimeFault {
    if (asset === undefined) {
        return { code: 'ASSET_UNKNOWN', assetId };
    }
    const time = laterOf(act.transactionTimeMs, asset.lastAct.transactionTimeMs, assetLimits.clockToleranceMs);
    if ('code' in time) {
        return time;
    }
    if (asset.dynamic.state === 'decommissioned') {
        return { code: 'ASSET_DECOMMISSIONED', assetId };
    }
    return { ...asset, lastAct: { ...act, transactionTimeMs: time.nowMs } };
}

/** The same for an act that is the owner's alone. */
export function decideOwnerAct(
    asset: AssetRecord | undefined,
    assetId: string,
    act: AssetActRecord,
): AssetRecord | AssetFault | TimeFault {
    const ownerMspId = asset?.accounting.ownerMspId;
    if (ownerMspId !== undefined && ownerMspId !== act.byMspId) {
        return { code: 'FOREIGN_ASSET', assetId, ownerMspId, callerMspId: act.byMspId };
    }
    return decideAct(asset, assetId, act);
}

export function decideState(asset: AssetRecord, state: AssetState): AssetRecord | AssetFault {
    const { assetId, dynamic, accounting } = asset;
    if (!assetStateTable[dynamic.state].includes(state)) {
        return { code: 'ASSET_STATE_NOT_ALLOWED', assetId, from: dynamic.state, to: state };
    }
    if (state === 'decommissioned' && accounting.offeredToMspId !== null) {
        return { code: 'TRANSFER_OFFERED', assetId, toMspId: accounting.offeredToMspId };
    }
    return { ...asset, dynamic: { ...dynamic, state, sinceMs: asset.lastAct.transactionTimeMs } };
}

/** The owner's half of a transfer. Offered to one organisation at a time, which the roles must know. */
export function decideOffer(asset: AssetRecord, toMspId: string, holders: RoleHolders): AssetRecord | AssetFault {
    const { assetId, accounting } = asset;
    if (accounting.offeredToMspId !== null) {
        return { code: 'TRANSFER_OFFERED', assetId, toMspId: accounting.offeredToMspId };
    }
    return judgeParty(asset, toMspId, holders) ?? { ...asset, accounting: { ...accounting, offeredToMspId: toMspId } };
}

/** The end of an offer, by either of the two organisations. */
export function decideWithdrawal(asset: AssetRecord): AssetRecord | AssetFault {
    const { assetId, accounting, lastAct } = asset;
    const toMspId = accounting.offeredToMspId;
    if (toMspId === null) {
        return { code: 'TRANSFER_NOT_OFFERED', assetId };
    }
    if (lastAct.byMspId !== toMspId && lastAct.byMspId !== accounting.ownerMspId) {
        return { code: 'NOT_THE_RECIPIENT', assetId, toMspId, callerMspId: lastAct.byMspId };
    }
    return { ...asset, accounting: { ...accounting, offeredToMspId: null } };
}

/**
 * The recipient's half of a transfer. It names the offer that it accepts: only the act that offered counts, so that the
 * asset is taken as it was offered.
 */
export function decideAcceptance(
    before: AssetRecord,
    after: AssetRecord,
    { offerTransactionId }: TransferAcceptance,
): { readonly asset: AssetRecord; readonly transfer: TransferRecord } | AssetFault {
    const { assetId, accounting } = before;
    const { byMspId, byName, transactionId, transactionTimeMs } = after.lastAct;
    const toMspId = accounting.offeredToMspId;
    if (toMspId === null || before.lastAct.transactionId !== offerTransactionId) {
        return { code: 'TRANSFER_NOT_OFFERED', assetId };
    }
    if (byMspId !== toMspId) {
        return { code: 'NOT_THE_RECIPIENT', assetId, toMspId, callerMspId: byMspId };
    }
    const transfers = accounting.transfers + 1;
    return {
        asset: {
            ...after,
            accounting: { ownerMspId: toMspId, sinceMs: transactionTimeMs, transfers, offeredToMspId: null },
        },
        transfer: {
            schemaVersion: 1,
            assetId,
            number: transfers,
            fromMspId: accounting.ownerMspId,
            toMspId,
            offeredByName: before.lastAct.byName,
            offerTransactionId,
            acceptedByName: byName,
            transactionId,
            transactionTimeMs,
        },
    };
}

/** The other party of a transfer or of a use: an organisation with operators, and not the owner itself. */
export function judgeParty(asset: AssetRecord, mspId: string, holders: RoleHolders): AssetFault | undefined {
    if (!holders.operator.includes(mspId)) {
        return { code: 'PARTY_UNKNOWN', mspId };
    }
    const { assetId, accounting } = asset;
    return accounting.ownerMspId === mspId ? { code: 'PARTY_IS_OWNER', assetId, mspId } : undefined;
}
