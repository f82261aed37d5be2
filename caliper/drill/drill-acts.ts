import { authorityCalls, type AuthorityRecord } from '../../chaincode/src/authority/authority-api';
import { controlCalls, readControlEventName, type Selection } from '../../chaincode/src/control/control-api';
import type { FaultCode } from '../../chaincode/src/faults/fault-api';
import { ClientError } from '../../network/client/client-errors';
import type { GatewayConnection } from '../../network/client/connect-gateway';
import type { HeardDisplacement, MainStation } from '../../network/client/main-station';
import { readAnswer } from '../../network/client/read-answer';
import { trySubmit } from '../../network/client/submit-call';
import { submitUntilCommitted } from '../../network/client/submit-until-committed';
import type { PeerNode } from '../../network/topology/network-model';
import { CaliperError } from '../caliper-errors';
import type { TerminalGroup } from '../terminals/terminal-group';
import type { DrillStep } from './drill-record';
import { actDeadlineMs, type ActReport, type DrillWatch } from './drill-watch';

/**
 * Selects, and waits until somebody hears that the terminal has confirmed; gives the operation's id. A device that an
 * earlier operation holds is waited for.
 */
export async function selectAndConfirm(
    watch: DrillWatch,
    dispatcher: GatewayConnection,
    selection: Selection,
    notices: readonly string[],
): Promise<string> {
    const before = notices.length;
    const select = controlCalls.select(selection);
    const operationId = await submitUntilCommitted(dispatcher, select, {
        lagging: ['DEVICE_BUSY'],
        deadlineMs: actDeadlineMs,
    });
    const isConfirmed = (): boolean =>
        notices.slice(before).some((name) => {
            const event = readControlEventName(name);
            return event?.terminalId === selection.terminalId && event.state === 'confirmed';
        });
    await watch.until(isConfirmed, { forWhat: "the terminal's confirmation" });
    return operationId;
}

/**
 * Has a dispatcher select who must be refused, since another organisation holds authority. Whatever else goes wrong is
 * tried again; a selection that is committed is thrown as CaliperError `DRILL_STEP_FAILED`.
 */
export async function expectRefusal(
    watch: DrillWatch,
    step: DrillStep,
    dispatcher: GatewayConnection,
    { selection, holder }: { readonly selection: Selection; readonly holder: string },
): Promise<void> {
    let last = '';
    const attempt = async (): Promise<boolean> => {
        const outcome = await trySubmit(dispatcher, controlCalls.select(selection));
        if (outcome.committed) {
            const why = `${dispatcher.identity.name} selected though authority was held by ${holder}`;
            throw new CaliperError({ code: 'DRILL_STEP_FAILED', step, why });
        }
        const { fault } = outcome;
        last = fault.code;
        return fault.code === 'CHAINCODE_FAULT' && isNotHeldBut(fault.fault, holder);
    };
    const forWhat = `${dispatcher.identity.name} to be refused by AUTHORITY_NOT_HELD`;
    await watch.until(attempt, { forWhat, lastLines: () => [`The last answer was ${last}.`] });
}

function isNotHeldBut(fault: { readonly code: FaultCode }, holder: string): boolean {
    return fault.code === 'AUTHORITY_NOT_HELD' && 'holder' in fault && fault.holder === holder;
}

/** Has a terminal report that its switch was closed by itself; answers when the main station has heard of it. */
export async function hearDisplacement(
    watch: DrillWatch,
    terminal: TerminalGroup,
    { terminalId, deviceId, command }: Selection,
    heard: readonly HeardDisplacement[],
): Promise<ActReport> {
    const type = command.type === 'single' ? 'single' : 'double';
    terminal.reportDisplacement({ terminalId, deviceId, position: { type, state: 'on' } });
    const found = (): HeardDisplacement | undefined => {
        const [failure] = terminal.failures;
        if (failure !== undefined)
            throw new CaliperError({ code: 'DRILL_STEP_FAILED', step: 'displacement-heard', why: failure });
        return heard.find(({ displacement: one }) => one.terminalId === terminalId && one.cause === 'spontaneous');
    };
    const forWhat = 'the displacement to be heard';
    const { afterMs, receivedMs } = await watch.until(found, { forWhat });
    return { beganMs: receivedMs - afterMs, endedMs: receivedMs };
}

/** Cancels what the dispatch centre left; on a slow machine it has expired by then, which frees the device as well. */
export async function freeOperation(
    dispatcher: GatewayConnection,
    { terminalId, deviceId }: Selection,
    operationId: string,
): Promise<ActReport> {
    const cancel = controlCalls.cancel({ terminalId, deviceId, operationId, reason: 'the dispatch centre is lost' });
    try {
        await submitUntilCommitted(dispatcher, cancel, {
            lagging: ['AUTHORITY_NOT_HELD'],
            deadlineMs: actDeadlineMs,
        });
        return { ended: 'cancelled' };
    } catch (error) {
        if (!isFault(error, ['OPERATION_EXPIRED'])) throw error;
        return { ended: 'expired' };
    }
}

/** By these a peer refuses a selection that has not seen yet that authority was moved and the device set free. */
const laggingSelection: readonly FaultCode[] = ['AUTHORITY_NOT_HELD', 'DEVICE_BUSY'];

/** A whole remote control; its time runs from the first message, also of an attempt that was refused. */
export async function completeControl(
    watch: DrillWatch,
    station: MainStation,
    dispatcher: GatewayConnection,
    selection: Selection,
): Promise<ActReport> {
    const beganMs = dispatcher.clock();
    const until = beganMs + actDeadlineMs;
    const attempt = async (): Promise<Awaited<ReturnType<MainStation['control']>> | false> => {
        try {
            return await station.control(selection);
        } catch (error) {
            if (!isFault(error, laggingSelection) || dispatcher.clock() > until) throw error;
            return false;
        }
    };
    const forWhat = 'the remote control to be completed';
    const { operation, times } = await watch.until(attempt, { forWhat });
    if (operation.state !== 'reached') {
        const why = `the remote control ended as ${operation.state}`;
        throw new CaliperError({ code: 'DRILL_STEP_FAILED', step: 'control-completed', why });
    }
    return { beganMs, endedMs: times.finishedMs };
}

/**
 * Waits until one peer itself knows who holds authority: it has caught up that far. A query would be answered by another
 * organisation's in its place.
 */
export async function waitForHolder(
    watch: DrillWatch,
    connection: GatewayConnection,
    { peer, holder }: { readonly peer: PeerNode; readonly holder: string },
): Promise<void> {
    const { nodes, signer, deadlines } = connection;
    const call = connection.chaincodeCall(authorityCalls.queryAuthority());
    const knows = async (): Promise<boolean> => {
        const { signedBytes } = signer.propose(call);
        const answer = await nodes.ask(`${peer.host}:${peer.port}`, signedBytes, deadlines.requestTimeoutMs);
        if (!('response' in answer) || answer.response.endorsement === undefined) return false;
        return (readAnswer(answer.response.response.payload) as AuthorityRecord).holder === holder;
    };
    await watch.until(knows, { forWhat: `${peer.name} to know that authority is held by ${holder}` });
}

/** Selects once authority is back; answers when that is committed. */
export async function selectAgain(dispatcher: GatewayConnection, selection: Selection): Promise<void> {
    const select = controlCalls.select(selection);
    await submitUntilCommitted(dispatcher, select, { lagging: laggingSelection, deadlineMs: actDeadlineMs });
}

function isFault(error: unknown, codes: readonly FaultCode[]): boolean {
    return (
        error instanceof ClientError && error.fault.code === 'CHAINCODE_FAULT' && codes.includes(error.fault.fault.code)
    );
}
