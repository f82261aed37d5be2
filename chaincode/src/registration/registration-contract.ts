import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireRole } from '../caller/require-role';
import { requireTerminal } from '../caller/require-terminal';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import {
    registrationContract,
    registrationEvents,
    type ActRecord,
    type RegistrationAct,
    type RegistrationEventName,
    type RegistrationNotice,
    type TerminalRecord,
} from './registration-api';
import { registrationInput } from './registration-input';
import {
    decideAct,
    decideConcentrators,
    decideRenewal,
    decideRenewalRequest,
    decideRequest,
} from './registration-rules';
import { summaryOf } from './terminal-repository';
import './registration-input-schema';

@DescribedOnly
@Info({ title: 'registration', description: 'Terminals and their life on the ledger' })
export class RegistrationContract extends Contract {
    constructor() {
        super(registrationContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(registrationContract);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of AccessRequest')
    async RequestAccess(ctx: GridContext, input: string): Promise<void> {
        const request = readArgument(input, registrationInput.accessRequest);
        const existing = await ctx.terminals.find(request.terminalId);
        const caller = requireTerminal(ctx.caller);
        const terminal = accepted(decideRequest(existing, request, caller, newAct(ctx, 'request')));
        await ctx.terminals.save(terminal, existing);
        emit(ctx, registrationEvents.requested, terminal);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of Confirmation')
    async Confirm(ctx: GridContext, input: string): Promise<void> {
        const { terminalId, clockToleranceMs } = readArgument(input, registrationInput.confirmation);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'confirm');
        const confirmed = { ...after, clockToleranceMs };
        await ctx.terminals.save(confirmed, before);
        emit(ctx, registrationEvents.confirmed, confirmed);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of ReasonedAct')
    async Suspend(ctx: GridContext, input: string): Promise<void> {
        const { terminalId, reason } = readArgument(input, registrationInput.reasonedAct);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'suspend', reason);
        await ctx.terminals.save(after, before);
        emit(ctx, registrationEvents.suspended, after);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of TerminalName')
    async Resume(ctx: GridContext, input: string): Promise<void> {
        const { terminalId } = readArgument(input, registrationInput.terminalName);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'resume');
        await ctx.terminals.save(after, before);
        emit(ctx, registrationEvents.resumed, after);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of ReasonedAct')
    async Retire(ctx: GridContext, input: string): Promise<void> {
        const { terminalId, reason } = readArgument(input, registrationInput.reasonedAct);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'retire', reason);
        await ctx.terminals.save(after, before);
        emit(ctx, registrationEvents.retired, after);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of TerminalName')
    async RequestRenewal(ctx: GridContext, input: string): Promise<void> {
        const { terminalId } = readArgument(input, registrationInput.terminalName);
        const terminal = await ctx.terminals.find(terminalId);
        const act = newAct(ctx, 'request-renewal');
        const renewal = accepted(decideRenewalRequest(terminal, terminalId, requireTerminal(ctx.caller), act));
        await ctx.terminals.putRenewal(renewal);
        if (terminal !== undefined) {
            emit(ctx, registrationEvents.renewalRequested, {
                ...terminal,
                certificate: renewal.certificate,
                lastAct: act,
            });
        }
    }

    @Transaction()
    @Param('input', 'string', 'JSON of Renewal')
    async Renew(ctx: GridContext, input: string): Promise<void> {
        const { terminalId, certificateSerial } = readArgument(input, registrationInput.renewal);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'renew');
        const renewal = await ctx.terminals.findRenewal(after.mspId, terminalId);
        const renewed = accepted(decideRenewal(after, renewal, certificateSerial));
        await ctx.terminals.save(renewed, before);
        await ctx.terminals.removeRenewal(after);
        emit(ctx, registrationEvents.renewed, renewed);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of ConcentratorChange')
    async ChangeConcentrators(ctx: GridContext, input: string): Promise<void> {
        const { terminalId, concentrators } = readArgument(input, registrationInput.concentratorChange);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'change-concentrators');
        const changed = accepted(decideConcentrators(after, concentrators, ctx.clock.nowMs));
        await ctx.terminals.save(changed, before);
        emit(ctx, registrationEvents.concentratorsChanged, changed);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of DeviceChange')
    async ChangeDevices(ctx: GridContext, input: string): Promise<void> {
        const { terminalId, devices } = readArgument(input, registrationInput.deviceChange);
        const { before, after } = await decideOperatorAct(ctx, terminalId, 'change-devices');
        const changed = { ...after, devices };
        await ctx.terminals.save(changed, before);
        emit(ctx, registrationEvents.devicesChanged, changed);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TerminalName')
    @Returns('TerminalRecord')
    async QueryTerminal(ctx: GridContext, input: string): Promise<string> {
        const { terminalId } = readArgument(input, registrationInput.terminalName);
        const terminal = await ctx.terminals.find(terminalId);
        if (terminal === undefined) {
            throw new ContractError({ code: 'TERMINAL_UNKNOWN', terminalId });
        }
        return canonicalJson(terminal);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TerminalFilter')
    @Returns('TerminalPage')
    async ListTerminals(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.terminals.list(readArgument(input, registrationInput.terminalFilter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of RenewalFilter')
    @Returns('RenewalPage')
    async ListRenewals(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.terminals.listRenewals(readArgument(input, registrationInput.renewalFilter)));
    }
}

interface OperatorAct {
    readonly before: TerminalRecord | undefined;
    readonly after: TerminalRecord;
}

/** What every operator's act begins with: the role, the terminal of the own organisation, the state table. */
async function decideOperatorAct(
    ctx: GridContext,
    terminalId: string,
    act: RegistrationAct,
    reason: string | null = null,
): Promise<OperatorAct> {
    requireRole(ctx.caller, 'operator', await ctx.roles.find());
    const before = await ctx.terminals.find(terminalId);
    return { before, after: accepted(decideAct(before, terminalId, ctx.caller.mspId, newAct(ctx, act, reason))) };
}

function newAct(ctx: GridContext, act: RegistrationAct, reason: string | null = null): ActRecord {
    const { mspId, certificate } = ctx.caller;
    return { act, byMspId: mspId, byName: certificate.commonName, reason, ...ctx.transaction };
}

function emit(ctx: GridContext, name: RegistrationEventName, terminal: TerminalRecord): void {
    const notice: RegistrationNotice = { ...summaryOf(terminal), lastAct: terminal.lastAct };
    ctx.stub.setEvent(name, Buffer.from(canonicalJson(notice)));
}
