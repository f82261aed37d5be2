import { controlEvents, controlStates, type ControlEvent, type ControlState } from './control-states';

const transactions: Readonly<Record<ControlEvent, string>> = {
    select: '`Select`',
    confirm: '`ConfirmSelection`',
    refuse: '`RefuseSelection`',
    operate: '`Operate`',
    cancel: '`Cancel`',
    reach: '`ReportOutcome`, reached',
    miss: '`ReportOutcome`, not reached',
    expire: 'the next call, after the state’s time',
};

/** docs/control-states.md: the table of select-before-operate as a diagram and as two tables. */
export function renderControlStates(): string {
    const states = Object.entries(controlStates) as [ControlState, (typeof controlStates)[ControlState]][];
    const arrows = states.flatMap(([state, { next }]) =>
        Object.entries(next).map(([event, to]) => `    ${idOf(state)} --> ${idOf(to)}: ${event}`),
    );
    const rows = states.map(([state, { waitsFor, expiresAfterMs, next }]) => {
        const waits = waitsFor === null ? '—' : `the ${waitsFor}, ${expiresAfterMs / 1_000} s`;
        return `| ${state} | ${waits} | ${Object.entries(next)
            .map(([event, to]) => `${event} → ${to}`)
            .join(', ')} |`;
    });
    const events = Object.entries(controlEvents).map(
        ([event, by]) => `| ${event} | ${by === 'time' ? 'nobody' : by} | ${transactions[event as ControlEvent]} |`,
    );
    return [
        '# The states of a remote control',
        '',
        'One operation of one device. What a state does not list is refused with `STEP_NOT_ALLOWED`, and what comes after a state’s time with `OPERATION_EXPIRED`; nothing fires by itself. `idle` is a device that was never selected.',
        '',
        '```mermaid',
        'stateDiagram-v2',
        '    [*] --> idle',
        ...arrows,
        '```',
        '',
        '| State | Waits for | Leads to |',
        '| --- | --- | --- |',
        ...rows,
        '',
        '| Event | By | Transaction |',
        '| --- | --- | --- |',
        ...events,
        '',
    ].join('\n');
}

/** Mermaid takes no hyphen in the name of a state. */
function idOf(state: string): string {
    return state.replaceAll('-', '_');
}
