import { Contract, Info, Param, Returns, Transaction } from 'fabric-contract-api';
import type { TerminalCaller } from '../caller/caller';
import { requireTerminal } from '../caller/require-terminal';
import { accepted } from '../faults/accepted';
import { acceptedAt } from '../faults/accepted-at';
import { ContractError } from '../faults/contract-error';
import { GridContext } from '../grid-context';
import { readArgument } from '../input/read-field';
import { refuseUnknownTransaction } from '../input/refuse-unknown-transaction';
import { canonicalJson } from '../ledger-access/canonical-json';
import { DescribedOnly } from '../metadata/described-only';
import { findActing, toleranceOf } from '../registration/acting-terminal';
import type { TerminalRecord } from '../registration/registration-api';
import { rosterEntry, type RosterEntry } from '../registration/roster-repository';
import type { FeederEntry } from '../registration/terminal-repository';
import { batchBytes, readingBytes } from '../signatures/signed-bytes-api';
import { countLate, decideBatch, type JudgedBatch } from './batch-rules';
import {
    measurementContract,
    measurementEvents,
    type BatchHead,
    type BatchNotice,
    type BatchRecord,
    type NewestAnswer,
    type ReadingRecord,
} from './measurement-api';
import { measurementInput } from './measurement-input';
import { decideTime, decideTypeAndUnit, judgeReportFor } from './measurement-rules';
import { mergeHistories, type History } from './merge-histories';
import { lastTerms, newestReading } from './newest-reading';
import type { ReadingTable } from './reading-table-api';
import { decideSigner, judgeReplay } from './signed-reading-rules';
import './measurement';
import './signed-reading';

@DescribedOnly
@Info({ title: 'measurement', description: 'Readings of terminals: their newest and their past' })
export class MeasurementContract extends Contract {
    constructor() {
        super(measurementContract);
    }

    override createContext(): GridContext {
        return new GridContext();
    }

    override unknownTransaction(): Promise<void> {
        return refuseUnknownTransaction(measurementContract);
    }

    /** One get and one put by the terminal itself, two gets and one put by its concentrator. */
    @Transaction()
    @Param('input', 'string', 'JSON of ReadingInput')
    async Set(ctx: GridContext, input: string): Promise<void> {
        const reading = accepted(decideTypeAndUnit(readArgument(input, measurementInput.reading)));
        const caller = requireTerminal(ctx.caller);
        const clockToleranceMs = await reportableWithin(ctx, caller, reading.terminalId);
        const judged = accepted(decideTime(reading, ctx.clock.nowMs, clockToleranceMs));
        const record: ReadingRecord = { schemaVersion: 1, ...judged, reporter: caller.terminalId, ...ctx.transaction };
        ctx.stub.setEvent(measurementEvents.set, await ctx.measurements.putReading(record));
    }

    /** Two gets and one put, whatever the number of readings. Refused whole if one reading is. */
    @Transaction()
    @Param('input', 'string', 'JSON of ReadingBatchTable')
    async SetBatch(ctx: GridContext, input: string): Promise<void> {
        const { concentratorId, table } = readArgument(input, measurementInput.batch);
        const caller = requireTerminal(ctx.caller);
        if (caller.terminalId !== concentratorId) {
            throw new ContractError({
                code: 'NOT_THE_TERMINAL',
                terminalId: concentratorId,
                callerTerminalId: caller.terminalId,
            });
        }
        const batch = await judgeBatch(ctx, await findActing(ctx, caller), table);
        await storeBatch(ctx, { concentratorId, ...ctx.transaction }, batch);
    }

    /** Two gets and two puts. The number's own key is read: a later copy is REPLAYED, one in the same block not valid. */
    @Transaction()
    @Param('input', 'string', 'JSON of SignedReadingInput')
    async SetSigned(ctx: GridContext, input: string): Promise<void> {
        const { reading, sequence, signature } = readArgument(input, measurementInput.signedReading);
        const { terminalId } = reading;
        const message = readingBytes(reading, { channel: ctx.stub.getChannelID(), sequence });
        const terminal = await findSigner(ctx, terminalId, { message, signature });
        acceptedAt(
            judgeReplay(await ctx.signedReadings.findReading({ terminalId, sequence }), terminalId, { sequence }),
        );
        const known = accepted(decideTypeAndUnit(reading));
        const judged = accepted(decideTime(known, ctx.clock.nowMs, toleranceOf(terminal)));
        const record: ReadingRecord = {
            schemaVersion: 1,
            ...judged,
            reporter: terminalId,
            sequence,
            ...ctx.transaction,
        };
        await ctx.signedReadings.putReading({ ...record, sequence, signature, ...forwarder(ctx) });
        ctx.stub.setEvent(measurementEvents.set, await ctx.measurements.putReading(record));
    }

    /** Three gets and two puts, whatever the number of readings; one signature over the whole. */
    @Transaction()
    @Param('input', 'string', 'JSON of SignedBatchTable')
    async SetSignedBatch(ctx: GridContext, input: string): Promise<void> {
        const { batch, sequence, signature } = readArgument(input, measurementInput.signedBatch);
        const { concentratorId, table, named: readings } = batch;
        const signed = { concentratorId, ...(readings === undefined ? table : { readings }) };
        const message = batchBytes(signed, { channel: ctx.stub.getChannelID(), sequence });
        const concentrator = await findSigner(ctx, concentratorId, { message, signature });
        const earlier = await ctx.signedReadings.findBatch(concentratorId, sequence);
        acceptedAt(judgeReplay(earlier, concentratorId, { sequence }));
        const judged = await judgeBatch(ctx, concentrator, table);
        const head = { concentratorId, sequence, ...ctx.transaction };
        await ctx.signedReadings.putBatch({ schemaVersion: 1, ...head, signature, ...forwarder(ctx) });
        await storeBatch(ctx, head, judged);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of SignedReadingName')
    @Returns('SignedReadingRecord')
    async QuerySigned(ctx: GridContext, input: string): Promise<string> {
        const name = readArgument(input, measurementInput.signedReadingName);
        const record = await ctx.signedReadings.findReading(name);
        if (record === undefined) {
            throw new ContractError({ code: 'SIGNED_READING_UNKNOWN', ...name });
        }
        return canonicalJson(record);
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of TerminalName')
    @Returns('NewestAnswer')
    async Query(ctx: GridContext, input: string): Promise<string> {
        const { terminalId } = readArgument(input, measurementInput.terminalName);
        return canonicalJson(await findNewest(ctx, await findKnown(ctx, terminalId), new Map()));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of HistoryFilter')
    @Returns('HistoryPage')
    async QueryHistory(ctx: GridContext, input: string): Promise<string> {
        const filter = readArgument(input, measurementInput.historyFilter);
        const terminal = await findKnown(ctx, filter.terminalId);
        return canonicalJson(await mergeHistories(historiesOf(ctx, terminal), filter));
    }

    @Transaction(false)
    @Param('input', 'string', 'JSON of FeederFilter')
    @Returns('FeederPage')
    async QueryFeeder(ctx: GridContext, input: string): Promise<string> {
        const filter = readArgument(input, measurementInput.feederFilter);
        const { items: terminals, bookmark } = await ctx.terminals.onFeeder(filter.feeder, filter);
        const batches = new Map<string, BatchRecord | undefined>();
        const items: NewestAnswer[] = [];
        for (const terminal of terminals) {
            items.push(await findNewest(ctx, terminal, batches));
        }
        return canonicalJson({ items, bookmark });
    }
}

/** The terminal whose signature this is; who forwards it need only be of its organisation. One get. */
async function findSigner(
    ctx: GridContext,
    terminalId: string,
    signed: { readonly message: Uint8Array; readonly signature: string },
): Promise<TerminalRecord> {
    return accepted(decideSigner(await ctx.terminals.find(terminalId), terminalId, ctx.caller.mspId, signed));
}

function forwarder(ctx: GridContext): { readonly forwardedBy: string; readonly forwardedByMspId: string } {
    const { mspId, certificate } = ctx.caller;
    return { forwardedBy: certificate.commonName, forwardedByMspId: mspId };
}

/** The readings of a batch, judged by its concentrator's roster. One get. */
async function judgeBatch(
    ctx: GridContext,
    concentrator: TerminalRecord,
    table: ReadingTable<string>,
): Promise<JudgedBatch> {
    const roster = await ctx.rosters.find(concentrator.terminalId);
    const entryOf = (terminalId: string): RosterEntry | undefined => rosterEntry(roster, terminalId);
    return accepted(decideBatch(table, { entryOf, reporter: concentrator, nowMs: ctx.clock.nowMs }));
}

async function storeBatch(ctx: GridContext, head: BatchHead, batch: JudgedBatch): Promise<void> {
    await ctx.measurements.putBatch(head, batch);
    const { concentratorId, transactionId, transactionTimeMs } = head;
    const counts = { readings: batch.table.readings.length, late: countLate(batch) };
    const notice: BatchNotice = { concentratorId, transactionId, transactionTimeMs, ...counts };
    ctx.stub.setEvent(measurementEvents.batch, Buffer.from(canonicalJson(notice)));
}

/** The clock tolerance of a terminal that the caller may report for: itself, or one that names it. */
async function reportableWithin(ctx: GridContext, caller: TerminalCaller, terminalId: string): Promise<number> {
    const reporter = await findActing(ctx, caller);
    if (terminalId === caller.terminalId) {
        return toleranceOf(reporter);
    }
    const terminal = await ctx.terminals.find(terminalId);
    const fault = judgeReportFor(terminal, terminalId, reporter);
    if (terminal === undefined || fault !== undefined) {
        throw new ContractError(fault ?? { code: 'TERMINAL_UNKNOWN', terminalId });
    }
    return toleranceOf(terminal);
}

async function findKnown(ctx: GridContext, terminalId: string): Promise<TerminalRecord> {
    const terminal = await ctx.terminals.find(terminalId);
    if (terminal === undefined) {
        throw new ContractError({ code: 'TERMINAL_UNKNOWN', terminalId });
    }
    return terminal;
}

type Interrogated = Pick<FeederEntry, 'terminalId' | 'kind' | 'state' | 'concentrators'>;

/** Reads what decides the newest reading; a batch that `batches` holds already is not read again. */
async function findNewest(
    ctx: GridContext,
    terminal: Interrogated,
    batches: Map<string, BatchRecord | undefined>,
): Promise<NewestAnswer> {
    for (const concentratorId of lastTerms(terminal).keys()) {
        if (!batches.has(concentratorId)) {
            batches.set(concentratorId, await ctx.measurements.findBatch(concentratorId));
        }
    }
    const own = await ctx.measurements.findReading(terminal.terminalId);
    return newestReading(terminal, own, (concentratorId) => batches.get(concentratorId));
}

/** The terminal's own history and that of every concentrator it ever had. */
function historiesOf(ctx: GridContext, terminal: TerminalRecord): History[] {
    const { terminalId } = terminal;
    const batches = [...lastTerms(terminal).keys()].map((name) => ({
        name: `batch ${name}`,
        readings: ctx.measurements.batchHistory(name, terminalId),
    }));
    return [{ name: 'set', readings: ctx.measurements.readingHistory(terminalId) }, ...batches];
}
