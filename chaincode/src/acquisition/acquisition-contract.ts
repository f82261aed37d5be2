import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import { requireRole } from '../caller/require-role';
import { requireTerminal } from '../caller/require-terminal';
import { accepted } from '../faults/accepted';
import { ContractError } from '../faults/contract-error';
import { acceptedAt } from '../faults/accepted-at';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { findActing, toleranceOf } from '../registration/acting-terminal';
import type { TerminalRecord } from '../registration/registration-api';
import { rosterEntry } from '../registration/roster-repository';
import {
    acquisitionContract,
    acquisitionEvents,
    type RoundName,
    type RoundRecord,
    type SealNotice,
    type TaskBatchNotice,
    type TaskBatchRecord,
    type TaskReadingRecord,
} from './acquisition-api';
import { acquisitionInput } from './acquisition-input';
import { newInclusionProof, type DataBlockRecord } from './data-block-api';
import { decideMembers, judgeMemberValue, judgeReporter, judgeValue } from './report-rules';
import { decideEventTick, decideOpen, decideRound, decideTick, roundAnswer, type OpeningAct } from './round-rules';
import { decideSealTime, newDataBlock, receivedValues, sealedRound, type ReceivedValue } from './seal-rules';
import { decideActive, decideTask, namedTerminals } from './task-rules';
import './acquisition-input-schema';
import './acquisition-records';

@DescribedOnly
@Info({
    title: 'acquisition',
    description: 'Tasks, their rounds of readings, and the data blocks they are sealed into',
})
export class AcquisitionContract extends Contract {
    constructor() {
        super(acquisitionContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(acquisitionContract);
    }

    /** Reads the registration of everybody it names. */
    @Transaction()
    @Param('input', 'string', 'JSON of TaskInput')
    async DefineTask(ctx: GridContext, input: string): Promise<void> {
        const task = readArgument(input, acquisitionInput.task);
        await requireDispatcher(ctx);
        const existing = await ctx.acquisition.findTask(task.taskId);
        const terminals = new Map<string, TerminalRecord | undefined>();
        for (const terminalId of existing === undefined ? namedTerminals(task) : []) {
            terminals.set(terminalId, await ctx.terminals.find(terminalId));
        }
        const act = { definedByMspId: ctx.caller.mspId, ...ctx.transaction };
        const record = accepted(decideTask(existing, task, (id) => terminals.get(id), act));
        ctx.stub.setEvent(acquisitionEvents.defined, await ctx.acquisition.putTask(record));
    }

    @Transaction()
    @Param('input', 'string', 'JSON of TaskName')
    async EndTask(ctx: GridContext, input: string): Promise<void> {
        const { taskId } = readArgument(input, acquisitionInput.taskName);
        await requireDispatcher(ctx);
        const task = accepted(decideActive(await ctx.acquisition.findTask(taskId), taskId));
        const ended = { ...task, state: 'ended', endedMs: ctx.clock.nowMs } as const;
        ctx.stub.setEvent(acquisitionEvents.ended, await ctx.acquisition.putTask(ended));
    }

    /** Three gets, two puts. */
    @Transaction()
    @Param('input', 'string', 'JSON of RoundName')
    async OpenRound(ctx: GridContext, input: string): Promise<void> {
        const name = readArgument(input, acquisitionInput.round);
        await requireDispatcher(ctx);
        const task = accepted(decideActive(await ctx.acquisition.findTask(name.taskId), name.taskId));
        const { tickMs } = accepted(decideTick(task, name.tickMs, ctx.clock.nowMs));
        const existing = await ctx.acquisition.findRound(name);
        await open(ctx, accepted(decideRound(existing, task, tickMs, openingAct(ctx))));
    }

    /** Three gets, two puts. */
    @Transaction()
    @Param('input', 'string', 'JSON of TriggerInput')
    async TriggerRound(ctx: GridContext, input: string): Promise<void> {
        const event = readArgument(input, acquisitionInput.trigger);
        const { taskId } = event;
        const { terminalId } = await findActing(ctx, requireTerminal(ctx.caller));
        const task = accepted(decideActive(await ctx.acquisition.findTask(taskId), taskId));
        if (!namedTerminals(task).includes(terminalId)) {
            throw new ContractError({ code: 'NOT_IN_TASK', taskId, terminalId });
        }
        const { tickMs } = accepted(decideEventTick(task, event, ctx.clock.nowMs));
        const existing = await ctx.acquisition.findRound({ taskId, tickMs });
        await open(ctx, accepted(decideRound(existing, task, tickMs, { ...openingAct(ctx), event })));
    }

    /** Two gets, one put, under a key of this round and terminal alone. */
    @Transaction()
    @Param('input', 'string', 'JSON of TaskReadingInput')
    async ReportForTask(ctx: GridContext, input: string): Promise<void> {
        const reading = readArgument(input, acquisitionInput.reading);
        const terminal = await findActing(ctx, requireTerminal(ctx.caller));
        const { terminalId } = terminal;
        const { round, nowMs } = await findOpen(ctx, reading);
        const clock = { nowMs, clockToleranceMs: toleranceOf(terminal) };
        acceptedAt(judgeReporter(round, terminalId) ?? judgeValue({ ...reading, terminalId }, round, clock));
        const late = nowMs > round.dueMs;
        const record: TaskReadingRecord = { schemaVersion: 1, ...reading, terminalId, late, ...ctx.transaction };
        ctx.stub.setEvent(acquisitionEvents.reported, await ctx.acquisition.putReading(record));
    }

    /** Three gets, one put, whatever the number of readings. Refused whole if one reading is. */
    @Transaction()
    @Param('input', 'string', 'JSON of TaskBatchInput')
    async ReportBatchForTask(ctx: GridContext, input: string): Promise<void> {
        const batch = readArgument(input, acquisitionInput.batch);
        const { taskId, tickMs, concentratorId, readings } = batch;
        const caller = requireTerminal(ctx.caller);
        if (caller.terminalId !== concentratorId) {
            const { terminalId: callerTerminalId } = caller;
            throw new ContractError({ code: 'NOT_THE_TERMINAL', terminalId: concentratorId, callerTerminalId });
        }
        const concentrator = await findActing(ctx, caller);
        const clock = await findOpen(ctx, batch);
        const { members } = accepted(decideMembers(clock.round, concentratorId));
        const roster = await ctx.rosters.find(concentratorId);
        for (const [index, value] of readings.entries()) {
            const entry = rosterEntry(roster, value.terminalId);
            acceptedAt(judgeMemberValue(value, concentrator, { members, entry }, clock), index);
        }
        const late = clock.nowMs > clock.round.dueMs;
        const record: TaskBatchRecord = { schemaVersion: 1, ...batch, late, ...ctx.transaction };
        await ctx.acquisition.putBatch(record);
        const notice: TaskBatchNotice = { taskId, tickMs, concentratorId, readings: readings.length, late };
        ctx.stub.setEvent(acquisitionEvents.batch, Buffer.from(canonicalJson(notice)));
    }

    /** Three gets and one more for each terminal or concentrator that reports; three puts, one delete. */
    @Transaction()
    @Param('input', 'string', 'JSON of RoundName')
    async Seal(ctx: GridContext, input: string): Promise<void> {
        const name = readArgument(input, acquisitionInput.round);
        await requireDispatcher(ctx);
        const { round, nowMs: roundMs } = await findOpen(ctx, name);
        const chain = await ctx.acquisition.findChain(name.taskId);
        const { nowMs } = accepted(decideSealTime(round, chain, roundMs));
        const block = newDataBlock(round, chain, await readRound(ctx, round), nowMs);
        const act = { transactionId: ctx.transaction.transactionId, transactionTimeMs: nowMs };
        await ctx.acquisition.seal(sealedRound(round, block, act), block);
        const notice: SealNotice = { header: block.header, hash: block.hash };
        ctx.stub.setEvent(acquisitionEvents.sealed, Buffer.from(canonicalJson(notice)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TaskName')
    @Returns('TaskRecord')
    async QueryTask(ctx: GridContext, input: string): Promise<string> {
        const { taskId } = readArgument(input, acquisitionInput.taskName);
        const task = await ctx.acquisition.findTask(taskId);
        if (task === undefined) {
            throw new ContractError({ code: 'TASK_UNKNOWN', taskId });
        }
        return canonicalJson(task);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of PageRequest')
    @Returns('TaskPage')
    async ListTasks(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.acquisition.listTasks(readArgument(input, acquisitionInput.page)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of RoundName')
    @Returns('RoundAnswer')
    async QueryRound(ctx: GridContext, input: string): Promise<string> {
        const name = readArgument(input, acquisitionInput.round);
        return canonicalJson(roundAnswer(await findKnown(ctx, name), ctx.clock.nowMs));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TaskFilter')
    @Returns('OpenRoundPage')
    async ListOpenRounds(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await ctx.acquisition.listOpenRounds(readArgument(input, acquisitionInput.taskFilter)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of RoundName')
    @Returns('DataBlockRecord')
    async QueryDataBlock(ctx: GridContext, input: string): Promise<string> {
        return canonicalJson(await findBlock(ctx, readArgument(input, acquisitionInput.round)));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of ProofRequest')
    @Returns('InclusionProof')
    async QueryProof(ctx: GridContext, input: string): Promise<string> {
        const { terminalId, ...name } = readArgument(input, acquisitionInput.proofRequest);
        const block = await findBlock(ctx, name);
        const index = block.body.findIndex(({ id }) => id === terminalId);
        const proof = newInclusionProof(block, index);
        if (proof === undefined) {
            throw new ContractError({ code: 'NOT_IN_BLOCK', ...name, terminalId });
        }
        return canonicalJson(proof);
    }
}

async function requireDispatcher(ctx: GridContext): Promise<void> {
    requireRole(ctx.caller, 'dispatcher', await ctx.roles.find());
}

function openingAct(ctx: GridContext): OpeningAct {
    const { mspId, certificate } = ctx.caller;
    return { byName: certificate.commonName, byMspId: mspId, ...ctx.transaction };
}

async function open(ctx: GridContext, round: RoundRecord): Promise<void> {
    ctx.stub.setEvent(acquisitionEvents.opened, await ctx.acquisition.openRound(round));
}

/** A round that takes readings or a seal, and the time that counts for it. One get. */
async function findOpen(
    ctx: GridContext,
    name: RoundName,
): Promise<{ readonly round: RoundRecord; readonly nowMs: number }> {
    return accepted(decideOpen(await ctx.acquisition.findRound(name), name, ctx.clock.nowMs));
}

async function findKnown(ctx: GridContext, { taskId, tickMs }: RoundName): Promise<RoundRecord> {
    const round = await ctx.acquisition.findRound({ taskId, tickMs });
    if (round === undefined) {
        throw new ContractError({ code: 'ROUND_UNKNOWN', taskId, tickMs });
    }
    return round;
}

async function findBlock(ctx: GridContext, name: RoundName): Promise<DataBlockRecord> {
    const block = await ctx.acquisition.findBlock(name);
    if (block === undefined) {
        await findKnown(ctx, name);
        throw new ContractError({ code: 'ROUND_NOT_SEALED', taskId: name.taskId, tickMs: name.tickMs });
    }
    return block;
}

/** One get for each terminal that reports for itself and for each concentrator: keys that are known, no range. */
async function readRound(ctx: GridContext, round: RoundRecord): Promise<ReceivedValue[]> {
    const readings = [];
    for (const terminalId of round.terminals) {
        readings.push(await ctx.acquisition.findReading(round, terminalId));
    }
    const batches = [];
    for (const { concentratorId } of round.concentrators) {
        batches.push(await ctx.acquisition.findBatch(round, concentratorId));
    }
    return receivedValues(readings, batches);
}
