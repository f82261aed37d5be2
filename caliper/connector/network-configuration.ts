import { ConfigUtil, CaliperUtils } from '@hyperledger/caliper-core';
import { z } from 'zod';
import type { LoadPlan } from '../rounds/load-plan';
import { readLoadPlan } from '../rounds/load-plan';

const ours = z.looseObject({ caliper: z.looseObject({ sutOptions: z.looseObject({ loadPlan: z.string() }) }) });

export interface WorkerConfiguration {
    /** Caliper's network file. */
    readonly file: string;
    readonly planFile: string;
    readonly plan: LoadPlan;
}

/** Caliper's network file of this process, and our load plan, which it names. */
export function readWorkerConfiguration(): WorkerConfiguration {
    const file = CaliperUtils.resolvePath(String(ConfigUtil.get(ConfigUtil.keys.NetworkConfig)));
    const { loadPlan } = ours.parse(CaliperUtils.parseYaml(file)).caliper.sutOptions;
    return { file, planFile: loadPlan, plan: readLoadPlan(loadPlan) };
}
