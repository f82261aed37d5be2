import type { ChaincodeFault } from '../faults/chaincode-fault';
import { judgeServing } from '../registration/registration-rules';
import type { RosterEntry } from '../registration/roster-repository';
import type { AcquisitionFault, MemberValue, RoundRecord, TaskValue } from './acquisition-api';

/** A terminal of the round that reports for itself. */
export function judgeReporter(round: RoundRecord, terminalId: string): AcquisitionFault | undefined {
    return round.terminals.includes(terminalId) ? undefined : { code: 'NOT_IN_TASK', taskId: round.taskId, terminalId };
}

/** The terminals of the round that a concentrator reports for. */
export function decideMembers(
    round: RoundRecord,
    concentratorId: string,
): { readonly members: ReadonlySet<string> } | AcquisitionFault {
    const found = round.concentrators.find((one) => one.concentratorId === concentratorId);
    return found === undefined
        ? { code: 'NOT_IN_TASK', taskId: round.taskId, terminalId: concentratorId }
        : { members: new Set(found.terminals) };
}

/**
 * Tells why a value does not belong to the round: measured outside tick ± Δt, or ahead of its transaction by more than
 * the terminal's clock may be.
 */
export function judgeValue(
    { terminalId, timeMs }: Pick<TaskValue, 'timeMs'> & { readonly terminalId: string },
    round: Pick<RoundRecord, 'taskId' | 'tickMs' | 'toleranceMs'>,
    clock: { readonly nowMs: number; readonly clockToleranceMs: number },
): ChaincodeFault | undefined {
    const { taskId, tickMs, toleranceMs } = round;
    const offMs = timeMs - tickMs;
    if (Math.abs(offMs) > toleranceMs) {
        return { code: 'READING_OFF_TICK', taskId, tickMs, terminalId, offMs, toleranceMs };
    }
    const aheadMs = timeMs - clock.nowMs;
    return aheadMs > clock.clockToleranceMs
        ? { code: 'READING_FROM_FUTURE', terminalId, aheadMs, clockToleranceMs: clock.clockToleranceMs }
        : undefined;
}

/** One value of a concentrator's batch: its terminal is in the task under it, and on its roster, and in service. */
export function judgeMemberValue(
    value: MemberValue,
    concentrator: { readonly terminalId: string; readonly mspId: string },
    membership: { readonly members: ReadonlySet<string>; readonly entry: RosterEntry | undefined },
    clock: { readonly round: RoundRecord; readonly nowMs: number },
): ChaincodeFault | undefined {
    const { terminalId } = value;
    const { members, entry } = membership;
    const { round, nowMs } = clock;
    if (!members.has(terminalId)) {
        return { code: 'NOT_IN_TASK', taskId: round.taskId, terminalId };
    }
    if (entry === undefined) {
        return { code: 'NOT_ITS_CONCENTRATOR', terminalId, reporter: concentrator.terminalId };
    }
    if (entry.mspId !== concentrator.mspId) {
        return { code: 'FOREIGN_TERMINAL', terminalId, mspId: entry.mspId, callerMspId: concentrator.mspId };
    }
    return (
        judgeServing({ terminalId, state: entry.state }) ??
        judgeValue(value, round, { nowMs, clockToleranceMs: entry.clockToleranceMs })
    );
}
