import type { DrillRecord, DrillStep, TimedStep } from '../drill/drill-record';

/** What each step of the drill shows, as a statement. */
export const stepWords: Readonly<Record<DrillStep, string>> = {
    'select-refused': 'the substation, without authority, is refused',
    'authority-moved': 'operators of two substations have moved authority',
    'displacement-heard': 'the substation has heard a displacement',
    'operation-freed': 'what the dispatch centre was operating is free',
    'control-completed': 'the substation has opened the switch',
    'dispatch-returned': 'the dispatch centre is back, its peer caught up',
    'dispatch-refused': 'its dispatcher is refused',
    'authority-returned': 'operators have handed authority back',
    'dispatch-selects': 'its dispatcher selects again',
};

/** From when on the step by itself is timed. */
const timedFrom: Partial<Record<DrillStep, string>> = {
    'displacement-heard': "from the terminal's stamp",
    'control-completed': "from the dispatcher's first message to the committed new position",
    'dispatch-returned': 'from the start of its first node',
};

/** How a step ended, or from when on it is timed, where that is not plain. */
export function remarkOnStep({ step, ended }: TimedStep): string {
    return ended ?? timedFrom[step] ?? '';
}

/** A step in words, with the remark on it. */
export function describeStep(timed: TimedStep): string {
    const remark = remarkOnStep(timed);
    return remark === '' ? stepWords[timed.step] : `${stepWords[timed.step]} (${remark})`;
}

/** What was lost, and what was not. */
export function describeLoss({ killed, ledOrdering, left }: DrillRecord): string {
    const lost =
        killed.length === 0 ? 'nothing was killed' : `killed at once: ${killed.join(', ')}, and all its clients`;
    const rest = left.map(({ node, why }) => `${node} could not be (${why})`);
    const led =
        ledOrdering === undefined ? [] : [ledOrdering ? 'its orderer led the others' : 'its orderer did not lead'];
    return [lost, ...led, ...rest].join('; ');
}

/** What was operated, over what, and who took over. */
export function describeParts({
    terminalId,
    deviceId,
    medium,
    crossesMedium,
    takenOverBy,
    approvedBy,
}: DrillRecord): string {
    const over = crossesMedium ? `its terminal over ${medium}` : `its terminal (${medium}) over direct links`;
    return `${deviceId} of ${terminalId} was being operated, ${over}; ${takenOverBy} took over, ${approvedBy} approved`;
}
