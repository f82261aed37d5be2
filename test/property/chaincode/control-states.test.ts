import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Call, Page } from '../../../chaincode/src/calls/call-api';
import {
    controlCalls,
    type EffectiveOperation,
    type OperationName,
    type OperationRecord,
} from '../../../chaincode/src/control/control-api';
import {
    controlEvents,
    controlStates,
    nextControlState,
    type ControlState,
    type ControlStep,
} from '../../../chaincode/src/control/control-states';
import { decodeFault } from '../../../chaincode/src/faults/fault-api';
import { ControlGrid, controlled } from '../../support/chaincode/control-grid';
import { toleranceMs } from '../../support/chaincode/test-grid';

const steps = Object.keys(controlEvents).filter((event) => event !== 'expire') as ControlStep[];
const runs = 150;

/** One attempt: a step at a time, on the newest operation or on a former one, by a clock that is off. */
const attempt = fc.record({
    step: fc.constantFrom(...steps),
    afterMs: fc.oneof(
        { weight: 8, arbitrary: fc.nat(9_000) },
        { weight: 1, arbitrary: fc.nat(40_000) },
        { weight: 1, arbitrary: fc.constantFrom(15_000, 15_001, 30_000, 30_001) },
    ),
    skewMs: fc.oneof(
        { weight: 6, arbitrary: fc.constant(0) },
        { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 0 }) },
    ),
    isStale: fc.nat(9).map((chance) => chance === 0),
});
/** Random attempts, with a way that leads on woven in, so that every state is met. */
const way = ['select', 'confirm', 'operate', 'reach'] as const;
const attempts = fc.array(
    fc.oneof(
        { weight: 2, arbitrary: attempt.map((one) => [one]) },
        {
            weight: 1,
            arbitrary: fc
                .nat(4)
                .map((length) =>
                    way.slice(0, length).map((step) => ({ step, afterMs: 100, skewMs: 0, isStale: false }) as const),
                ),
        },
    ),
    { minLength: 4, maxLength: 12 },
);

/** What the table says of a device, kept apart from the contract. */
interface Model {
    state: ControlState;
    operationId: string;
    expiresAtMs: number | null;
    lastMs: number;
    steps: number;
}

describe('select before operate, driven in random orders', () => {
    let control: ControlGrid;
    let devices: string[];
    const met = new Set<ControlState>();
    const verdicts = new Set<string>();

    beforeAll(async () => {
        devices = Array.from({ length: 16 }, (_, index) => `Q${index}`);
        control = await ControlGrid.start(
            devices.map((deviceId) => ({ deviceId, command: 'double', sections: ['a', 'b'] })),
        );
    });

    it('does what the table says and nothing else', async () => {
        let run = 0;
        const models = new Map<string, Model>();
        await fc.assert(
            fc.asyncProperty(attempts, async (pieces) => {
                run += 1;
                const deviceId = devices[run % devices.length] ?? 'Q0';
                const model = models.get(deviceId) ?? {
                    state: 'idle',
                    operationId: '',
                    expiresAtMs: null,
                    lastMs: 0,
                    steps: 0,
                };
                models.set(deviceId, model);
                for (const one of pieces.flat()) {
                    control.ledger.nowMs += one.afterMs;
                    await tryStep(model, deviceId, one);
                }
                await expectHistory(deviceId, model);
            }),
            { numRuns: runs, seed: 20_261_123 },
        );
        expect([...met].sort()).toEqual(Object.keys(controlStates).sort());
        expect([...verdicts].sort()).toEqual([
            'DEVICE_BUSY',
            'OPERATION_EXPIRED',
            'OPERATION_UNKNOWN',
            'STEP_NOT_ALLOWED',
            'TIME_WENT_BACK',
            'accepted',
        ]);
    });

    async function tryStep(
        model: Model,
        deviceId: string,
        { step, skewMs, isStale }: { step: ControlStep; skewMs: number; isStale: boolean },
    ): Promise<void> {
        const timeMs = control.ledger.nowMs + skewMs;
        const operationId = isStale || model.operationId === '' ? 'f'.repeat(64) : model.operationId;
        const name = { terminalId: controlled, deviceId, operationId };
        const identity = controlEvents[step] === 'terminal' ? control.terminal : control.dispatcher;
        const simulation = await control.ledger.endorse(callOf(step, name, timeMs), identity, { timeMs });
        const verdict = simulation.status === 200 ? 'accepted' : (decodeFault(simulation.message)?.code ?? 'none');
        const expected = expectedOf(model, step, timeMs, operationId);
        expect({ step, state: model.state, verdict }).toEqual({ step, state: model.state, verdict: expected.verdict });
        verdicts.add(verdict);
        if (expected.verdict === 'accepted') {
            control.ledger.commit(simulation);
            enter(model, expected.next, Math.max(timeMs, model.lastMs));
            model.operationId = step === 'select' ? simulation.transactionId : model.operationId;
            model.steps += 1;
        } else {
            expect([...simulation.writes.keys()]).toEqual([]);
        }
        await expectState(deviceId, model);
    }

    function expectedOf(
        model: Model,
        step: ControlStep,
        timeMs: number,
        operationId: string,
    ): { verdict: string; next: ControlState } {
        const state = stateAt(model, Math.max(timeMs, model.lastMs));
        met.add(state);
        const next = nextControlState(state, step) ?? state;
        const refused = (verdict: string): { verdict: string; next: ControlState } => ({ verdict, next });
        if (step !== 'select' && (state === 'idle' || operationId !== model.operationId)) {
            return refused('OPERATION_UNKNOWN');
        }
        if (timeMs < model.lastMs - toleranceMs) return refused('TIME_WENT_BACK');
        if (step !== 'select' && state === 'expired') return refused('OPERATION_EXPIRED');
        if (nextControlState(state, step) !== undefined) return { verdict: 'accepted', next };
        return refused(step === 'select' ? 'DEVICE_BUSY' : 'STEP_NOT_ALLOWED');
    }

    function enter(model: Model, state: ControlState, nowMs: number): void {
        const { expiresAfterMs } = controlStates[state];
        model.state = state;
        model.lastMs = nowMs;
        model.expiresAtMs = expiresAfterMs === null ? null : nowMs + expiresAfterMs;
    }

    function stateAt(model: Model, nowMs: number): ControlState {
        return model.expiresAtMs !== null && nowMs > model.expiresAtMs ? 'expired' : model.state;
    }

    async function expectState(deviceId: string, model: Model): Promise<void> {
        if (model.state === 'idle') return;
        const operation: EffectiveOperation = await control.operation(deviceId);
        const state = stateAt(model, Math.max(control.ledger.nowMs, model.lastMs));
        met.add(state);
        expect(operation).toMatchObject({ state, operationId: model.operationId, lastMs: model.lastMs });
    }

    /** Every accepted step is in the history, and each follows its predecessor by the table. */
    async function expectHistory(deviceId: string, model: Model): Promise<void> {
        const history: OperationRecord[] = [];
        let bookmark = '';
        do {
            const filter = { terminalId: controlled, deviceId, pageSize: 7, bookmark };
            const call = controlCalls.queryOperationHistory(filter);
            const page = await control.ledger.evaluate<Page<OperationRecord>>(call, control.grid.reader);
            history.unshift(...[...page.items].reverse());
            bookmark = page.bookmark;
        } while (bookmark !== '');
        expect(history).toHaveLength(model.steps);
        for (const [index, { state, lastStep }] of history.entries()) {
            const before: ControlState = history[index - 1]?.state ?? 'idle';
            const followed = lastStep.step === 'select' ? ['selected'] : [nextControlState(before, lastStep.step)];
            expect(followed).toContain(state);
        }
    }
});

let soe = 0;
function callOf(step: ControlStep, name: OperationName, timeMs: number): Call {
    const { terminalId, deviceId } = name;
    const reason = 'property';
    const outcome = (reached: boolean): Call =>
        controlCalls.reportOutcome({
            ...name,
            reached,
            position: { type: 'double', state: reached ? 'on' : 'intermediate' },
            timeMs,
            soe: (soe += 1),
        });
    const calls: Readonly<Record<ControlStep, () => Call>> = {
        select: () => controlCalls.select({ terminalId, deviceId, command: { type: 'double', value: 'on' } }),
        confirm: () => controlCalls.confirmSelection(name),
        refuse: () => controlCalls.refuseSelection({ ...name, reason }),
        operate: () => controlCalls.operate(name),
        cancel: () => controlCalls.cancel({ ...name, reason }),
        reach: () => outcome(true),
        miss: () => outcome(false),
    };
    return calls[step]();
}
