import type { AccessGrid, StagedCall } from './access-grid';
import { stageAcquisition } from './stage-acquisition';
import { stageAnchors, stageAssets } from './stage-assets';
import { stageAuthority, stageControl } from './stage-control';
import { stageDisplacement, stageMeasurement } from './stage-measurement';
import { stageOracles } from './stage-oracles';
import { stageRegistration, stageRoles } from './stage-registration';
import { stageSupervision } from './stage-supervision';

const stages: readonly ((access: AccessGrid) => Promise<StagedCall[]>)[] = [
    stageRoles,
    stageRegistration,
    stageMeasurement,
    stageDisplacement,
    stageControl,
    stageAuthority,
    stageAcquisition,
    stageAssets,
    stageAnchors,
    stageSupervision,
    stageOracles,
];

/** One call of every transaction, each a right next step on the grid's ledger, by `contract:transaction`. */
export async function stageCalls(access: AccessGrid): Promise<ReadonlyMap<string, StagedCall>> {
    const staged = new Map<string, StagedCall>();
    for (const stage of stages) {
        for (const one of await stage(access)) staged.set(`${one.call.contract}:${one.call.transaction}`, one);
    }
    return staged;
}
