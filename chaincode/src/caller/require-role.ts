import { ContractError } from '../faults/contract-error';
import type { Role, RoleHolders } from '../roles/roles-api';
import type { Caller } from './caller';

/** Throws unless the caller's certificate carries the role and the ledger lets the caller's organisation hold it. */
export function requireRole(
    caller: Pick<Caller, 'mspId' | 'role'>,
    role: Role,
    holders: RoleHolders | undefined,
): void {
    if (caller.role !== role) {
        throw new ContractError({ code: 'ROLE_REQUIRED', role });
    }
    if (holders === undefined) {
        throw new ContractError({ code: 'ROLES_NOT_ASSIGNED' });
    }
    if (!holders[role].includes(caller.mspId)) {
        throw new ContractError({ code: 'ROLE_NOT_HELD_HERE', role, mspId: caller.mspId });
    }
}
