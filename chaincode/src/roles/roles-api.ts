import { evaluateCallOf, submitCallOf, type Call } from '../calls/call-api';

/** Roles that a certificate's attribute `role` may carry. */
export const roles = ['operator', 'dispatcher', 'supervisor'] as const;
export type Role = (typeof roles)[number];

/** Which organisations (MSP ids) may hold each role. */
export interface RoleHolders {
    readonly operator: readonly string[];
    readonly dispatcher: readonly string[];
    readonly supervisor: readonly string[];
}

/** The ledger record of the roles, written once. */
export interface RolesRecord extends RoleHolders {
    readonly schemaVersion: 1;
    readonly assignedByMspId: string;
    readonly transactionId: string;
    /** The proposal's timestamp, milliseconds since 1970: the client's claim. */
    readonly transactionTimeMs: number;
}

export type RolesFault =
    | { readonly code: 'ROLES_ALREADY_ASSIGNED'; readonly transactionId: string }
    | { readonly code: 'ROLES_NOT_ASSIGNED' }
    | { readonly code: 'ADMIN_REQUIRED'; readonly mspId: string }
    | { readonly code: 'ROLE_REQUIRED'; readonly role: Role }
    | { readonly code: 'ROLE_NOT_HELD_HERE'; readonly role: Role; readonly mspId: string };

export const rolesLimits = { organizationsPerRole: 32 } as const;

export const rolesContract = 'roles';
export const rolesCalls = {
    /** Once, by an administrator (NodeOU `admin`) of any member; the channel's policy makes two organisations endorse it. */
    assignRoles: (holders: RoleHolders): Call => submitCallOf(rolesContract, 'AssignRoles', holders),
    /** Answers a RolesRecord. */
    queryRoles: (): Call => evaluateCallOf(rolesContract, 'QueryRoles', {}),
} as const;

export const rolesEvents = { assigned: 'roles.assigned' } as const;
export interface RolesEventPayloads {
    readonly 'roles.assigned': RolesRecord;
}
