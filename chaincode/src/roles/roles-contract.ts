import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { distinctIdentifiers, readArgument, recordOf } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { rolesContract, rolesEvents, rolesLimits, type RoleHolders } from './roles-api';
import { decideRoles } from './roles-rules';
import './role-holders';

const organizations = distinctIdentifiers({ min: 0, max: rolesLimits.organizationsPerRole });
const roleHolders = recordOf<RoleHolders>({
    operator: distinctIdentifiers({ min: 1, max: rolesLimits.organizationsPerRole }),
    dispatcher: organizations,
    supervisor: organizations,
});
const nothing = recordOf<object>({});

@DescribedOnly
@Info({ title: 'roles', description: 'Which organisation may hold which role' })
export class RolesContract extends Contract {
    constructor() {
        super(rolesContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(rolesContract);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of RoleHolders')
    async AssignRoles(ctx: GridContext, input: string): Promise<void> {
        const holders = readArgument(input, roleHolders);
        const record = accepted(decideRoles(await ctx.roles.find(), holders, ctx.caller, ctx.transaction));
        ctx.stub.setEvent(rolesEvents.assigned, await ctx.roles.put(record));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of an empty object')
    @Returns('RolesRecord')
    async QueryRoles(ctx: GridContext, input: string): Promise<string> {
        readArgument(input, nothing);
        const record = await ctx.roles.find();
        if (record === undefined) {
            throw new ContractError({ code: 'ROLES_NOT_ASSIGNED' });
        }
        return canonicalJson(record);
    }
}
