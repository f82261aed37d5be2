import type { Role } from '../roles/roles-api';
import type { FindingAct, FindingState } from './finding-api';
import type { AssetStage, StageAct } from './supervision-api';

/**
 * The life of an information asset: act → in which stages, and to which it leads. What closes a finding may be done to
 * a retired asset, too: its paper work goes on.
 */
export const stageTable: Readonly<
    Record<Exclude<StageAct, 'enrol'>, { readonly in: readonly AssetStage[]; readonly to?: AssetStage }>
> = {
    update: { in: ['testing', 'running'] },
    test: { in: ['testing', 'running'] },
    'put-online': { in: ['testing'], to: 'running' },
    'report-finding': { in: ['testing', 'running'] },
    'close-finding': { in: ['testing', 'running', 'retired'] },
    retire: { in: ['testing', 'running'], to: 'retired' },
};

/** The life of a finding: act → by whom, from which state, to which. The owner rectifies, the supervisor judges. */
export const findingTable: Readonly<
    Record<FindingAct, { readonly by: Role; readonly from: FindingState; readonly to: FindingState }>
> = {
    rectify: { by: 'operator', from: 'open', to: 'rectified' },
    close: { by: 'supervisor', from: 'rectified', to: 'closed' },
    reopen: { by: 'supervisor', from: 'rectified', to: 'open' },
};
