import type { DrillRecord } from '../drill/drill-record';
import { formatSeconds } from './format-figures';
import type { DrillRequirement } from './requirements';
import { drillRequirements } from './requirements';
import type { RunRecord, Verdict } from './run-record';

/** Judges the limits on the acts of each drill: after the loss they hold as before it. None where there was no drill. */
export function checkDrills({ drills = [], limits }: Pick<RunRecord, 'drills' | 'limits'>): Verdict[] {
    return drills.flatMap((drill) => drillRequirements.map((requirement) => judge(requirement, drill, limits)));
}

function judge(requirement: DrillRequirement, drill: DrillRecord, limits: RunRecord['limits']): Verdict {
    const { id, basis, evidence, step } = requirement;
    const boundMs = requirement.boundMs(limits);
    const common = { id, topology: drill.topology, boundMs, basis, evidence };
    const timed = drill.steps.find((one) => one.step === step);
    if (timed === undefined) {
        const reason = `The drill did not come that far: ${drill.problem ?? 'its record has no such step.'}`;
        return { ...common, worstMs: null, status: 'not-measured', reason };
    }
    const worstMs = timed.tookMs;
    if (worstMs <= boundMs) return { ...common, worstMs, status: 'met' };
    const over = drill.crossesMedium ? ` over ${drill.medium}` : '';
    const beyond = `${formatSeconds(worstMs)}, ${formatSeconds(worstMs - boundMs)} beyond the limit`;
    return { ...common, worstMs, status: 'missed', reason: `${beyond}, with ${drill.terminalId}${over}.` };
}
