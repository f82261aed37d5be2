import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireTerminal } from '../caller/require-terminal';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { findActing, toleranceOf } from '../registration/acting-terminal';
import { displacementContract, displacementEvents } from './displacement-api';
import { displacementInput } from './displacement-input';
import { decideDisplacement } from './displacement-rules';
import './displacement';

@DescribedOnly
@Info({ title: 'displacement', description: 'Changes of position, as terminals report them' })
export class DisplacementContract extends Contract {
    constructor() {
        super(displacementContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(displacementContract);
    }

    /** One get and one put. */
    @Transaction()
    @Param('input', 'string', 'JSON of DisplacementInput')
    async ReportDisplacement(ctx: GridContext, input: string): Promise<void> {
        const report = readArgument(input, displacementInput.displacement);
        const caller = requireTerminal(ctx.caller);
        if (caller.terminalId !== report.terminalId) {
            const { terminalId } = report;
            throw new ContractError({
                code: 'NOT_THE_TERMINAL',
                terminalId,
                callerTerminalId: caller.terminalId,
            });
        }
        const terminal = await findActing(ctx, caller);
        const record = accepted(decideDisplacement(terminal, report, ctx.transaction, toleranceOf(terminal)));
        ctx.stub.setEvent(displacementEvents.reported, await ctx.displacements.put(record));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DisplacementFilter')
    @Returns('DisplacementPage')
    async QueryDisplacements(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.displacements.page(readArgument(input, displacementInput.filter)));
    }
}
