import type { Caller } from '../caller/caller';
import { ContractError } from '../faults/contract-error';
import type { AuthorityRepository } from './authority-repository';

/**
 * Throws unless the caller is a dispatcher of the organisation that holds dispatch authority. One get: that the holder
 * may have dispatchers was looked up when it was proposed, and roles are assigned once.
 */
export async function requireAuthority(ctx: {
    readonly caller: Caller;
    readonly authority: AuthorityRepository;
}): Promise<void> {
    const { role, mspId } = ctx.caller;
    if (role !== 'dispatcher') {
        throw new ContractError({ code: 'ROLE_REQUIRED', role: 'dispatcher' });
    }
    const authority = await ctx.authority.find();
    if (authority === undefined) {
        throw new ContractError({ code: 'AUTHORITY_NOT_ASSIGNED' });
    }
    if (authority.holder !== mspId) {
        throw new ContractError({ code: 'AUTHORITY_NOT_HELD', holder: authority.holder, mspId });
    }
}
