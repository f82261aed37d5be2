import { z } from 'zod';
import { CaliperError } from '../caliper-errors';
import type { LoadPlan } from '../rounds/load-plan';
import { readLoadPlan } from '../rounds/load-plan';

const roundArgumentsSchema = z.strictObject({ loadPlan: z.string().min(1) });

/** The load plan that a round's arguments name. Throws CaliperError `ROUND_ARGUMENTS_INVALID`, `LOAD_PLAN_UNREADABLE`. */
export function readRoundArguments(roundArguments: unknown): LoadPlan {
    const parsed = roundArgumentsSchema.safeParse(roundArguments);
    if (parsed.success) return readLoadPlan(parsed.data.loadPlan);
    const findings = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'arguments', message }));
    throw new CaliperError({ code: 'ROUND_ARGUMENTS_INVALID', findings });
}
