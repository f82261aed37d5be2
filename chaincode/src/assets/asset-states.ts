import type { AssetState } from './assets-api';
import type { DataUseAct, DataUseSide, DataUseState } from './data-use-api';

/** The life of an asset: state → the states it may go to. Decommissioned is final. */
export const assetStateTable: Readonly<Record<AssetState, readonly AssetState[]>> = {
    planned: ['in-service', 'decommissioned'],
    'in-service': ['out-of-service'],
    'out-of-service': ['in-service', 'decommissioned'],
    decommissioned: [],
};

/** The life of a use of data: act → by which side, from which states, to which. */
export const dataUseTable: Readonly<
    Record<DataUseAct, { readonly by: DataUseSide; readonly from: readonly DataUseState[]; readonly to: DataUseState }>
> = {
    settle: { by: 'consumer', from: ['charged', 'disputed'], to: 'settled' },
    dispute: { by: 'consumer', from: ['charged'], to: 'disputed' },
    cancel: { by: 'owner', from: ['charged', 'disputed'], to: 'cancelled' },
};
