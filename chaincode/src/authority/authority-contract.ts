import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireRole } from '../caller/require-role';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { inputLimits } from '../input/input-api';
import { pageFields } from '../input/page-reader';
import { identifier, label, readArgument, recordOf } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import type { PageRequest } from '../calls/call-api';
import type { RoleHolders } from '../roles/roles-api';
import { authorityContract, authorityEvents, type AuthorityApproval, type AuthorityMove } from './authority-api';
import { decideApproval, decideProposal, type AuthorityAct } from './authority-rules';
import './authority';

const authorityMove = recordOf<AuthorityMove>({ holder: identifier, reason: label(inputLimits.reasonLength) });
const authorityApproval = recordOf<AuthorityApproval>({ proposedBy: identifier, proposalId: identifier });
const pageRequest = recordOf<PageRequest>(pageFields);
const nothing = recordOf<object>({});

@DescribedOnly
@Info({ title: 'authority', description: 'Which organisation’s dispatchers operate the grid' })
export class AuthorityContract extends Contract {
    constructor() {
        super(authorityContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(authorityContract);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of AuthorityMove')
    async ProposeAuthority(ctx: GridContext, input: string): Promise<void> {
        const move = readArgument(input, authorityMove);
        const holders = await requireOperator(ctx);
        const proposal = accepted(decideProposal(await ctx.authority.find(), move, actOf(ctx), holders));
        ctx.stub.setEvent(authorityEvents.proposed, await ctx.authority.putProposal(proposal));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of AuthorityApproval')
    async ApproveAuthority(ctx: GridContext, input: string): Promise<void> {
        const approval = readArgument(input, authorityApproval);
        await requireOperator(ctx);
        const proposal = await ctx.authority.findProposal(approval.proposedBy);
        const authority = accepted(decideApproval(await ctx.authority.find(), proposal, approval, actOf(ctx)));
        const bytes = await ctx.authority.put(authority);
        await ctx.authority.removeProposal(approval.proposedBy);
        ctx.stub.setEvent(authorityEvents.moved, bytes);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of an empty object')
    @Returns('AuthorityRecord')
    async QueryAuthority(ctx: GridContext, input: string): Promise<string> {
        readArgument(input, nothing);
        const authority = await ctx.authority.find();
        if (authority === undefined) {
            throw new ContractError({ code: 'AUTHORITY_NOT_ASSIGNED' });
        }
        return canonicalJson(authority);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of PageRequest')
    @Returns('AuthorityPage')
    async QueryAuthorityHistory(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.authority.history(readArgument(input, pageRequest)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of PageRequest')
    @Returns('ProposalPage')
    async ListAuthorityProposals(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.authority.listProposals(readArgument(input, pageRequest)));
    }
}

/** The roles, once it is certain that the caller is an operator by them. */
async function requireOperator(ctx: GridContext): Promise<RoleHolders> {
    const holders = await ctx.roles.find();
    requireRole(ctx.caller, 'operator', holders);
    if (holders === undefined) {
        throw new ContractError({ code: 'ROLES_NOT_ASSIGNED' });
    }
    return holders;
}

function actOf(ctx: GridContext): AuthorityAct {
    const { mspId, certificate } = ctx.caller;
    return { by: { mspId, name: certificate.commonName }, ...ctx.transaction };
}
