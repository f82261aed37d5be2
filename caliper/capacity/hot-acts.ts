import type { Call } from '../../chaincode/src/calls/call-api';
import { controlCalls, type OperationName } from '../../chaincode/src/control/control-api';
import { displacementCalls } from '../../chaincode/src/displacement/displacement-api';
import { measurementCalls, type ReadingInput } from '../../chaincode/src/measurement/measurement-api';
import { signedReadingCalls } from '../../chaincode/src/measurement/signed-reading-api';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import { ReadingSigner } from '../../network/client/sign-reading';
import type { ActingConcentrator, ActingSwitch, ActingTerminal, ActsDesk } from './acts-desk';
import type { ActOperation } from './capacity-record';
import { emptyCall } from './empty-call';

/** One transaction of a round, made before the round is measured. */
export interface PreparedCall {
    readonly by: GatewayConnection;
    readonly call: Call;
    /** Told the transaction's id once it is committed. */
    readonly committed?: (transactionId: string) => void;
}

/** An act to be measured, and what it is measured beside, by the same people. */
export interface HotAct {
    readonly beside: 'empty' | 'set';
    /** Readings that one transaction carries. */
    readonly readings: number;
    /** Of a control step: those before it that are done without being measured. Each transaction has a switch of its own. */
    readonly after?: readonly ActOperation[];
    prepare(desk: ActsDesk, index: number): PreparedCall;
}

export const readingsOfBatch = 100;

/** Closing, since that looks for earths on both sides: the dearest. */
const command = { type: 'double', value: 'on' } as const;
const position = { type: 'double', state: 'on' } as const;
const reason = 'local control';

export const hotActs: Readonly<Record<ActOperation, HotAct>> = {
    displacement: {
        beside: 'empty',
        readings: 0,
        prepare: ({ terminals }, index) => {
            const terminal = at(terminals, index);
            const { id: terminalId, connection: by } = terminal;
            const [soe, timeMs] = [++terminal.soe, nowOf(terminal)];
            const moved = { terminalId, deviceId: 'Q0', position, timeMs, soe };
            const call = displacementCalls.reportDisplacement({ ...moved, cause: 'spontaneous', quality: 'valid' });
            return { by, call };
        },
    },
    select: {
        beside: 'empty',
        readings: 0,
        after: [],
        prepare: ({ switches, dispatcher }, index) => {
            const one = at(switches, index);
            const { terminal, deviceId } = one;
            return {
                by: dispatcher,
                call: controlCalls.select({ terminalId: terminal.id, deviceId, command }),
                committed: (transactionId) => {
                    one.operationId = transactionId;
                },
            };
        },
    },
    confirm: {
        beside: 'empty',
        readings: 0,
        after: [],
        prepare: ({ switches }, index) => {
            const one = at(switches, index);
            return { by: one.terminal.connection, call: controlCalls.confirmSelection(operationOf(one)) };
        },
    },
    operate: {
        beside: 'empty',
        readings: 0,
        after: [],
        prepare: ({ switches, dispatcher }, index) => ({
            by: dispatcher,
            call: controlCalls.operate(operationOf(at(switches, index))),
        }),
    },
    outcome: {
        beside: 'empty',
        readings: 0,
        after: [],
        prepare: ({ switches }, index) => {
            const one = at(switches, index);
            const { terminal } = one;
            const [soe, timeMs] = [++terminal.soe, nowOf(terminal)];
            const outcome = { ...operationOf(one), reached: true, position, timeMs, soe };
            return { by: terminal.connection, call: controlCalls.reportOutcome(outcome) };
        },
    },
    refuse: {
        beside: 'empty',
        readings: 0,
        after: ['select'],
        prepare: ({ switches }, index) => {
            const one = at(switches, index);
            const call = controlCalls.refuseSelection({ ...operationOf(one), reason });
            return { by: one.terminal.connection, call };
        },
    },
    cancel: {
        beside: 'empty',
        readings: 0,
        after: ['select', 'confirm'],
        prepare: ({ switches, dispatcher }, index) => ({
            by: dispatcher,
            call: controlCalls.cancel({ ...operationOf(at(switches, index)), reason }),
        }),
    },
    'set-signed': {
        beside: 'empty',
        readings: 1,
        prepare: ({ terminals }, index) => {
            const terminal = at(terminals, index);
            const signed = signerOf(terminal).signReading(readingOf(terminal, terminal.id, 0), ++terminal.sequence);
            return { by: terminal.connection, call: signedReadingCalls.setSigned(signed) };
        },
    },
    'set-batch': {
        beside: 'set',
        readings: readingsOfBatch,
        prepare: ({ concentrators }, index) => {
            const concentrator = at(concentrators, index);
            return { by: concentrator.connection, call: measurementCalls.setBatch(batchOf(concentrator)) };
        },
    },
    'set-signed-batch': {
        beside: 'set',
        readings: readingsOfBatch,
        prepare: ({ concentrators }, index) => {
            const concentrator = at(concentrators, index);
            const signed = signerOf(concentrator).signBatch(batchOf(concentrator), ++concentrator.sequence);
            return { by: concentrator.connection, call: signedReadingCalls.setSignedBatch(signed) };
        },
    },
};

/** What an act is measured beside: the empty transaction by those who act, or a terminal's own `Set`. */
export function prepareBeside(desk: ActsDesk, operation: ActOperation, index: number): PreparedCall {
    if (hotActs[operation].beside === 'set') {
        const terminal = at(desk.terminals, index);
        return { by: terminal.connection, call: measurementCalls.set(readingOf(terminal, terminal.id, 0)) };
    }
    const isDispatchers = operation === 'select' || operation === 'operate' || operation === 'cancel';
    return { by: isDispatchers ? desk.dispatcher : at(desk.terminals, index).connection, call: emptyCall };
}

function operationOf({ terminal, deviceId, operationId }: ActingSwitch): OperationName {
    return { terminalId: terminal.id, deviceId, operationId };
}

function nowOf({ connection }: ActingTerminal): number {
    return Math.floor(connection.clock());
}

function signerOf({ connection }: ActingTerminal): ReadingSigner {
    return new ReadingSigner(connection.identity, connection.fabric.getChannel().name);
}

/** Voltage, current, active and reactive power in turn. */
const kinds = [
    { type: 'voltage', unit: 'kV', value: 10.2 },
    { type: 'current', unit: 'A', value: 87.5 },
    { type: 'active-power', unit: 'kW', value: 1_431.7 },
    { type: 'reactive-power', unit: 'kvar', value: 212.4 },
] as const;

function readingOf(reporter: ActingTerminal, terminalId: string, index: number): ReadingInput {
    return { terminalId, timeMs: nowOf(reporter), quality: 'valid', ...at(kinds, index) };
}

function batchOf(concentrator: ActingConcentrator): { concentratorId: string; readings: ReadingInput[] } {
    const readings = Array.from({ length: readingsOfBatch }, (_, index) =>
        readingOf(concentrator, at(concentrator.collectsFor, index), index),
    );
    return { concentratorId: concentrator.id, readings };
}

function at<Item>(items: readonly Item[], index: number): Item {
    return items[index % items.length] as Item;
}
