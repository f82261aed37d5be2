import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireAuthority } from '../authority/require-authority';
import { requireTerminal } from '../caller/require-terminal';
import { decideDisplacement, findDevice } from '../displacement/displacement-rules';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { findActing, toleranceOf } from '../registration/acting-terminal';
import type { ControlledDevice, TerminalRecord } from '../registration/registration-api';
import {
    controlContract,
    controlEventName,
    safetyEvents,
    type ControlCommand,
    type DeviceAnswer,
    type DeviceName,
    type EarthAct,
    type OperationName,
    type OperationRecord,
    type TagAct,
} from './control-api';
import { controlInput } from './control-input';
import {
    decideSelect,
    decideStep,
    effectiveOperation,
    judgeInterlocks,
    judgeOutcome,
    sectionsToJoin,
    type StepTaker,
} from './control-rules';
import { requireAttendant, requireOwnOperator } from './require-attendant';
import { decidePlaceEarth, decideRemoveEarth, decideTag, decideUntag, type SafetyActor } from './safety-rules';
import './control';
import './control-input-schema';

@DescribedOnly
@Info({ title: 'control', description: 'Select before operate, tags and earths' })
export class ControlContract extends Contract {
    constructor() {
        super(controlContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(controlContract);
    }

    /** Four gets and one put; closing a switch two gets more, one for each section. */
    @Transaction()
    @Param('input', 'string', 'JSON of Selection')
    async Select(ctx: GridContext, input: string): Promise<void> {
        const { command, ...name } = readArgument(input, controlInput.selection);
        await requireAuthority(ctx);
        const { terminal, device } = await findDeviceOf(ctx, name);
        const former = await ctx.control.findOperation(name);
        const clockToleranceMs = toleranceOf(terminal);
        const selection = { terminalId: name.terminalId, device, command, clockToleranceMs };
        const operation = accepted(decideSelect(former, selection, takerOf(ctx)));
        await requireFree(ctx, terminal, device, command);
        await store(ctx, operation);
    }

    /** Two gets and one put, as RefuseSelection. */
    @Transaction()
    @Param('input', 'string', 'JSON of OperationName')
    async ConfirmSelection(ctx: GridContext, input: string): Promise<void> {
        const name = readArgument(input, controlInput.operationName);
        await requireItself(ctx, name);
        await store(ctx, accepted(decideStep(await ctx.control.findOperation(name), 'confirm', name, takerOf(ctx))));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of ReasonedStep')
    async RefuseSelection(ctx: GridContext, input: string): Promise<void> {
        const { reason, ...name } = readArgument(input, controlInput.reasonedStep);
        await requireItself(ctx, name);
        const operation = await ctx.control.findOperation(name);
        await store(ctx, accepted(decideStep(operation, 'refuse', name, takerOf(ctx), { reason })));
    }

    /** As Select: what stood in the way may have come since. */
    @Transaction()
    @Param('input', 'string', 'JSON of OperationName')
    async Operate(ctx: GridContext, input: string): Promise<void> {
        const name = readArgument(input, controlInput.operationName);
        await requireAuthority(ctx);
        const { terminal, device } = await findDeviceOf(ctx, name);
        const selected = await ctx.control.findOperation(name);
        const operation = accepted(decideStep(selected, 'operate', name, takerOf(ctx)));
        await requireFree(ctx, terminal, device, operation.command);
        await store(ctx, operation);
    }

    /** Two gets and one put. */
    @Transaction()
    @Param('input', 'string', 'JSON of ReasonedStep')
    async Cancel(ctx: GridContext, input: string): Promise<void> {
        const { reason, ...name } = readArgument(input, controlInput.reasonedStep);
        await requireAuthority(ctx);
        const operation = await ctx.control.findOperation(name);
        await store(ctx, accepted(decideStep(operation, 'cancel', name, takerOf(ctx), { reason })));
    }

    /** Two gets and two puts: the new position is kept as a displacement too, so that no SOE number is missing. */
    @Transaction()
    @Param('input', 'string', 'JSON of OutcomeReport')
    async ReportOutcome(ctx: GridContext, input: string): Promise<void> {
        const report = readArgument(input, controlInput.outcomeReport);
        const { terminalId, deviceId, position, timeMs, soe, reached } = report;
        const terminal = await requireItself(ctx, report);
        const point = { terminalId, deviceId, position, timeMs, soe } as const;
        const displacement = accepted(
            decideDisplacement(
                terminal,
                { ...point, cause: 'remote-command', quality: 'valid' },
                ctx.transaction,
                toleranceOf(terminal),
            ),
        );
        const outcome = { position: displacement.position, timeMs, soe };
        const operating = await ctx.control.findOperation(report);
        const operation = accepted(
            decideStep(operating, reached ? 'reach' : 'miss', report, takerOf(ctx), { outcome }),
        );
        const fault = judgeOutcome(operation.command, report);
        if (fault !== undefined) {
            throw new ContractError(fault);
        }
        await ctx.displacements.put(displacement);
        await store(ctx, operation);
    }

    @Transaction()
    @Param('input', 'string', 'JSON of TagAct')
    async Tag(ctx: GridContext, input: string): Promise<void> {
        const { act, actor } = await attend(ctx, readArgument(input, controlInput.tagAct));
        const record = accepted(decideTag(await ctx.control.findTags(act), act, actor));
        ctx.stub.setEvent(safetyEvents.tagged, await ctx.control.putTags(record));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of TagAct')
    async Untag(ctx: GridContext, input: string): Promise<void> {
        const { act, actor } = await attend(ctx, readArgument(input, controlInput.tagAct));
        const record = accepted(decideUntag(await ctx.control.findTags(act), act, actor));
        ctx.stub.setEvent(safetyEvents.untagged, await ctx.control.putTags(record));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of EarthAct')
    async PlaceEarth(ctx: GridContext, input: string): Promise<void> {
        const { act, actor } = await attendSection(ctx, readArgument(input, controlInput.earthAct));
        const record = accepted(decidePlaceEarth(await ctx.control.findEarths(act.section), act, actor));
        ctx.stub.setEvent(safetyEvents.earthPlaced, await ctx.control.putEarths(record));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of EarthAct')
    async RemoveEarth(ctx: GridContext, input: string): Promise<void> {
        const { act, actor } = await attendSection(ctx, readArgument(input, controlInput.earthAct));
        const record = accepted(decideRemoveEarth(await ctx.control.findEarths(act.section), act, actor));
        ctx.stub.setEvent(safetyEvents.earthRemoved, await ctx.control.putEarths(record));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DeviceName')
    @Returns('EffectiveOperation')
    async QueryOperation(ctx: GridContext, input: string): Promise<string> {
        const name = readArgument(input, controlInput.deviceName);
        const operation = await ctx.control.findOperation(name);
        if (operation === undefined) {
            throw new ContractError({ code: 'OPERATION_UNKNOWN', ...name, operationId: '' });
        }
        return canonicalJson(effectiveOperation(operation, ctx.clock.nowMs));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DeviceName')
    @Returns('DeviceAnswer')
    async QueryDevice(ctx: GridContext, input: string): Promise<string> {
        const name = readArgument(input, controlInput.deviceName);
        const { terminal, device } = await findDeviceOf(ctx, name);
        const operation = await ctx.control.findOperation(name);
        const tags = await ctx.control.findTags(name);
        const earths = await ctx.control.findAllEarths(device.sections);
        const answer: DeviceAnswer = {
            terminalId: terminal.terminalId,
            terminalState: terminal.state,
            device,
            operation: operation === undefined ? null : effectiveOperation(operation, ctx.clock.nowMs),
            tags: tags?.tags ?? [],
            earthedSections: device.sections.filter((_, index) => (earths[index]?.earths.length ?? 0) > 0),
        };
        return canonicalJson(answer);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DeviceHistoryFilter')
    @Returns('OperationPage')
    async QueryOperationHistory(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.control.operationHistory(readArgument(input, controlInput.deviceHistory)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of DeviceHistoryFilter')
    @Returns('TagPage')
    async QueryTagHistory(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.control.tagHistory(readArgument(input, controlInput.deviceHistory)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of SectionHistoryFilter')
    @Returns('EarthPage')
    async QueryEarthHistory(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.control.earthHistory(readArgument(input, controlInput.sectionHistory)));
    }
}

interface Attended<Act> {
    readonly act: Act;
    readonly actor: SafetyActor;
}

interface FoundDevice {
    readonly terminal: TerminalRecord;
    readonly device: ControlledDevice;
}

async function findDeviceOf(ctx: GridContext, { terminalId, deviceId }: DeviceName): Promise<FoundDevice> {
    const terminal = await ctx.terminals.find(terminalId);
    if (terminal === undefined) {
        throw new ContractError({ code: 'TERMINAL_UNKNOWN', terminalId });
    }
    return { terminal, device: accepted(findDevice(terminal, deviceId)) };
}

/** Throws unless the caller is the terminal that is named, in service; gives its registration. */
async function requireItself(ctx: GridContext, { terminalId }: OperationName): Promise<TerminalRecord> {
    const caller = requireTerminal(ctx.caller);
    if (caller.terminalId !== terminalId) {
        throw new ContractError({ code: 'NOT_THE_TERMINAL', terminalId, callerTerminalId: caller.terminalId });
    }
    return findActing(ctx, caller);
}

/** Reads what stands in the way of moving the device. That these keys were read makes a change in between a conflict. */
async function requireFree(
    ctx: GridContext,
    terminal: TerminalRecord,
    device: ControlledDevice,
    command: ControlCommand,
): Promise<void> {
    const tags = await ctx.control.findTags({ terminalId: terminal.terminalId, deviceId: device.deviceId });
    const earths = await ctx.control.findAllEarths(sectionsToJoin(device, command));
    const fault = judgeInterlocks(terminal, device, tags, earths);
    if (fault !== undefined) {
        throw new ContractError(fault);
    }
}

async function store(ctx: GridContext, operation: OperationRecord): Promise<void> {
    ctx.stub.setEvent(controlEventName(operation.state, operation), await ctx.control.putOperation(operation));
}

/** What every act on a tag begins with: the device, and whether the caller may attend to it. */
async function attend(ctx: GridContext, act: TagAct): Promise<Attended<TagAct>> {
    const { terminal } = await findDeviceOf(ctx, act);
    await requireAttendant(ctx, terminal);
    return { act, actor: actorOf(ctx, terminal) };
}

/** What every act on an earth begins with: an operator of the organisation, and a section of the device. */
async function attendSection(ctx: GridContext, act: EarthAct): Promise<Attended<EarthAct>> {
    const { terminal, device } = await findDeviceOf(ctx, act);
    await requireOwnOperator(ctx, terminal);
    const { deviceId, section } = act;
    if (!device.sections.includes(section)) {
        throw new ContractError({ code: 'SECTION_UNKNOWN', deviceId, section });
    }
    return { act, actor: actorOf(ctx, terminal) };
}

function takerOf(ctx: GridContext): StepTaker {
    return { caller: ctx.caller, ...ctx.transaction };
}

function actorOf(ctx: GridContext, terminal: TerminalRecord): SafetyActor {
    const { mspId, certificate } = ctx.caller;
    const by = { mspId, name: certificate.commonName };
    return { by, clockToleranceMs: toleranceOf(terminal), ...ctx.transaction };
}
