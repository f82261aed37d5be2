import { ContractError } from '../faults/contract-error';
import type { Caller, TerminalCaller } from './caller';

/** The caller as a terminal, or NOT_A_TERMINAL. */
export function requireTerminal(caller: Caller): TerminalCaller {
    const { terminalId } = caller;
    if (terminalId === undefined) {
        throw new ContractError({ code: 'NOT_A_TERMINAL', mspId: caller.mspId });
    }
    return { ...caller, terminalId };
}
