import type { FaultEntries } from '../faults/fault-entry';
import type { AssetFault } from './assets-api';

/** What the faults of assets mean, and what to do. */
export const assetsCatalogue: FaultEntries<AssetFault['code']> = {
    ASSET_UNKNOWN: {
        meaning: 'No asset of this id was registered.',
        action: 'Find it with FindAssets, or let its owner call RegisterAsset.',
        says: (f) => `There is no asset ${f.assetId}.`,
    },
    ASSET_EXISTS: {
        meaning: 'An asset of this id was registered before; its static attributes do not change.',
        action: 'Read it with QueryAsset; another asset needs another id.',
        says: (f) => `The asset ${f.assetId} exists.`,
    },
    FOREIGN_ASSET: {
        meaning: 'The act is the owner’s, and the caller’s organisation is not the owner.',
        action: 'Call with an operator of the owner.',
        says: (f) => `The asset ${f.assetId} belongs to ${f.ownerMspId}, not to ${f.callerMspId}.`,
    },
    ASSET_STATE_NOT_ALLOWED: {
        meaning: 'The asset’s state does not lead to the one that is asked for.',
        action: 'Take it out of service before it is decommissioned; the table of states says what leads where.',
        says: (f) => `The asset ${f.assetId} is ${f.from}, which does not lead to ${f.to}.`,
    },
    ASSET_DECOMMISSIONED: {
        meaning: 'The asset was decommissioned, which is final.',
        action: 'Register its successor under a new id.',
        says: (f) => `The asset ${f.assetId} is decommissioned.`,
    },
    PARTY_UNKNOWN: {
        meaning: 'The other party is no organisation whose operators the roles know.',
        action: 'Read the organisations with QueryRoles.',
        says: (f) => `${f.mspId} has no operators on this ledger.`,
    },
    PARTY_IS_OWNER: {
        meaning: 'The owner named itself as the other party.',
        action: 'Name the other organisation.',
        says: (f) => `${f.mspId} owns ${f.assetId} already.`,
    },
    TRANSFER_NOT_OFFERED: {
        meaning: 'The asset is not offered, or something was done to it after the offer that is named.',
        action: 'Read it with QueryAsset; after a change the owner withdraws the offer and makes it again.',
        says: (f) => `The asset ${f.assetId} is not offered so.`,
    },
    TRANSFER_OFFERED: {
        meaning: 'The asset is offered already, so it is neither offered again nor decommissioned.',
        action: 'Call WithdrawTransfer first.',
        says: (f) => `The asset ${f.assetId} is offered to ${f.toMspId}.`,
    },
    NOT_THE_RECIPIENT: {
        meaning: 'The asset is offered to another organisation.',
        action: 'Call with an operator of the organisation it is offered to.',
        says: (f) => `The asset ${f.assetId} is offered to ${f.toMspId}, not to ${f.callerMspId}.`,
    },
    DATA_USE_UNKNOWN: {
        meaning: 'No use of this number was charged for the asset.',
        action: 'Read what is charged with ListDataUses.',
        says: (f) => `There is no use ${f.useId} of the data of ${f.assetId}.`,
    },
    DATA_USE_EXISTS: {
        meaning: 'A use of this number was charged for the asset before.',
        action: 'Go on as if this call had charged it, or give another use another number.',
        says: (f) => `The use ${f.useId} of the data of ${f.assetId} exists.`,
    },
    DATA_USE_NOT_ALLOWED: {
        meaning: 'The state of the use does not allow the act.',
        action: 'Read it with QueryDataUse; settled and cancelled are final.',
        says: (f) => `The use ${f.useId} of ${f.assetId} is ${f.state}, which does not allow the act ${f.act}.`,
    },
    NOT_A_PARTY: {
        meaning: 'The act is the other party’s of the use, or nobody’s of the caller’s organisation.',
        action: 'The consumer settles and disputes; the organisation that charged cancels.',
        says: (f) => `The act on the use ${f.useId} of ${f.assetId} is ${f.partyMspId}’s, not ${f.callerMspId}’s.`,
    },
};
