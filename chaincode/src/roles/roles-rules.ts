import type { Caller } from '../caller/caller';
import type { RoleHolders, RolesFault, RolesRecord } from './roles-api';

/** Written once, by an administrator of any member: that two organisations agree, the endorsement policy sees to. */
export function decideRoles(
    existing: Pick<RolesRecord, 'transactionId'> | undefined,
    holders: RoleHolders,
    caller: Pick<Caller, 'mspId' | 'isAdmin'>,
    transaction: Pick<RolesRecord, 'transactionId' | 'transactionTimeMs'>,
): RolesRecord | RolesFault {
    if (!caller.isAdmin) {
        return { code: 'ADMIN_REQUIRED', mspId: caller.mspId };
    }
    if (existing !== undefined) {
        return { code: 'ROLES_ALREADY_ASSIGNED', transactionId: existing.transactionId };
    }
    const { transactionId, transactionTimeMs } = transaction;
    return { schemaVersion: 1, ...holders, assignedByMspId: caller.mspId, transactionId, transactionTimeMs };
}
