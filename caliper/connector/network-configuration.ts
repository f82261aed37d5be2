import { ConfigUtil, CaliperUtils } from '@hyperledger/caliper-core';
import { z } from 'zod';
import type { LoadPlan, WorkerPlan } from '../rounds/load-plan';
import { readLoadPlan, workerPlanOf } from '../rounds/load-plan';

const ours = z.looseObject({ caliper: z.looseObject({ sutOptions: z.looseObject({ loadPlan: z.string() }) }) });

export interface WorkerConfiguration {
    /** Caliper's network file. */
    readonly file: string;
    readonly plan: LoadPlan;
    /** In Caliper's manager, which sends nothing: the first. */
    readonly worker: WorkerPlan;
}

/** What Caliper's network file and our load plan, which it names, say of this process. The manager's index is -1. */
export function readWorkerConfiguration(workerIndex: number): WorkerConfiguration {
    const file = CaliperUtils.resolvePath(String(ConfigUtil.get(ConfigUtil.keys.NetworkConfig)));
    const { loadPlan } = ours.parse(CaliperUtils.parseYaml(file)).caliper.sutOptions;
    const plan = readLoadPlan(loadPlan);
    return { file, plan, worker: workerPlanOf(plan, loadPlan, Math.max(0, workerIndex)) };
}
