import type { AuthorityRepository } from '../authority/authority-repository';
import { requireAuthority } from '../authority/require-authority';
import type { Caller } from '../caller/caller';
import { requireRole } from '../caller/require-role';
import { ContractError } from '../faults/contract-error';
import type { TerminalRecord } from '../registration/registration-api';
import type { RolesRepository } from '../roles/roles-repository';

interface Attended {
    readonly caller: Caller;
    readonly roles: RolesRepository;
    readonly authority: AuthorityRepository;
}

/** Throws unless the caller is an operator of the terminal's organisation, or a dispatcher of the holder. */
export async function requireAttendant(ctx: Attended, terminal: TerminalRecord): Promise<void> {
    if (ctx.caller.role === 'dispatcher') {
        await requireAuthority(ctx);
    } else {
        await requireOwnOperator(ctx, terminal);
    }
}

/** Throws unless the caller is an operator of the terminal's organisation. */
export async function requireOwnOperator(ctx: Attended, { terminalId, mspId }: TerminalRecord): Promise<void> {
    requireRole(ctx.caller, 'operator', await ctx.roles.find());
    if (ctx.caller.mspId !== mspId) {
        throw new ContractError({ code: 'FOREIGN_TERMINAL', terminalId, mspId, callerMspId: ctx.caller.mspId });
    }
}
