import type { TerminalCaller } from '../caller/caller';
import { ContractError } from '../faults/contract-error';
import type { TerminalRecord } from './registration-api';
import { judgeActingTerminal } from './registration-rules';
import type { TerminalRepository } from './terminal-repository';

/** The caller's own registration, in service and with this certificate. One get. */
export async function findActing(
    ctx: { readonly terminals: TerminalRepository },
    caller: TerminalCaller,
): Promise<TerminalRecord> {
    const terminal = await ctx.terminals.find(caller.terminalId);
    const fault = judgeActingTerminal(terminal, caller);
    if (terminal === undefined || fault !== undefined) {
        throw new ContractError(fault ?? { code: 'TERMINAL_UNKNOWN', terminalId: caller.terminalId });
    }
    return terminal;
}

/** By how much a terminal's clock may differ from its transactions' times. */
export function toleranceOf(terminal: TerminalRecord): number {
    if (terminal.clockToleranceMs === null) {
        throw new ContractError({ code: 'TERMINAL_NOT_CONFIRMED', terminalId: terminal.terminalId });
    }
    return terminal.clockToleranceMs;
}
