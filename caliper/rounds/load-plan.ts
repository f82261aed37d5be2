import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Medium, Network } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import { shareTerminals } from '../terminals/share-terminals';
import type { WorkerShare } from '../terminals/share-terminals';
import { switchSchema } from '../terminals/switches';

export const loadPlanSchema = z.strictObject({
    /** The resolved network, its `workers` being those of this start of Caliper and its `seed` that of the run. */
    network: z.custom<Network>((value) => typeof value === 'object' && value !== null && 'workers' in value),
    /** Discovered addresses are taken as localhost. */
    asLocalhost: z.boolean(),
    /** Where each worker writes its transactions; absolute. */
    recordsDirectory: z.string().min(1),
    /** Relay of each medium, by the medium's name; empty where links are not emulated. */
    relayUrls: z.record(z.string(), z.url()),
    /** What the ledger told of the switches before this start; empty where no round moves any. */
    switches: z.array(switchSchema),
});

/** What Caliper's workers are told besides Caliper's own files. */
export type LoadPlan = z.infer<typeof loadPlanSchema>;

/** What one worker speaks for, over what. */
export interface WorkerPlan {
    readonly share: WorkerShare;
    readonly medium: Medium;
    readonly relayUrl: string | undefined;
}

/** Throws CaliperError `LOAD_PLAN_UNREADABLE`. */
export function readLoadPlan(file: string): LoadPlan {
    try {
        return loadPlanSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch (cause) {
        const why = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
        throw new CaliperError({ code: 'LOAD_PLAN_UNREADABLE', file, why }, { cause });
    }
}

/** The part of a worker, by Caliper's index from zero. Throws CaliperError when there is none. */
export function workerPlanOf(plan: LoadPlan, file: string, workerIndex: number): WorkerPlan {
    const share = shareTerminals(plan.network)[workerIndex];
    const medium = plan.network.media.find(({ name }) => name === share?.medium);
    if (share === undefined || medium === undefined) {
        const why = `it plans ${plan.network.workers.length} workers, and Caliper started number ${workerIndex + 1}`;
        throw new CaliperError({ code: 'LOAD_PLAN_UNREADABLE', file, why });
    }
    return { share, medium, relayUrl: plan.relayUrls[medium.name] };
}
